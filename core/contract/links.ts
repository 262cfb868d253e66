import { type Static, Type } from 'typebox';
import { OPER_STATUSES } from '../domain/device.ts';
import { LINK_HEALTHS, LINK_REASONS, LINK_UNITS } from '../domain/link-health.ts';
import { LINK_SORTS } from '../domain/list-sorts.ts';
import { MEDIA } from '../domain/medium.ts';
import { Moment, nullable, oneOf, PageQuery, pageOf, RegionCodeText, StateText, Uuid, withExpected } from './common.ts';
import { type Contract, EDITORS, ROLES } from './contract.ts';
import { sortQuery } from './sorting.ts';

export { MEDIA };

const LinkFields = {
  code: Type.String({ minLength: 1, maxLength: 80 }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  medium: oneOf(MEDIA),
  fromSiteId: Uuid,
  toSiteId: nullable(Uuid),
  deviceId: nullable(Uuid),
  ifIndex: nullable(Type.Integer({ minimum: 0, maximum: 2_147_483_647 })),
  provider: nullable(Type.String({ maxLength: 200 })),
  contractMbps: nullable(Type.Number({ exclusiveMinimum: 0 })),
  slaPercent: nullable(Type.Number({ minimum: 0, maximum: 100 })),
  contractFrom: nullable(Moment),
  contractTo: nullable(Moment),
};
export const Link = Type.Intersect([
  Type.Object({ id: Uuid }),
  Type.Object(LinkFields),
  Type.Object({
    fromSiteName: Type.String(),
    toSiteName: nullable(Type.String()),
    state: StateText,
    /** Since when it is in this state, where that is known. */
    since: nullable(Moment),
  }),
]);
export type Link = Static<typeof Link>;
/**
 * A link as whoever asks may see it: an end, or a measuring device, that stands outside their grant has neither id nor
 * name. `isWhole` is false where something is left out so.
 */
export const SeenLink = Type.Intersect([
  Type.Omit(Link, ['fromSiteId', 'fromSiteName', 'toSiteId', 'toSiteName', 'deviceId', 'ifIndex']),
  Type.Object({
    fromSiteId: nullable(Uuid),
    fromSiteName: nullable(Type.String()),
    toSiteId: nullable(Uuid),
    toSiteName: nullable(Type.String()),
    deviceId: nullable(Uuid),
    ifIndex: nullable(Type.Integer()),
    isWhole: Type.Boolean(),
  }),
]);
export type SeenLink = Static<typeof SeenLink>;
const REQUIRED = ['code', 'name', 'medium', 'fromSiteId'] as const;
export const NewLink = Type.Intersect([
  Type.Pick(Type.Object(LinkFields), [...REQUIRED]),
  Type.Partial(Type.Omit(Type.Object(LinkFields), [...REQUIRED])),
]);
export const LinkChange = Type.Partial(Type.Object(LinkFields));
const LinkParams = Type.Object({ linkId: Uuid });

const LinkHealthText = oneOf(LINK_HEALTHS);
/** bit/s at the 95th percentile of the last hour's five-minute means, and the share of the contract. */
const Load = Type.Object({ bps: Type.Number(), share: nullable(Type.Number()) });
export type Load = Static<typeof Load>;
export const ListedLink = Type.Intersect([
  SeenLink,
  Type.Object({
    health: LinkHealthText,
    /** Of the busier direction; null where no port counts it. */
    load: nullable(Load),
  }),
]);
export type ListedLink = Static<typeof ListedLink>;

export const listLinks = {
  method: 'GET',
  url: '/api/v1/links',
  summary: 'Links that touch a region, by medium, state, name, or the site or device they belong to',
  tag: 'inventory',
  access: ROLES,
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      sortQuery(LINK_SORTS),
      Type.Object({
        region: Type.Optional(RegionCodeText),
        siteId: Type.Optional(Uuid),
        /** Measured by this device. */
        deviceId: Type.Optional(Uuid),
        medium: Type.Optional(oneOf(MEDIA)),
        state: Type.Optional(StateText),
        /** Of its own name, code or provider. */
        q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      }),
    ]),
    response: { 200: pageOf(ListedLink) },
  },
} as const satisfies Contract;

export const LinkReason = Type.Object({
  kind: oneOf(LINK_REASONS),
  health: oneOf(['watch', 'bad']),
  value: nullable(Type.Number()),
  /** The line that was crossed. */
  limit: nullable(Type.Number()),
  /** Of both; a share of 1 is the whole contract. */
  unit: nullable(oneOf(LINK_UNITS)),
});
export type LinkReason = Static<typeof LinkReason>;

const Line = nullable(Type.Number());
/** Optical power in dBm with the lines that count for it; `standard` names the kind of optics where the device gives none. */
export const OpticalPower = Type.Object({
  dbm: Type.Number(),
  limits: nullable(
    Type.Object({ low: Line, lowWarning: Line, highWarning: Line, high: Line, standard: nullable(Type.String()) }),
  ),
});
export type OpticalPower = Static<typeof OpticalPower>;

/** Packets a second, and of a million packets where those are known by the octets that they make. */
const LossRate = Type.Object({ perSecond: Type.Number(), perMillion: nullable(Type.Number()) });
export const LinkHealthView = Type.Object({
  linkId: Uuid,
  health: LinkHealthText,
  /** Worst first. */
  reasons: Type.Array(LinkReason),
  operStatus: nullable(oneOf(OPER_STATUSES)),
  rx: nullable(OpticalPower),
  tx: nullable(OpticalPower),
  /** How the received power changed in dB, and over how many days. */
  rxChange: nullable(Type.Object({ db: Type.Number(), days: Type.Number() })),
  in: nullable(Load),
  out: nullable(Load),
  errors: nullable(LossRate),
  discards: nullable(LossRate),
  asOf: Moment,
});
export type LinkHealthView = Static<typeof LinkHealthView>;

export const getLink = {
  method: 'GET',
  url: '/api/v1/links/:linkId',
  summary: 'One link',
  tag: 'inventory',
  access: ROLES,
  schema: { params: LinkParams, response: { 200: SeenLink } },
} as const satisfies Contract;

export const getLinkHealth = {
  method: 'GET',
  url: '/api/v1/links/:linkId/health',
  summary: 'How well a link does: optical power, errors, use of its contract',
  tag: 'inventory',
  access: ROLES,
  schema: { params: LinkParams, response: { 200: LinkHealthView } },
} as const satisfies Contract;

export const createLink = {
  method: 'POST',
  url: '/api/v1/links',
  summary: 'Add a link',
  tag: 'inventory',
  access: EDITORS,
  schema: { body: NewLink, response: { 201: SeenLink } },
} as const satisfies Contract;

export const updateLink = {
  method: 'PATCH',
  url: '/api/v1/links/:linkId',
  summary: 'Change a link',
  tag: 'inventory',
  access: EDITORS,
  schema: { params: LinkParams, body: withExpected(LinkChange), response: { 200: SeenLink } },
} as const satisfies Contract;

export const deleteLink = {
  method: 'DELETE',
  url: '/api/v1/links/:linkId',
  summary: 'Remove a link',
  tag: 'inventory',
  access: EDITORS,
  schema: { params: LinkParams, response: { 204: Type.Null() } },
} as const satisfies Contract;
