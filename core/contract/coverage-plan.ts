import { type Static, Type } from 'typebox';
import { COVERAGE_CLASSES, COVERAGE_FILTERS, VILLAGE_KINDS } from '../domain/coverage.ts';
import { PROGRAMME_STATUSES, REGION_LEVELS } from '../domain/region.ts';
import { SITE_KINDS } from '../domain/site.ts';
import { MONTH_PATTERN } from '../domain/zone.ts';
import { Moment, nullable, oneOf, PageQuery, pageOf, RegionCodeText, StateText, VillageStateCounts } from './common.ts';
import type { Contract } from './contract.ts';
import { CSV_TYPE, XLSX_TYPE } from './inventory-files.ts';

const MonthText = Type.String({ pattern: MONTH_PATTERN, description: 'A month of the province, e.g. 2026-10' });
const Named = Type.Object({ code: RegionCodeText, name: Type.String() });
const Programme = nullable(oneOf(PROGRAMME_STATUSES));
const Note = nullable(Type.String());

/** One region of the planner's table. Villages are those of the kind asked for; hotspots and people are all. */
export const PlanRow = Type.Object({
  code: RegionCodeText,
  name: Type.String(),
  lat: nullable(Type.Number()),
  lng: nullable(Type.Number()),
  /** What is said of the region itself. */
  programme: Programme,
  programmeNote: Note,
  population: nullable(Type.Integer()),
  /** The denominator: villages by the official counts of the edition, or those on record where it has no count. */
  villageCount: Type.Integer(),
  /** Villages on record: what the lists can show. */
  listed: Type.Integer(),
  villagesInProgramme: Type.Integer(),
  /** With an office's and a public hotspot, and those of them where both live. */
  withBoth: Type.Integer(),
  aliveBoth: Type.Integer(),
  villages: VillageStateCounts,
  /** Villages without a hotspot, by what is said of them or of the region above; they and `villages` add up to `listed`. */
  notProposed: Type.Integer(),
  blockedByTerrain: Type.Integer(),
  unsaid: Type.Integer(),
  hotspots: Type.Integer(),
  livingHotspots: Type.Integer(),
  /** Mean share of the time (0..1) hotspots were reachable while seen, over the range; null = never seen. */
  availability: nullable(Type.Number()),
});
export type PlanRow = Static<typeof PlanRow>;

const PlanQuery = Type.Object({
  region: Type.Optional(RegionCodeText),
  level: Type.Optional(oneOf(REGION_LEVELS)),
  of: Type.Optional(oneOf(VILLAGE_KINDS)),
  month: Type.Optional(MonthText),
});

export const PlanTable = Type.Object({
  region: Type.Intersect([Named, Type.Object({ level: oneOf(REGION_LEVELS) })]),
  /** Regions above that the account may see, from the widest. */
  ancestors: Type.Array(Named),
  level: oneOf(REGION_LEVELS),
  of: oneOf(VILLAGE_KINDS),
  edition: nullable(Type.String()),
  month: MonthText,
  from: Moment,
  to: Moment,
  asOf: Moment,
  rows: Type.Array(PlanRow),
  total: PlanRow,
});
export type PlanTable = Static<typeof PlanTable>;

export const getPlanTable = {
  method: 'GET',
  url: '/api/v1/coverage/table',
  summary: 'Table for planners: villages by where they stand, hotspots and availability of a month, by region',
  tag: 'coverage',
  access: 'signed-in',
  schema: { querystring: PlanQuery, response: { 200: PlanTable } },
} as const satisfies Contract;

export const PlanVillage = Type.Object({
  code: RegionCodeText,
  name: Type.String(),
  district: nullable(Type.String()),
  regency: nullable(Type.String()),
  standing: oneOf(COVERAGE_CLASSES),
  /** null = the village has no such hotspot. */
  office: nullable(StateText),
  public: nullable(StateText),
  /** The village's own, else what is said of a region above it. */
  programmeNote: Note,
  population: nullable(Type.Integer()),
  availability: nullable(Type.Number()),
});
export type PlanVillage = Static<typeof PlanVillage>;

export const listPlanVillages = {
  method: 'GET',
  url: '/api/v1/coverage/villages',
  summary: 'The villages behind a figure of the table for planners; the total equals the figure',
  tag: 'coverage',
  access: 'signed-in',
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      Type.Object({
        region: Type.Optional(RegionCodeText),
        of: Type.Optional(oneOf(VILLAGE_KINDS)),
        is: Type.Optional(oneOf(COVERAGE_FILTERS)),
        month: Type.Optional(MonthText),
        q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      }),
    ]),
    response: {
      200: Type.Intersect([pageOf(PlanVillage), Type.Object({ region: Named, edition: nullable(Type.String()) })]),
    },
  },
} as const satisfies Contract;

export const Gap = Type.Object({
  rank: Type.Integer(),
  code: RegionCodeText,
  name: Type.String(),
  district: nullable(Type.String()),
  regency: nullable(Type.String()),
  standing: oneOf(COVERAGE_CLASSES),
  programmeNote: Note,
  /** Its own people, or its share of the regency's spread evenly where its own are not known. */
  people: nullable(Type.Integer()),
  peopleAreEstimated: Type.Boolean(),
  /** Its point is only its district's. */
  pointIsApproximate: Type.Boolean(),
  /** The nearest site that lives now, over the sphere; null where the village has no point or nothing lives. */
  nearest: nullable(
    Type.Object({
      siteId: Type.String({ format: 'uuid' }),
      name: Type.String(),
      kind: oneOf(SITE_KINDS),
      distanceM: Type.Integer(),
    }),
  ),
});
export type Gap = Static<typeof Gap>;

export const listGaps = {
  method: 'GET',
  url: '/api/v1/coverage/gaps',
  summary: 'Villages without a hotspot by people, with the nearest living site',
  tag: 'coverage',
  access: 'signed-in',
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      Type.Object({
        region: Type.Optional(RegionCodeText),
        of: Type.Optional(oneOf(VILLAGE_KINDS)),
        sort: Type.Optional(oneOf(['people', 'near'])),
      }),
    ]),
    response: { 200: Type.Intersect([pageOf(Gap), Type.Object({ region: Named, edition: nullable(Type.String()) })]) },
  },
} as const satisfies Contract;

/** A month of the trend. What was not measured is null: a gap, and never nought. */
export const TrendMonth = Type.Object({
  month: MonthText,
  /** Villages with a hotspot that was measured on the month's last day; of the running month, those of now. */
  villages: nullable(Type.Integer()),
  /** Share of them (0..1) whose every measured hotspot was up for half of that day or more; now: all are up. */
  alive: nullable(Type.Number()),
  availability: nullable(Type.Number()),
  isRunning: Type.Boolean(),
});
export type TrendMonth = Static<typeof TrendMonth>;

export const getTrend = {
  method: 'GET',
  url: '/api/v1/coverage/trend',
  summary: 'Twelve months of villages in the programme, those alive, and availability',
  tag: 'coverage',
  access: 'signed-in',
  schema: {
    querystring: Type.Object({
      region: Type.Optional(RegionCodeText),
      of: Type.Optional(oneOf(VILLAGE_KINDS)),
    }),
    response: { 200: Type.Object({ region: Named, months: Type.Array(TrendMonth) }) },
  },
} as const satisfies Contract;

export const getPlanFile = {
  method: 'GET',
  url: '/api/v1/coverage/file',
  summary: 'The table for planners, its villages or its gaps as CSV or XLSX',
  tag: 'coverage',
  access: 'signed-in',
  produces: [CSV_TYPE, XLSX_TYPE],
  schema: {
    querystring: Type.Intersect([
      PlanQuery,
      Type.Object({
        what: Type.Optional(oneOf(['table', 'villages', 'gaps'])),
        format: Type.Optional(oneOf(['csv', 'xlsx'])),
        is: Type.Optional(oneOf(COVERAGE_FILTERS)),
        sort: Type.Optional(oneOf(['people', 'near'])),
      }),
    ]),
    response: { 200: Type.Unsafe<unknown>({}) },
  },
} as const satisfies Contract;

export const ProgrammeChange = Type.Object({
  programme: Programme,
  note: nullable(Type.String({ minLength: 1, maxLength: 300 })),
});

export const ProgrammeEntry = Type.Object({
  changedAt: Moment,
  /** Name of who did it; null where the account is gone. */
  by: nullable(Type.String()),
  before: Programme,
  beforeNote: Note,
  programme: Programme,
  note: Note,
});
export type ProgrammeEntry = Static<typeof ProgrammeEntry>;

const RegionProgramme = Type.Object({
  region: Named,
  programme: Programme,
  note: Note,
  /** Where the region itself says nothing: what the nearest region above says. */
  inherited: nullable(Type.Object({ from: Named, programme: oneOf(PROGRAMME_STATUSES), note: Note })),
  /** The newest 100. */
  history: Type.Array(ProgrammeEntry),
});
export type RegionProgramme = Static<typeof RegionProgramme>;

const programmeParams = Type.Object({ code: RegionCodeText });

export const getProgramme = {
  method: 'GET',
  url: '/api/v1/regions/:code/programme',
  summary: 'Where a region stands in the programme, with its history',
  tag: 'coverage',
  access: 'signed-in',
  schema: { params: programmeParams, response: { 200: RegionProgramme } },
} as const satisfies Contract;

/** null takes back what was said, so that the region above speaks for it again. */
export const setProgramme = {
  method: 'PUT',
  url: '/api/v1/regions/:code/programme',
  summary: 'Say where a region stands in the programme',
  tag: 'coverage',
  access: ['admin', 'planner'],
  schema: { params: programmeParams, body: ProgrammeChange, response: { 200: RegionProgramme } },
} as const satisfies Contract;
