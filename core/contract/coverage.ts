import { type Static, Type } from 'typebox';
import { PROGRAMME_STATUSES, REGION_LEVELS } from '../domain/region.ts';
import { SITE_KINDS } from '../domain/site.ts';
import {
  Moment,
  nullable,
  oneOf,
  RegionCodeText,
  RegionQuery,
  StateCounts,
  StateText,
  Uuid,
  VillageStateCounts,
  VillageStateText,
} from './common.ts';
import type { Contract } from './contract.ts';

/** One row of the regency table. Every figure is over the regions below `code`. */
export const CoverageRow = Type.Object({
  code: RegionCodeText,
  name: Type.String(),
  lat: nullable(Type.Number()),
  lng: nullable(Type.Number()),
  programme: nullable(oneOf(PROGRAMME_STATUSES)),
  programmeNote: nullable(Type.String()),
  population: nullable(Type.Integer()),
  /** Villages that exist (desa + kelurahan): the denominator of coverage. */
  villageCount: nullable(Type.Integer()),
  /** Villages with at least one active site of the programme. */
  villagesInProgramme: Type.Integer(),
  villages: VillageStateCounts,
  /** Hotspots = sites of kind village-office and village-public. */
  hotspots: StateCounts,
  /** Active agencies, by state, and those planned but not connected yet. */
  agencies: StateCounts,
  agenciesPlanned: Type.Integer(),
  shelters: StateCounts,
  openOutages: Type.Integer(),
  /** Mean share of the time (0..1) that hotspots were reachable while seen, over the range asked; null = never seen. */
  availability: nullable(Type.Number()),
  /** People online now, where devices tell. */
  clients: nullable(Type.Integer()),
});
export type CoverageRow = Static<typeof CoverageRow>;

export const getCoverage = {
  method: 'GET',
  url: '/api/v1/coverage',
  summary: 'Coverage, states, outages and availability by region (default: regencies of the province)',
  tag: 'coverage',
  access: 'signed-in',
  schema: {
    querystring: Type.Object({
      region: Type.Optional(RegionCodeText),
      level: Type.Optional(oneOf(REGION_LEVELS)),
      /** Range of availability; default the last 30 days. */
      from: Type.Optional(Moment),
      to: Type.Optional(Moment),
    }),
    response: {
      200: Type.Object({
        region: Type.Object({ code: RegionCodeText, name: Type.String() }),
        edition: nullable(Type.String()),
        from: Moment,
        to: Moment,
        asOf: Moment,
        rows: Type.Array(CoverageRow),
      }),
    },
  },
} as const satisfies Contract;

/** What is wrong now: the counters at the top right. */
export const Summary = Type.Object({
  region: Type.Object({ code: RegionCodeText, name: Type.String() }),
  devices: StateCounts,
  sites: StateCounts,
  hotspots: StateCounts,
  villages: VillageStateCounts,
  villagesInProgramme: Type.Integer(),
  villageCount: nullable(Type.Integer()),
  openOutages: Type.Integer(),
  lastOutageEndedAt: nullable(Moment),
  clients: nullable(Type.Integer()),
  asOf: Moment,
});
export type Summary = Static<typeof Summary>;

export const getSummary = {
  method: 'GET',
  url: '/api/v1/summary',
  summary: 'Counts by state of everything in a region, now',
  tag: 'coverage',
  access: 'signed-in',
  schema: { querystring: RegionQuery, response: { 200: Summary } },
} as const satisfies Contract;

export const MapVillage = Type.Object({
  code: RegionCodeText,
  name: Type.String(),
  lat: Type.Number(),
  lng: Type.Number(),
  pointIsApproximate: Type.Boolean(),
  state: VillageStateText,
  /** null = the village has no such site. */
  office: nullable(StateText),
  public: nullable(StateText),
});
export type MapVillage = Static<typeof MapVillage>;

export const MapSite = Type.Object({
  id: Uuid,
  name: Type.String(),
  kind: oneOf(SITE_KINDS),
  regionCode: RegionCodeText,
  lat: Type.Number(),
  lng: Type.Number(),
  planned: Type.Boolean(),
  state: StateText,
});
export type MapSite = Static<typeof MapSite>;

export const getMap = {
  method: 'GET',
  url: '/api/v1/map',
  summary: 'Points of the map: villages of the programme, and the other sites',
  tag: 'coverage',
  access: 'signed-in',
  schema: {
    querystring: RegionQuery,
    response: {
      200: Type.Object({ villages: Type.Array(MapVillage), sites: Type.Array(MapSite), asOf: Moment }),
    },
  },
} as const satisfies Contract;
