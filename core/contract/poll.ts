import { type Static, Type } from 'typebox';
import { Moment, nullable, oneOf, Uuid } from './common.ts';
import { type Contract, EDITORS } from './contract.ts';

const text = nullable(Type.String());

/** What a device said when somebody asked it, as it said it and as it is understood. */
export const PollAnswer = Type.Object({
  /** Name of the collector that asked. */
  collector: Type.String(),
  at: Moment,
  tookMs: Type.Number(),
  /** Whether it lives, by the probe that watches it. */
  reach: Type.Object({
    probe: Type.String(),
    roundTripMs: nullable(Type.Number()),
    /** Short word, such as `timeout` or `auth`; null where it answered. */
    failure: text,
    impairment: text,
  }),
  /** Protocol by which it is asked for readings; null where it has no credential that any probe polls with. */
  poll: nullable(Type.Object({ probe: Type.String(), failure: text, detail: text })),
  device: nullable(
    Type.Object({
      vendor: text,
      os: text,
      model: text,
      version: text,
      name: text,
      serial: text,
      uptimeS: nullable(Type.Number()),
      profile: Type.String(),
    }),
  ),
  /** As `simpul probe --json` has them. */
  readings: Type.Array(
    Type.Object({
      group: Type.String(),
      class: Type.String(),
      index: Type.String(),
      value: Type.Number(),
      unit: Type.String(),
      label: Type.String(),
    }),
  ),
  interfaces: Type.Array(
    Type.Object({
      index: Type.Integer(),
      name: Type.String(),
      operStatus: text,
      inOctets: text,
      outOctets: text,
      inErrors: text,
      outErrors: text,
    }),
  ),
  /** Word for word: objects and values of SNMP, rows of RouterOS, the head of a web page; what is secret is masked. */
  raw: Type.Array(Type.Object({ question: Type.String(), name: Type.String(), value: Type.String() })),
  /** More came than is kept. */
  isCut: Type.Boolean(),
});
export type PollAnswer = Static<typeof PollAnswer>;

export const POLL_STATUSES = ['waiting', 'taken', 'answered', 'silent'] as const;
export const PollAsk = Type.Object({
  id: Uuid,
  /** `silent`: no collector took it in time, or the one that did never came back. */
  status: oneOf(POLL_STATUSES),
  askedAt: Moment,
  /** Until when it is waited for. */
  until: Moment,
  collector: text,
  answer: nullable(PollAnswer),
});
export type PollAsk = Static<typeof PollAsk>;

export const getPoll = {
  method: 'GET',
  url: '/api/v1/devices/:deviceId/poll/:askId',
  summary: 'What a device said when it was asked: readings, and the answer word for word',
  tag: 'inventory',
  access: EDITORS,
  schema: { params: Type.Object({ deviceId: Uuid, askId: Uuid }), response: { 200: PollAsk } },
} as const satisfies Contract;
