import { type Static, Type } from 'typebox';
import { Moment, oneOf, RegionCodeText } from '../common.ts';
import type { Contract } from '../contract.ts';
import { Counts } from './session.ts';
import { LoginHealth } from './site-routes.ts';

export const PortalCounts = Type.Object(Counts);
export type PortalCounts = Static<typeof PortalCounts>;

export const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
export const PortalDayCounts = Type.Object({ day: DayText, ...Counts });
export type PortalDayCounts = Static<typeof PortalDayCounts>;

export const PortalRegency = Type.Object({
  code: RegionCodeText,
  name: Type.String(),
  /** Sites with a gateway. */
  sites: Type.Integer(),
  live: Type.Integer(),
  ...Counts,
  /** Of the last 24 hours. */
  health: LoginHealth,
});
export type PortalRegency = Static<typeof PortalRegency>;

/** Counts of the captive portal without people. Days are of the province's zone; the last is today, not over yet. */
export const PortalFigures = Type.Object({
  asOf: Moment,
  zone: oneOf(['WIB', 'WITA', 'WIT']),
  /** First and last day of `totals` and `regencies`. */
  from: DayText,
  to: DayText,
  live: Type.Integer(),
  /** Gateways, and those that gave no news for 15 minutes or never. */
  gateways: Type.Integer(),
  gatewaysSilent: Type.Integer(),
  today: PortalCounts,
  totals: PortalCounts,
  /** Of the last 24 hours. */
  health: LoginHealth,
  regencies: Type.Array(PortalRegency),
  /** Oldest first, a row for each day, at least 14. */
  days: Type.Array(PortalDayCounts),
});
export type PortalFigures = Static<typeof PortalFigures>;

const Asked = Type.Object({
  region: Type.Optional(RegionCodeText),
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, default: 1 })),
});

export const getPortalFigures = {
  method: 'GET',
  url: '/api/v1/portal/figures',
  summary: 'Logins, people online, login success and time to online, by regency and day',
  tag: 'portal',
  access: 'signed-in',
  schema: { querystring: Asked, response: { 200: PortalFigures } },
} as const satisfies Contract;

export const getPortalFiguresFile = {
  method: 'GET',
  url: '/api/v1/portal/figures/file',
  summary: 'Counts by day and regency as CSV',
  tag: 'portal',
  access: 'signed-in',
  produces: ['text/csv'],
  schema: {
    querystring: Type.Intersect([Asked, Type.Object({ language: Type.Optional(oneOf(['id', 'en'])) })]),
    response: { 200: Type.Unsafe<unknown>({}) },
  },
} as const satisfies Contract;
