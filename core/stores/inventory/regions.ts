import type { Region } from '../../contract/regions.ts';
import type { ProgrammeStatus, RegionCode, RegionLevel } from '../../domain/region.ts';
import type { AreaGeometry } from '../../regions/geometry.ts';
import { Conditions, millis, type Page, type PageAsked, paged } from './query.ts';
import type { Sql } from './sql.ts';

const COLUMNS = `code, level, parent_code AS "parentCode", name, lat, lng, coalesce(point_kind = 'd', false) AS "pointIsApproximate",
  area_km2 AS "areaKm2", population, desa_count AS "desaCount", kelurahan_count AS "kelurahanCount",
  programme, programme_note AS "programmeNote", edition, retired_at IS NOT NULL AS retired`;

export type RegionFilter = PageAsked & {
  /** Direct children of this region. */
  readonly parent?: RegionCode | undefined;
  /** This region and all below it. */
  readonly region?: RegionCode | '' | undefined;
  readonly level?: RegionLevel | undefined;
  readonly q?: string | undefined;
  readonly includeRetired?: boolean | undefined;
};

export type RegionEdition = {
  readonly edition: string;
  readonly importedAt: number;
  readonly provinces: number;
  readonly regencies: number;
  readonly districts: number;
  readonly villages: number;
  readonly shapes: number;
  readonly retired: number;
};

const prefixes = (code: RegionCode): string[] =>
  code.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.'));

export type Regions = ReturnType<typeof regions>;

export function regions(sql: Sql) {
  return {
    async get(code: RegionCode): Promise<Region | null> {
      const rows = await sql.query<Region>(`SELECT ${COLUMNS} FROM region WHERE code = $1`, [code]);
      return rows[0] ?? null;
    },

    /** Regions above, from the province down. */
    async ancestors(code: RegionCode): Promise<Region[]> {
      const above = prefixes(code).slice(0, -1);
      return [
        ...(await sql.query<Region>(`SELECT ${COLUMNS} FROM region WHERE code = ANY($1) ORDER BY code`, [above])),
      ];
    },

    list(filter: RegionFilter): Promise<Page<Region>> {
      const conditions = new Conditions()
        .equals('parent_code', filter.parent)
        .within('code', filter.region)
        .equals('level', filter.level)
        .contains(/\d/.test(filter.q ?? '') ? ['name', 'code'] : ['name'], filter.q);
      if (filter.includeRetired !== true) conditions.and('retired_at IS NULL');
      return paged(sql, {
        columns: COLUMNS,
        from: 'region',
        conditions,
        orderBy: 'code',
        asked: filter,
        shape: (row: Region) => row,
      });
    },

    /** What the programme says of a region; null takes it back. */
    async setProgramme(code: RegionCode, programme: ProgrammeStatus | null, note: string | null = null): Promise<void> {
      await sql.run('UPDATE region SET programme = $2, programme_note = $3 WHERE code = $1', [code, programme, note]);
    },

    /** Where the first site by code stands; null without sites. */
    async provinceOfFirstSite(): Promise<RegionCode | null> {
      const rows = await sql.query<{ code: RegionCode }>(
        'SELECT left(region_code, 2) AS code FROM site ORDER BY site.code LIMIT 1',
      );
      return rows[0]?.code ?? null;
    },

    /** The edition imported last; null before the first import. */
    async edition(): Promise<RegionEdition | null> {
      const rows = await sql.query<Omit<RegionEdition, 'importedAt'> & { importedAt: Date }>(
        `SELECT edition, imported_at AS "importedAt", provinces, regencies, districts, villages, shapes, retired
         FROM region_edition ORDER BY imported_at DESC LIMIT 1`,
      );
      return rows[0] === undefined ? null : { ...rows[0], importedAt: millis(rows[0].importedAt) };
    },

    /** Levels that have polygons inside a region, with how many. */
    async shapeCounts(region: RegionCode): Promise<Partial<Record<RegionLevel, number>>> {
      const conditions = new Conditions().within('s.code', region);
      const rows = await sql.query<{ level: RegionLevel; count: number }>(
        `SELECT r.level, count(*)::int AS count FROM region_shape s JOIN region r USING (code) ${conditions.where} GROUP BY r.level`,
        conditions.values,
      );
      return Object.fromEntries(rows.map(({ level, count }) => [level, count]));
    },

    /** Polygons (GeoJSON geometries) of the living regions of one level inside a region, in order of code. */
    async shapes(region: RegionCode, level: RegionLevel): Promise<readonly RegionGeometry[]> {
      const conditions = new Conditions().within('r.code', region).equals('r.level', level).and('r.retired_at IS NULL');
      return await sql.query<RegionGeometry>(
        `SELECT r.code, r.name, s.geometry FROM region_shape s JOIN region r USING (code) ${conditions.where} ORDER BY r.code`,
        conditions.values,
      );
    },
  };
}

export type RegionGeometry = { readonly code: RegionCode; readonly name: string; readonly geometry: AreaGeometry };
