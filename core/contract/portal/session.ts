import { type Static, Type } from 'typebox';
import { Moment, nullable, Uuid } from '../common.ts';

/** One stay of one device, without who it was. */
export const PortalSession = Type.Object({
  id: Type.String({ pattern: '^\\d{1,19}$' }),
  siteId: Uuid,
  siteName: Type.String(),
  regionCode: Type.String(),
  gatewayId: Uuid,
  gatewayName: Type.String(),
  method: Type.String(),
  /** The first characters of the device's keyed hash, to tell rows apart. */
  device: Type.String(),
  startedAt: Moment,
  updatedAt: Moment,
  endedAt: nullable(Moment),
  seconds: Type.Integer(),
  upOctets: Type.Integer(),
  downOctets: Type.Integer(),
  endCause: nullable(Type.String()),
  endAskedAt: nullable(Moment),
  /** What the gateway said: `ended`, `gone`, `refused`, `no-answer`, `at-reentry` …; null = nothing yet. */
  endAnswer: nullable(Type.String()),
});
export type PortalSession = Static<typeof PortalSession>;

/** What is counted without people. */
export const Counts = {
  arrivals: Type.Integer(),
  logins: Type.Integer(),
  refusals: Type.Integer(),
  sessions: Type.Integer(),
  /** Different devices a day, added up. */
  devices: Type.Integer(),
  seconds: Type.Integer(),
  upOctets: Type.Integer(),
  downOctets: Type.Integer(),
};

/** Counts of a day and site. */
export const PortalDay = Type.Object({
  day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  siteId: Uuid,
  method: Type.String(),
  ...Counts,
});
export type PortalDay = Static<typeof PortalDay>;
