import { type Static, Type } from 'typebox';
import { CITIZEN_REPORTS, OFFICER_REPORTS } from '../domain/report.ts';
import { Moment, nullable, oneOf, RegionCodeText, StateText, Uuid } from './common.ts';
import { type Contract, EDITORS } from './contract.ts';

/** What citizens said of a site within the last hour, on the page of their stay. */
export const SiteReport = Type.Object({
  siteId: Uuid,
  siteName: Type.String(),
  regionCode: RegionCodeText,
  regionName: Type.String(),
  state: StateText,
  /** Different devices. */
  people: Type.Integer(),
  /** To the minute. */
  lastAt: Moment,
  kinds: Type.Array(Type.Object({ kind: oneOf(CITIZEN_REPORTS), people: Type.Integer() })),
  /** So many reported while nothing is known to be down that somebody should look. */
  attention: nullable(Type.Object({ since: Moment, people: Type.Integer(), lastAt: Moment })),
});
export type SiteReport = Static<typeof SiteReport>;

/** What the officer of a village reported of its hotspots. */
export const VillageReport = Type.Object({
  id: Uuid,
  /** Null: of both hotspots. */
  siteId: nullable(Uuid),
  kind: oneOf(OFFICER_REPORTS),
  noticedAt: Moment,
  at: Moment,
  by: Type.String(),
  incidentId: nullable(Uuid),
  hasPhoto: Type.Boolean(),
});
export type VillageReport = Static<typeof VillageReport>;

export const ReportPolicyBody = Type.Object({
  people: Type.Integer({ minimum: 2, maximum: 1_000 }),
  minutes: Type.Integer({ minimum: 5, maximum: 60 }),
});

export const listSiteReports = {
  method: 'GET',
  url: '/api/v1/site-reports',
  summary: 'Sites that citizens reported within the last hour; those that need a look first',
  tag: 'reports',
  access: 'signed-in',
  schema: {
    querystring: Type.Object({ region: Type.Optional(RegionCodeText), siteId: Type.Optional(Uuid) }),
    response: { 200: Type.Object({ items: Type.Array(SiteReport) }) },
  },
} as const satisfies Contract;

export const listVillageReports = {
  method: 'GET',
  url: '/api/v1/villages/:code/reports',
  summary: 'What the officer of a village reported within 30 days, the newest first',
  tag: 'reports',
  access: 'signed-in',
  schema: {
    params: Type.Object({ code: RegionCodeText }),
    response: { 200: Type.Object({ items: Type.Array(VillageReport) }) },
  },
} as const satisfies Contract;

export const getReportPhoto = {
  method: 'GET',
  url: '/api/v1/village-reports/:reportId/photo',
  summary: 'The photograph of a report, where no incident keeps it',
  tag: 'reports',
  access: 'signed-in',
  produces: ['image/webp'],
  schema: {
    params: Type.Object({ reportId: Uuid }),
    response: { 200: Type.Unsafe<unknown>({}) },
  },
} as const satisfies Contract;

export const getReportPolicy = {
  method: 'GET',
  url: '/api/v1/report-policy',
  summary: 'How many people must report within how long for a site to need a look',
  tag: 'reports',
  access: EDITORS,
  schema: { response: { 200: ReportPolicyBody } },
} as const satisfies Contract;

export const setReportPolicy = {
  method: 'PUT',
  url: '/api/v1/report-policy',
  summary: 'Change that',
  tag: 'reports',
  access: ['admin'],
  schema: { body: ReportPolicyBody, response: { 200: ReportPolicyBody } },
} as const satisfies Contract;
