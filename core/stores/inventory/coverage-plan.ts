import type { Gap, PlanRow, PlanVillage } from '../../contract/coverage-plan.ts';
import type { CoverageClass, CoverageFilter, VillageKind } from '../../domain/coverage.ts';
import type { RegionCode, RegionLevel } from '../../domain/region.ts';
import { Conditions, HOTSPOT, type Page, type PageAsked, paged } from './query.ts';
import type { Sql } from './sql.ts';

/** All of a row but what the series store knows. */
export type PlanCounts = Omit<PlanRow, 'availability'>;
export type PlanVillageRow = Omit<PlanVillage, 'availability'>;
/** A village without a hotspot, with what its rank is made of. */
export type GapRow = Pick<
  Gap,
  'code' | 'name' | 'district' | 'regency' | 'standing' | 'programmeNote' | 'pointIsApproximate'
> & {
  readonly lat: number | null;
  readonly lng: number | null;
  readonly population: number | null;
  /** People of its regency, and the villages among which they live. */
  readonly regencyPopulation: number | null;
  readonly regencyVillages: number | null;
};
export type LivingSite = {
  readonly siteId: string;
  readonly name: string;
  readonly kind: NonNullable<Gap['nearest']>['kind'];
  readonly lat: number;
  readonly lng: number;
};
/** A device whose reachability stands for a hotspot. */
export type HotspotDevice = { readonly deviceId: string; readonly siteId: string; readonly regionCode: RegionCode };

export type PlanFilter = PageAsked & {
  readonly region: RegionCode | '';
  readonly of: VillageKind;
  readonly is?: CoverageFilter | undefined;
  readonly q?: string | undefined;
};

const CODE_LENGTH = { province: 2, regency: 5, district: 8, village: 13 } as const satisfies Record<
  RegionLevel,
  number
>;

/** The fourth part of a village's code begins with 1 for a kelurahan, with anything else for a desa. */
const ofKind = (column: string, of: VillageKind): string =>
  of === 'all' ? 'true' : `substr(${column}, 10, 1) ${of === 'kelurahan' ? '=' : '<>'} '1'`;
/** Official villages of a region row; null where the edition has no counts. */
const officialCount = {
  all: 'r.desa_count + r.kelurahan_count',
  desa: 'r.desa_count',
  kelurahan: 'r.kelurahan_count',
} as const;

/** The village's own word, else that of the nearest region above which has one. */
const PROGRAMME = 'coalesce(r.programme, d.programme, k.programme, p.programme)';
/** The note that goes with it. What is said of a region that has hotspots says nothing of a village without. */
const NOTE = `CASE WHEN coalesce(r.programme, r.programme_note) IS NOT NULL THEN r.programme_note
  WHEN ${PROGRAMME} = 'covered' THEN NULL
  WHEN d.programme IS NOT NULL THEN d.programme_note
  WHEN k.programme IS NOT NULL THEN k.programme_note ELSE p.programme_note END`;
const STANDING = `CASE WHEN v.state IS NOT NULL THEN v.state
  WHEN ${PROGRAMME} IN ('not-proposed', 'blocked-by-terrain') THEN ${PROGRAMME} ELSE 'none' END`;

/** Living villages of the list, and those that left it with a hotspot of theirs still standing. */
const VILLAGES = `region r
  LEFT JOIN village_state v ON v.code = r.code
  LEFT JOIN region d ON d.code = left(r.code, 8)
  LEFT JOIN region k ON k.code = left(r.code, 5)
  LEFT JOIN region p ON p.code = left(r.code, 2)`;
const villagesWithin = (region: RegionCode | '', of: VillageKind): Conditions =>
  new Conditions()
    .equals('r.level', 'village')
    .within('r.code', region)
    .and('r.retired_at IS NULL OR v.code IS NOT NULL')
    .and(ofKind('r.code', of));

const BOTH = 'v.office IS NOT NULL AND v.public IS NOT NULL';
function isOf(filter: CoverageFilter): string {
  switch (filter) {
    case 'all':
      return 'true';
    case 'programme':
      return 'v.state IS NOT NULL';
    case 'without':
      return 'v.state IS NULL';
    case 'both':
      return BOTH;
    case 'alive-both':
      return `v.state = 'normal' AND ${BOTH}`;
    default:
      return `(${STANDING}) = '${filter satisfies CoverageClass}'`;
  }
}

export type CoveragePlan = ReturnType<typeof coveragePlan>;

export function coveragePlan(sql: Sql) {
  return {
    /** A row for each living region of `level` inside `region`, in order of code: one query. */
    async table(region: RegionCode, level: RegionLevel, of: VillageKind): Promise<PlanCounts[]> {
      const length = CODE_LENGTH[level];
      const conditions = villagesWithin(region, of);
      const count = (filter: CoverageFilter): string => `(count(*) FILTER (WHERE ${isOf(filter)}))::int`;
      const [own, below] = [conditions.value(region), conditions.value(`${region}.%`)];
      const inside = (column: string): string => `(${column} = ${own} OR ${column} LIKE ${below})`;
      const rows = await sql.query<PlanCounts>(
        `WITH counted AS (
           SELECT left(r.code, ${length}) AS code, ${count('all')} AS listed, ${count('programme')} AS in_programme,
             ${count('both')} AS both, ${count('alive-both')} AS alive_both, ${count('normal')} AS normal,
             ${count('partial')} AS partial, ${count('down')} AS down, ${count('unknown')} AS unknown,
             ${count('not-proposed')} AS not_proposed, ${count('blocked-by-terrain')} AS blocked, ${count('none')} AS unsaid
           FROM ${VILLAGES} ${conditions.where} GROUP BY 1
         ), spots AS (
           SELECT left(region_code, ${length}) AS code, count(*)::int AS all_spots,
             (count(*) FILTER (WHERE state = 'up'))::int AS living
           FROM site_state WHERE ${HOTSPOT} AND status = 'active' AND ${inside('region_code')} GROUP BY 1
         )
         SELECT r.code, r.name, r.lat, r.lng, r.programme, r.programme_note AS "programmeNote", r.population,
           coalesce(${officialCount[of]}, c.listed, 0) AS "villageCount", coalesce(c.listed, 0) AS listed,
           coalesce(c.in_programme, 0) AS "villagesInProgramme", coalesce(c.both, 0) AS "withBoth",
           coalesce(c.alive_both, 0) AS "aliveBoth",
           json_build_object('normal', coalesce(c.normal, 0), 'partial', coalesce(c.partial, 0),
             'down', coalesce(c.down, 0), 'unknown', coalesce(c.unknown, 0)) AS villages,
           coalesce(c.not_proposed, 0) AS "notProposed", coalesce(c.blocked, 0) AS "blockedByTerrain",
           coalesce(c.unsaid, 0) AS unsaid, coalesce(s.all_spots, 0) AS hotspots, coalesce(s.living, 0) AS "livingHotspots"
         FROM region r LEFT JOIN counted c USING (code) LEFT JOIN spots s USING (code)
         WHERE r.level = ${conditions.value(level)} AND ${inside('r.code')}
           AND (r.retired_at IS NULL OR c.in_programme > 0)
           ${level === 'village' ? 'AND c.listed > 0' : ''}
         ORDER BY r.code`,
        conditions.values,
      );
      return [...rows];
    },

    /** The villages behind a figure: the sick before the sound, then by name. */
    villages(filter: PlanFilter): Promise<Page<PlanVillageRow>> {
      const { region, of, is = 'all', q } = filter;
      return paged(sql, {
        columns: `r.code, r.name, d.name AS district, k.name AS regency, ${STANDING} AS standing, v.office, v.public,
          ${NOTE} AS "programmeNote", r.population`,
        from: VILLAGES,
        conditions: villagesWithin(region, of).and(isOf(is)).contains(['r.name', 'r.code'], q),
        orderBy: `array_position(ARRAY['down', 'partial', 'unknown', 'normal'], v.state), r.name, r.code`,
        asked: filter,
        shape: (row: PlanVillageRow) => row,
      });
    },

    /** Every village without a hotspot, in order of code. */
    async gaps(region: RegionCode | '', of: VillageKind): Promise<readonly GapRow[]> {
      const conditions = villagesWithin(region, of).and(isOf('without'));
      return await sql.query<GapRow>(
        `SELECT r.code, r.name, d.name AS district, k.name AS regency, ${STANDING} AS standing, ${NOTE} AS "programmeNote",
           r.lat, r.lng, coalesce(r.point_kind = 'd', false) AS "pointIsApproximate", r.population,
           k.population AS "regencyPopulation", k.desa_count + k.kelurahan_count AS "regencyVillages"
         FROM ${VILLAGES} ${conditions.where} ORDER BY r.code`,
        conditions.values,
      );
    },

    /** Sites with a point of their own or of their region, all of whose devices are up. */
    async livingSites(region: RegionCode | ''): Promise<readonly LivingSite[]> {
      const conditions = new Conditions()
        .within('s.region_code', region)
        .and("st.state = 'up'")
        .and('coalesce(s.lat, r.lat) IS NOT NULL AND coalesce(s.lng, r.lng) IS NOT NULL');
      return await sql.query<LivingSite>(
        `SELECT s.id AS "siteId", s.name, s.kind, coalesce(s.lat, r.lat) AS lat, coalesce(s.lng, r.lng) AS lng
         FROM site s JOIN site_state st ON st.site_id = s.id JOIN region r ON r.code = s.region_code
         ${conditions.where} ORDER BY s.code`,
        conditions.values,
      );
    },

    /** Devices that carry the hotspots of the villages of a kind. */
    async hotspotDevices(region: RegionCode | '', of: VillageKind): Promise<readonly HotspotDevice[]> {
      const conditions = new Conditions()
        .within('s.region_code', region)
        .and(`s.${HOTSPOT} AND s.status = 'active' AND d.enabled AND coalesce(k.counts_for_site, true)`)
        .and(ofKind('s.region_code', of));
      return await sql.query<HotspotDevice>(
        `SELECT d.id AS "deviceId", s.id AS "siteId", s.region_code AS "regionCode"
         FROM device d JOIN site s ON s.id = d.site_id LEFT JOIN device_kind k ON k.id = d.kind
         ${conditions.where} ORDER BY d.id`,
        conditions.values,
      );
    },
  };
}
