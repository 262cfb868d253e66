import { type Static, Type } from 'typebox';
import { RECIPIENT_ROLES } from '../domain/duty.ts';
import { SEVERITIES } from '../domain/severity.ts';
import { LanguageText } from './channels.ts';
import { nullable, oneOf, PageQuery, pageOf, RegionCodeText, Uuid } from './common.ts';
import { type Contract, EDITORS } from './contract.ts';

export const SeverityText = oneOf(SEVERITIES);
export const RecipientRoleText = oneOf(RECIPIENT_ROLES);
/** A region, or nothing: everywhere. */
export const RegionOrAll = Type.Union([RegionCodeText, Type.Literal('')]);

/** Minutes since midnight in the time of the province. */
export const MinuteOfDay = Type.Integer({ minimum: 0, maximum: 1439, description: 'minutes since midnight' });

/** Every day; over midnight where `to` is not after `from`. What falls into it waits until `to`. */
export const QuietHours = Type.Object({
  from: MinuteOfDay,
  to: MinuteOfDay,
  /** Severities that are told all the same. */
  except: Type.Array(SeverityText, { maxItems: 3, uniqueItems: true }),
  /** Whoever is on duty is told all the same. */
  exceptDuty: Type.Boolean(),
});
export type QuietHours = Static<typeof QuietHours>;

const Address = Type.Object({
  channelId: Uuid,
  /** In the form that `recipient` of the channel's kind names. */
  to: Type.String({ minLength: 1, maxLength: 320 }),
});

const Fields = {
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  /** The account of the same person, where there is one: when that is disabled, nothing is sent any more. */
  accountId: nullable(Uuid),
  role: RecipientRoleText,
  /** What happens in it concerns them. */
  regionCode: RegionOrAll,
  /** For an officer of a village: the one site that is theirs. */
  siteId: nullable(Uuid),
  language: LanguageText,
  addresses: Type.Array(Address, { maxItems: 10 }),
  /** Take the place of those of the policy. */
  quietHours: nullable(QuietHours),
  enabled: Type.Boolean(),
};

/** Somebody who is told. */
export const Recipient = Type.Intersect([
  Type.Object({ id: Uuid }),
  Type.Object(Fields),
  Type.Object({ siteName: nullable(Type.String()), accountName: nullable(Type.String()) }),
]);
export type Recipient = Static<typeof Recipient>;

export const NewRecipient = Type.Intersect([
  Type.Pick(Type.Object(Fields), ['name', 'role', 'regionCode', 'addresses']),
  Type.Partial(Type.Pick(Type.Object(Fields), ['accountId', 'siteId', 'language', 'quietHours', 'enabled'])),
]);
export type NewRecipient = Static<typeof NewRecipient>;

/** Addresses, where they are given, take the place of all. */
export const RecipientChange = Type.Partial(Type.Object(Fields));
export type RecipientChange = Static<typeof RecipientChange>;

const Params = Type.Object({ recipientId: Uuid });
const ADMIN = ['admin'] as const;

export const listRecipients = {
  method: 'GET',
  url: '/api/v1/recipients',
  summary: 'Who may be told, by name',
  tag: 'notices',
  access: EDITORS,
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      Type.Object({
        region: Type.Optional(RegionCodeText),
        role: Type.Optional(RecipientRoleText),
        q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      }),
    ]),
    response: { 200: pageOf(Recipient) },
  },
} as const satisfies Contract;

export const createRecipient = {
  method: 'POST',
  url: '/api/v1/recipients',
  summary: 'Add somebody who is told',
  tag: 'notices',
  access: ADMIN,
  schema: { body: NewRecipient, response: { 201: Recipient } },
} as const satisfies Contract;

export const updateRecipient = {
  method: 'PATCH',
  url: '/api/v1/recipients/:recipientId',
  summary: 'Change somebody who is told',
  tag: 'notices',
  access: ADMIN,
  schema: { params: Params, body: RecipientChange, response: { 200: Recipient } },
} as const satisfies Contract;

export const deleteRecipient = {
  method: 'DELETE',
  url: '/api/v1/recipients/:recipientId',
  summary: 'Remove somebody, with their shifts; what they were told stays with the incident',
  tag: 'notices',
  access: ADMIN,
  schema: { params: Params, response: { 204: Type.Null() } },
} as const satisfies Contract;
