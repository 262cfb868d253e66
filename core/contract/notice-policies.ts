import { type Static, Type } from 'typebox';
import { Moment, nullable, oneOf, RegionCodeText, Uuid } from './common.ts';
import { type Contract, EDITORS } from './contract.ts';
import { QuietHours, RecipientRoleText, RegionOrAll, SeverityText } from './recipients.ts';

/** Whom a step tells. */
export const NoticeTarget = Type.Union([
  /** Whoever is on duty then; all of the role where nobody is. */
  Type.Object({ kind: Type.Literal('duty'), role: RecipientRoleText }),
  /** All of the role whose region it concerns. */
  Type.Object({ kind: Type.Literal('role'), role: RecipientRoleText }),
  /** Officers of the village where the cause lies (`root`), or of all that it takes down (`affected`). */
  Type.Object({ kind: Type.Literal('officers'), of: oneOf(['root', 'affected']) }),
  Type.Object({ kind: Type.Literal('recipient'), recipientId: Uuid }),
]);
export type NoticeTarget = Static<typeof NoticeTarget>;

export const NoticeStep = Type.Object({
  /** After the incident was opened; the first step says that it is down, later ones that it still is. */
  afterMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }),
  minSeverity: SeverityText,
  to: Type.Array(NoticeTarget, { minItems: 1, maxItems: 20 }),
  /** Null: every channel at which they have an address. */
  channelIds: nullable(Type.Array(Uuid, { minItems: 1, maxItems: 20, uniqueItems: true })),
  repeat: nullable(
    Type.Object({
      everyMinutes: Type.Integer({ minimum: 5, maximum: 1440 }),
      times: Type.Integer({ minimum: 1, maximum: 50 }),
    }),
  ),
  /** Without it, steps after the first are for what nobody has acknowledged. */
  evenIfAcknowledged: Type.Boolean(),
});
export type NoticeStep = Static<typeof NoticeStep>;

const Fields = {
  /** One policy a region. The nearest one around an incident holds, and those inside it that it reaches. */
  regionCode: RegionOrAll,
  enabled: Type.Boolean(),
  /** In the order of their times. */
  steps: Type.Array(NoticeStep, { minItems: 1, maxItems: 10 }),
  quietHours: nullable(QuietHours),
};
export const NewNoticePolicy = Type.Object(Fields);
export type NewNoticePolicy = Static<typeof NewNoticePolicy>;
export const NoticePolicy = Type.Intersect([Type.Object({ id: Uuid, changedAt: Moment }), NewNoticePolicy]);
export type NoticePolicy = Static<typeof NoticePolicy>;

/** What would be told of an incident that opened then, if nobody acknowledged it and it lasted. */
export const NoticePreview = Type.Object({
  items: Type.Array(
    Type.Object({
      policyId: nullable(Uuid),
      policyRegionCode: Type.String(),
      /** Its place in the policy; `round` counts its repeats. */
      step: Type.Integer(),
      /** 0 says that it is down, 1 and more that it still is. */
      level: Type.Integer(),
      round: Type.Integer(),
      at: Moment,
      /** Nobody was on duty, so that all of the role are told. */
      isDutyEmpty: Type.Boolean(),
      messages: Type.Array(
        Type.Object({
          recipientId: Uuid,
          name: Type.String(),
          isOnDuty: Type.Boolean(),
          channelId: Uuid,
          channelName: Type.String(),
          /** Later than `at` where quiet hours hold it. */
          leavesAt: Moment,
        }),
      ),
    }),
  ),
  /** People who are meant and have no address at any channel of the step. */
  unreachable: Type.Array(Type.Object({ recipientId: Uuid, name: Type.String() })),
});
export type NoticePreview = Static<typeof NoticePreview>;

export const NOTICE_GAPS = ['secret-key', 'public-url', 'channel', 'recipient', 'policy', 'duty'] as const;
export type NoticeGap = (typeof NOTICE_GAPS)[number];

/** Whether messages leave at all: without a policy, incidents are seen in the web alone. */
export const NoticeSetup = Type.Object({
  channels: Type.Integer(),
  recipients: Type.Integer(),
  shifts: Type.Integer(),
  policies: Type.Integer(),
  /** What links in messages begin with; without it messages have none. */
  publicUrl: nullable(Type.String()),
  missing: Type.Array(oneOf(NOTICE_GAPS)),
});
export type NoticeSetup = Static<typeof NoticeSetup>;

export const NOTICE_STATES = ['held', 'dropped', 'waiting', 'sent', 'failed'] as const;
export const NOTICE_KINDS = ['opened', 'escalated', 'recovered'] as const;

/** A message about an incident, and what became of it. */
export const IncidentNotice = Type.Object({
  id: Uuid,
  kind: oneOf(NOTICE_KINDS),
  /** How far it escalates: 0 says that it is down; null for a recovery. */
  step: nullable(Type.Integer()),
  round: Type.Integer(),
  /** Of whom is gone, the name is empty. */
  recipientName: Type.String(),
  channelName: Type.String(),
  channelKind: Type.String(),
  to: Type.String(),
  /** `held`: quiet hours; `dropped`: over before it could be told. */
  state: oneOf(NOTICE_STATES),
  decidedAt: Moment,
  heldUntil: nullable(Moment),
  sentAt: nullable(Moment),
  failedAt: nullable(Moment),
  tries: Type.Integer(),
  lastError: nullable(Type.String()),
});
export type IncidentNotice = Static<typeof IncidentNotice>;

const Params = Type.Object({ policyId: Uuid });
const ADMIN = ['admin'] as const;

export const listNoticePolicies = {
  method: 'GET',
  url: '/api/v1/notice-policies',
  summary: 'Who is told of what and when, by region',
  tag: 'notices',
  access: EDITORS,
  schema: {
    querystring: Type.Object({ region: Type.Optional(RegionCodeText) }),
    response: { 200: Type.Object({ items: Type.Array(NoticePolicy) }) },
  },
} as const satisfies Contract;

export const createNoticePolicy = {
  method: 'POST',
  url: '/api/v1/notice-policies',
  summary: 'Say who is told of what in a region',
  tag: 'notices',
  access: ADMIN,
  schema: { body: NewNoticePolicy, response: { 201: NoticePolicy } },
} as const satisfies Contract;

export const updateNoticePolicy = {
  method: 'PATCH',
  url: '/api/v1/notice-policies/:policyId',
  summary: 'Change a policy; steps that were due before are not made up for',
  tag: 'notices',
  access: ADMIN,
  schema: { params: Params, body: Type.Partial(NewNoticePolicy), response: { 200: NoticePolicy } },
} as const satisfies Contract;

export const deleteNoticePolicy = {
  method: 'DELETE',
  url: '/api/v1/notice-policies/:policyId',
  summary: 'Remove a policy: the next one around the region holds',
  tag: 'notices',
  access: ADMIN,
  schema: { params: Params, response: { 204: Type.Null() } },
} as const satisfies Contract;

export const previewNotices = {
  method: 'POST',
  url: '/api/v1/notice-policies/preview',
  summary: 'Who would be told what and when; nothing is sent',
  tag: 'notices',
  access: EDITORS,
  schema: {
    body: Type.Object({
      /** Where the incident would be. */
      region: RegionCodeText,
      at: Moment,
      severity: SeverityText,
      /** Instead of what is stored for its region: to see it before it is kept. */
      policy: Type.Optional(NewNoticePolicy),
    }),
    response: { 200: NoticePreview },
  },
} as const satisfies Contract;

export const getNoticeSetup = {
  method: 'GET',
  url: '/api/v1/notice-setup',
  summary: 'What is missing for messages to leave',
  tag: 'notices',
  access: EDITORS,
  schema: { response: { 200: NoticeSetup } },
} as const satisfies Contract;

export const listIncidentNotices = {
  method: 'GET',
  url: '/api/v1/incidents/:incidentId/notices',
  summary: 'Messages about an incident, in order, and what became of them',
  tag: 'incidents',
  access: EDITORS,
  schema: {
    params: Type.Object({ incidentId: Uuid }),
    response: { 200: Type.Object({ items: Type.Array(IncidentNotice) }) },
  },
} as const satisfies Contract;

export const retryNotice = {
  method: 'POST',
  url: '/api/v1/incidents/:incidentId/notices/:noticeId/retry',
  summary: 'Try a message that was given up once more',
  tag: 'incidents',
  access: EDITORS,
  schema: {
    params: Type.Object({ incidentId: Uuid, noticeId: Uuid }),
    response: { 200: Type.Object({ items: Type.Array(IncidentNotice) }) },
  },
} as const satisfies Contract;
