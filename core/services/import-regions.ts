import type { RegionCode, RegionLevel } from '../domain/region.ts';
import { parentCode } from '../domain/region.ts';
import type { RegionPack, RegionRow, RegionShape } from '../regions/region-pack.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import type { Sql } from '../stores/inventory/sql.ts';

type Counts = { readonly created: number; readonly updated: number; readonly unchanged: number };

export type RegionImport = Counts & {
  readonly edition: string;
  /** False when the store held all of it already. */
  readonly changed: boolean;
  readonly provinces: number;
  readonly regencies: number;
  readonly districts: number;
  readonly villages: number;
  /** Regions that this edition no longer names; they keep their history. */
  readonly retired: number;
  /** Regions that an earlier edition had dropped and this one names again. */
  readonly returned: number;
  readonly shapes: Counts;
};

export type RegionProgress = { readonly step: RegionLevel | 'shape'; readonly done: number; readonly total: number };

const ROWS_AT_ONCE = 5_000;
const SHAPE_BYTES_AT_ONCE = 2_000_000;
/** Any number, the same in every process: one import at a time. */
const LOCK = 7_467_086;
/** A row that ON CONFLICT updated carries the lock of its transaction in xmax, one that it inserted carries none. */
const WAS_INSERTED = 'old.xmax = 0 AS created';

/**
 * Makes the regions of the store those of a pack, in one transaction. What the programme says of a region stays.
 * Regions of a level and province that the pack covers and no longer names are marked retired.
 */
export async function importRegions(
  inventory: Inventory,
  pack: RegionPack,
  { onProgress }: { readonly onProgress?: (progress: RegionProgress) => void } = {},
): Promise<RegionImport> {
  return await inventory.sql.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const levels: readonly (readonly [RegionLevel, readonly RegionRow[]])[] = [
      ['province', pack.provinces],
      ['regency', pack.regencies],
      ['district', pack.districts],
      ['village', pack.villages],
    ];
    const retiredBefore = await sql.query<{ code: RegionCode }>('SELECT code FROM region WHERE retired_at IS NOT NULL');
    const named = new Set(levels.flatMap(([, rows]) => rows.map(({ code }) => code)));
    const returned = retiredBefore.filter(({ code }) => named.has(code)).length;
    let counts: Counts = { created: 0, updated: 0, unchanged: 0 };
    for (const [level, rows] of levels) {
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
        const part = rows.slice(from, from + ROWS_AT_ONCE);
        counts = add(counts, await storeRows(sql, level, part, pack.edition));
        onProgress?.({ step: level, done: from + part.length, total: rows.length });
      }
    }
    let retired = 0;
    for (const [level, rows] of levels.slice(1)) {
      retired += await retire(sql, level, rows, new Date(inventory.clock()));
    }
    const shapes = await storeShapes(sql, pack.shapes, onProgress);
    const changed = [counts.created, counts.updated, retired, shapes.created, shapes.updated].some(
      (count) => count > 0,
    );
    const sizes = {
      provinces: pack.provinces.length,
      regencies: pack.regencies.length,
      districts: pack.districts.length,
      villages: pack.villages.length,
    };
    const isKnown = (await sql.query('SELECT 1 FROM region_edition WHERE edition = $1', [pack.edition])).length > 0;
    if (changed || !isKnown) {
      await sql.run(
        `INSERT INTO region_edition (edition, imported_at, provinces, regencies, districts, villages, shapes, retired)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (edition) DO UPDATE SET imported_at = excluded.imported_at, provinces = excluded.provinces,
           regencies = excluded.regencies, districts = excluded.districts, villages = excluded.villages,
           shapes = excluded.shapes, retired = excluded.retired`,
        [pack.edition, new Date(inventory.clock()), ...Object.values(sizes), pack.shapes.length, retired],
      );
      await sql.run('ANALYZE region');
    }
    return { edition: pack.edition, changed, ...counts, ...sizes, retired, returned, shapes };
  });
}

const add = <T extends Readonly<Record<string, number>>>(a: T, b: T): T =>
  Object.fromEntries(Object.entries(a).map(([name, count]) => [name, count + (b[name] ?? 0)])) as T;

async function storeRows(sql: Sql, level: RegionLevel, rows: readonly RegionRow[], edition: string): Promise<Counts> {
  const records = rows.map((row) => ({ ...row, parent: parentCode(row.code) }));
  const [result] = await sql.query<{ created: number; updated: number }>(
    `WITH stored AS (
       INSERT INTO region AS old (code, level, parent_code, name, lat, lng, point_kind, area_km2, population, desa_count,
         kelurahan_count, edition)
       SELECT code, $2, parent, name, lat, lng, "pointKind", "areaKm2", population, "desaCount", "kelurahanCount", $3
       FROM jsonb_to_recordset($1::jsonb) AS r(code text, parent text, name text, lat float8, lng float8,
         "pointKind" text, "areaKm2" float8, population int, "desaCount" int, "kelurahanCount" int)
       ON CONFLICT (code) DO UPDATE SET name = excluded.name, lat = excluded.lat, lng = excluded.lng,
         point_kind = excluded.point_kind, area_km2 = excluded.area_km2, population = excluded.population,
         desa_count = excluded.desa_count, kelurahan_count = excluded.kelurahan_count, edition = excluded.edition,
         retired_at = NULL
       WHERE (old.name, old.lat, old.lng, old.point_kind, old.area_km2, old.population, old.desa_count,
           old.kelurahan_count, old.edition, old.retired_at)
         IS DISTINCT FROM (excluded.name, excluded.lat, excluded.lng, excluded.point_kind, excluded.area_km2,
           excluded.population, excluded.desa_count, excluded.kelurahan_count, excluded.edition, NULL)
       RETURNING ${WAS_INSERTED}
     )
     SELECT count(*) FILTER (WHERE created)::int AS created, count(*) FILTER (WHERE NOT created)::int AS updated
     FROM stored`,
    [JSON.stringify(records), level, edition],
  );
  const { created = 0, updated = 0 } = result ?? {};
  return { created, updated, unchanged: rows.length - created - updated };
}

/** Marks what is left of the provinces that the pack covers on this level. */
async function retire(sql: Sql, level: RegionLevel, rows: readonly RegionRow[], at: Date): Promise<number> {
  const provinces = [...new Set(rows.map(({ code }) => code.slice(0, 2)))];
  const codes: readonly RegionCode[] = rows.map(({ code }) => code);
  return await sql.run(
    `UPDATE region SET retired_at = $4
     WHERE level = $1 AND left(code, 2) = ANY($2::text[]) AND retired_at IS NULL
       AND code NOT IN (SELECT jsonb_array_elements_text($3::jsonb))`,
    [level, provinces, JSON.stringify(codes), at],
  );
}

async function storeShapes(
  sql: Sql,
  shapes: readonly RegionShape[],
  onProgress: ((progress: RegionProgress) => void) | undefined,
): Promise<Counts> {
  let counts: Counts = { created: 0, updated: 0, unchanged: 0 };
  let part: string[] = [];
  let bytes = 0;
  for (const [index, shape] of shapes.entries()) {
    const record = JSON.stringify(shape);
    part.push(record);
    bytes += record.length;
    if (bytes < SHAPE_BYTES_AT_ONCE && index < shapes.length - 1) continue;
    const [result] = await sql.query<{ created: number; updated: number }>(
      `WITH stored AS (
         INSERT INTO region_shape AS old (code, geometry)
         SELECT code, geometry FROM jsonb_to_recordset($1::jsonb) AS s(code text, geometry jsonb)
         ON CONFLICT (code) DO UPDATE SET geometry = excluded.geometry WHERE old.geometry <> excluded.geometry
         RETURNING ${WAS_INSERTED}
       )
       SELECT count(*) FILTER (WHERE created)::int AS created, count(*) FILTER (WHERE NOT created)::int AS updated
       FROM stored`,
      [`[${part.join(',')}]`],
    );
    const { created = 0, updated = 0 } = result ?? {};
    counts = add(counts, { created, updated, unchanged: part.length - created - updated });
    onProgress?.({ step: 'shape', done: index + 1, total: shapes.length });
    part = [];
    bytes = 0;
  }
  return counts;
}
