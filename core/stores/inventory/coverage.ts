import type { StateCounts, VillageStateCounts } from '../../contract/common.ts';
import type { CoverageRow, MapSite, MapVillage, Summary } from '../../contract/coverage.ts';
import type { RegionCode, RegionLevel } from '../../domain/region.ts';
import type { State, VillageState } from '../../domain/state.ts';
import { Conditions, HOTSPOT, millisOrNull } from './query.ts';
import type { Sql } from './sql.ts';

/**
 * `{up, degraded, down, unknown}` of the rows that satisfy `filter`, as one JSON column. Each row stands for `n` alike:
 * counted together first, ten thousand sites are a few rows for all these figures.
 */
const stateCounts = (filter: string): string =>
  `json_build_object(${['up', 'degraded', 'down', 'unknown']
    .map((state) => `'${state}', coalesce(sum(n) FILTER (WHERE state = '${state}' AND ${filter}), 0)`)
    .join(', ')})`;
const VILLAGE_COUNTS = `json_build_object(${['normal', 'partial', 'down', 'unknown']
  .map((state) => `'${state}', count(*) FILTER (WHERE state = '${state}')`)
  .join(', ')})`;

const NO_STATES: StateCounts = { up: 0, degraded: 0, down: 0, unknown: 0 };
const NO_VILLAGES: VillageStateCounts = { normal: 0, partial: 0, down: 0, unknown: 0 };

/** All of a coverage row but what the series store knows. */
export type CoverageCounts = Omit<CoverageRow, 'availability' | 'clients'> & { readonly devices: StateCounts };
/** All of a summary but what the series store, the clock and the region's name say. */
export type SummaryCounts = Omit<Summary, 'region' | 'clients' | 'asOf'>;

export type VillageSites = {
  readonly code: RegionCode;
  readonly state: VillageState;
  /** null = the village has no such site. */
  readonly office: State | null;
  readonly public: State | null;
};

/** Where an enabled device of an active site stands: enough to group its series by region. */
export type DevicePlace = { readonly deviceId: string; readonly regionCode: RegionCode; readonly isHotspot: boolean };

export type Coverage = ReturnType<typeof coverage>;

export function coverage(sql: Sql) {
  return {
    /** A row for each living region of `level` inside `region`, in order of code: one query. */
    async table(region: RegionCode | '', level: RegionLevel = 'regency'): Promise<CoverageCounts[]> {
      // Length of a code of that level: its prefix of this length names the row that something belongs to.
      const length = { province: 2, regency: 5, district: 8, village: 13 }[level];
      const rowsOf = new Conditions().equals('level', level).within('code', region).and('retired_at IS NULL');
      const inside = (column: string): string => {
        // The same parameters again: $1 is the level, $2 and $3 the region where one is given.
        return region === '' ? 'true' : `(${column} = $2 OR ${column} LIKE $3)`;
      };
      const rows = await sql.query<CoverageCounts>(
        `WITH village_counts AS (
           SELECT left(code, ${length}) AS code, count(*)::int AS total, ${VILLAGE_COUNTS} AS states
           FROM village_state WHERE ${inside('code')} GROUP BY 1
         ), site_counts AS (
           SELECT code, ${stateCounts(HOTSPOT)} AS hotspots,
             ${stateCounts("kind = 'agency'")} AS agencies,
             ${stateCounts("kind = 'shelter'")} AS shelters,
             (sum(n) FILTER (WHERE kind = 'agency' AND status = 'planned'))::int AS agencies_planned
           FROM (
             SELECT left(region_code, ${length}) AS code, kind, status, state, count(*) AS n
             FROM site_state WHERE ${inside('region_code')} GROUP BY 1, 2, 3, 4
           ) alike GROUP BY 1
         ), device_counts AS (
           SELECT code, ${stateCounts('true')} AS devices FROM (
             SELECT left(s.region_code, ${length}) AS code, coalesce(ds.state, 'unknown') AS state, count(*) AS n
             FROM device d JOIN site s ON s.id = d.site_id LEFT JOIN device_status ds ON ds.device_id = d.id
             WHERE d.enabled AND s.status = 'active' AND ${inside('s.region_code')} GROUP BY 1, 2
           ) alike GROUP BY 1
         ), outage_counts AS (
           SELECT left(s.region_code, ${length}) AS code, count(*)::int AS open
           FROM outage o JOIN device d ON d.id = o.device_id JOIN site s ON s.id = d.site_id
           WHERE o.ended_at IS NULL AND ${inside('s.region_code')} GROUP BY 1
         ), rows AS (SELECT * FROM region ${rowsOf.where})
         SELECT r.code, r.name, r.lat, r.lng, r.programme, r.programme_note AS "programmeNote", r.population,
           r.desa_count + r.kelurahan_count AS "villageCount",
           coalesce(v.total, 0) AS "villagesInProgramme", v.states AS villages,
           s.hotspots, s.agencies, coalesce(s.agencies_planned, 0) AS "agenciesPlanned", s.shelters,
           d.devices, coalesce(o.open, 0) AS "openOutages"
         FROM rows r LEFT JOIN village_counts v USING (code) LEFT JOIN site_counts s USING (code)
           LEFT JOIN device_counts d USING (code) LEFT JOIN outage_counts o USING (code)
         ORDER BY r.code`,
        rowsOf.values,
      );
      return rows.map((row) => ({
        ...row,
        villages: row.villages ?? NO_VILLAGES,
        hotspots: row.hotspots ?? NO_STATES,
        agencies: row.agencies ?? NO_STATES,
        shelters: row.shelters ?? NO_STATES,
        devices: row.devices ?? NO_STATES,
      }));
    },

    /** Counts of everything in a region (empty = everywhere), now: one query. */
    async summary(region: RegionCode | ''): Promise<SummaryCounts> {
      const inside = new Conditions().within('region_code', region);
      const code = (column: string): string => (region === '' ? 'true' : `(${column} = $1 OR ${column} LIKE $2)`);
      const rows = await sql.query<Omit<SummaryCounts, 'lastOutageEndedAt'> & { lastOutageEndedAt: Date | null }>(
        `SELECT devices, sites, hotspots, villages, "villagesInProgramme", "villageCount", "openOutages",
           "lastOutageEndedAt"
         FROM (SELECT ${stateCounts('true')} AS devices FROM (
                 SELECT coalesce(ds.state, 'unknown') AS state, count(*) AS n
                 FROM device d JOIN site s ON s.id = d.site_id LEFT JOIN device_status ds ON ds.device_id = d.id
                 WHERE d.enabled AND s.status = 'active' AND ${code('s.region_code')} GROUP BY 1) alike) of_devices,
           (SELECT ${stateCounts('true')} AS sites, ${stateCounts(HOTSPOT)} AS hotspots FROM (
                 SELECT kind, state, count(*) AS n FROM site_state ${inside.where} GROUP BY 1, 2) alike) of_sites,
           (SELECT ${VILLAGE_COUNTS} AS villages, count(*)::int AS "villagesInProgramme"
              FROM village_state WHERE ${code('code')}) of_villages,
           (SELECT sum(desa_count + kelurahan_count)::int AS "villageCount" FROM region
              WHERE ${region === '' ? "level = 'province'" : 'code = $1'} AND retired_at IS NULL) of_regions,
           (SELECT (count(*) FILTER (WHERE o.ended_at IS NULL))::int AS "openOutages",
                max(o.ended_at) AS "lastOutageEndedAt"
              FROM outage o JOIN device d ON d.id = o.device_id JOIN site s ON s.id = d.site_id
              WHERE ${code('s.region_code')}) of_outages`,
        inside.values,
      );
      const row = rows[0];
      if (row === undefined) throw new Error('a query without FROM gave no row');
      return { ...row, lastOutageEndedAt: millisOrNull(row.lastOutageEndedAt) };
    },

    /** Active sites of a region (empty = everywhere) by state: what the summary says of them, for less. */
    async siteCounts(region: RegionCode | ''): Promise<StateCounts> {
      const inside = new Conditions().within('region_code', region);
      const rows = await sql.query<{ sites: StateCounts }>(
        `SELECT ${stateCounts('true')} AS sites
         FROM (SELECT state, count(*) AS n FROM site_state ${inside.where} GROUP BY 1) alike`,
        inside.values,
      );
      return rows[0]?.sites ?? NO_STATES;
    },

    /** Villages of the programme with the states of their sites; those without a point cannot be drawn. */
    async mapVillages(region: RegionCode | ''): Promise<MapVillage[]> {
      const conditions = new Conditions().within('v.code', region).and('r.lat IS NOT NULL AND r.lng IS NOT NULL');
      return [
        ...(await sql.query<MapVillage>(
          `SELECT v.code, r.name, r.lat, r.lng, coalesce(r.point_kind = 'd', false) AS "pointIsApproximate",
             v.state, v.office, v.public
           FROM village_state v JOIN region r USING (code) ${conditions.where} ORDER BY v.code`,
          conditions.values,
        )),
      ];
    },

    /** The other sites, planned ones too; where a site has no point, its region's is taken. */
    async mapSites(region: RegionCode | ''): Promise<MapSite[]> {
      const conditions = new Conditions()
        // Of the view, so that it is worked out for these sites only.
        .within('st.region_code', region)
        .and(`st.status <> 'retired' AND NOT st.${HOTSPOT}`)
        .and('coalesce(s.lat, r.lat) IS NOT NULL AND coalesce(s.lng, r.lng) IS NOT NULL');
      return [
        ...(await sql.query<MapSite>(
          `SELECT s.id, s.name, s.kind, s.region_code AS "regionCode", coalesce(s.lat, r.lat) AS lat,
             coalesce(s.lng, r.lng) AS lng, s.status = 'planned' AS planned, coalesce(st.state, 'unknown') AS state
           FROM site s JOIN region r ON r.code = s.region_code JOIN site_state st ON st.site_id = s.id
           ${conditions.where} ORDER BY s.code`,
          conditions.values,
        )),
      ];
    },

    async devicePlaces(region: RegionCode | ''): Promise<DevicePlace[]> {
      const conditions = new Conditions().within('s.region_code', region).and("d.enabled AND s.status = 'active'");
      return [
        ...(await sql.query<DevicePlace>(
          `SELECT d.id AS "deviceId", s.region_code AS "regionCode", s.${HOTSPOT} AND coalesce(k.counts_for_site, true) AS "isHotspot"
           FROM device d JOIN site s ON s.id = d.site_id LEFT JOIN device_kind k ON k.id = d.kind ${conditions.where} ORDER BY d.id`,
          conditions.values,
        )),
      ];
    },

    /** Villages of the programme (all, or those inside a region) with their states. */
    async villages(region: RegionCode | '' = ''): Promise<VillageSites[]> {
      const conditions = new Conditions().within('code', region);
      return [
        ...(await sql.query<VillageSites>(
          `SELECT code, state, office, public FROM village_state ${conditions.where} ORDER BY code`,
          conditions.values,
        )),
      ];
    },
  };
}
