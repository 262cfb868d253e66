import { CSV_TYPE, XLSX_TYPE } from '../../core/contract/inventory-files.ts';
import type { CoverageFilter, VillageKind } from '../../core/domain/coverage.ts';
import type { RegionCode, RegionLevel } from '../../core/domain/region.ts';
import { type Month, wallTime, zoneOf } from '../../core/domain/zone.ts';
import type { Values } from '../../core/inventory-files/tables.ts';
import { csvBytes, type FileTable } from '../../core/inventory-files/write-csv.ts';
import { xlsxBytes } from '../../core/inventory-files/write-xlsx.ts';
import type { ExportedFile } from '../../core/services/export-inventory.ts';
import type { Scope } from '../scope.ts';
import { type GapSort, gaps } from './coverage-gaps.ts';
import { DEFAULT_KIND, type PlanDeps, planTable, planVillages } from './coverage-plan.ts';

type Asked = {
  readonly what?: 'table' | 'villages' | 'gaps';
  readonly format?: 'csv' | 'xlsx';
  readonly region?: RegionCode;
  readonly level?: RegionLevel;
  readonly of?: VillageKind;
  readonly month?: Month;
  readonly is?: CoverageFilter;
  readonly sort?: GapSort;
};

/** No province has this many villages (the largest has some 8,600). */
const MOST_ROWS = 20_000;

const texts = (...names: readonly string[]) => names.map((name) => ({ name, type: 'text' }) as const);
const numbers = (...names: readonly string[]) => names.map((name) => ({ name, type: 'number' }) as const);
/** What a row is counted against, in every row: a file is cut and pasted. */
const BASIS = texts('villages_counted', 'region_list_edition', 'as_of');

const TABLE: FileTable = {
  name: 'coverage',
  columns: [
    ...texts('code', 'name'),
    ...numbers('population', 'villages', 'villages_on_record', 'in_programme', 'share_in_programme', 'with_both'),
    ...numbers('alive_both', 'normal', 'partial', 'down', 'unknown', 'not_proposed', 'blocked_by_terrain', 'unsaid'),
    ...numbers('hotspots', 'living_hotspots', 'people_per_living_hotspot', 'availability'),
    ...texts('availability_month', 'note'),
    ...BASIS,
  ],
};
const VILLAGES: FileTable = {
  name: 'villages',
  columns: [
    ...texts('code', 'name', 'district', 'regency', 'standing', 'office', 'public', 'note'),
    ...numbers('population', 'availability'),
    ...BASIS,
  ],
};
const GAPS: FileTable = {
  name: 'gaps',
  columns: [
    ...numbers('rank'),
    ...texts('code', 'name', 'district', 'regency', 'standing', 'note'),
    ...numbers('people'),
    ...texts('people_basis', 'nearest_site', 'nearest_kind'),
    ...numbers('distance_m'),
    ...texts('point'),
    ...BASIS,
  ],
};

const rounded = (share: number | null, digits: number): number | null =>
  share === null ? null : Math.round(share * 10 ** digits) / 10 ** digits;

/** What is on a planner's screen as a file, with the basis of its figures in every row. */
export async function planFile(deps: PlanDeps, scope: Scope, asked: Asked): Promise<ExportedFile> {
  const { what = 'table', format = 'csv' } = asked;
  const [table, rows, region] = await rowsOf(deps, scope, what, asked);
  const at = deps.clock();
  const bytes = format === 'csv' ? csvBytes(table, rows) : await xlsxBytes([{ table, rows }], new Date(at));
  const day = wallTime(at, zoneOf(region)).slice(0, 10);
  return {
    fileName: `${table.name}-${region}-${day}.${format}`,
    contentType: format === 'csv' ? `${CSV_TYPE}; charset=utf-8` : XLSX_TYPE,
    bytes,
  };
}

async function rowsOf(
  deps: PlanDeps,
  scope: Scope,
  what: NonNullable<Asked['what']>,
  asked: Asked,
): Promise<readonly [FileTable, readonly Values[], RegionCode]> {
  const { of = DEFAULT_KIND } = asked;
  const basis = (edition: string | null, region: RegionCode) => ({
    villages_counted: of === 'all' ? 'desa + kelurahan' : of,
    region_list_edition: edition,
    as_of: wallTime(deps.clock(), zoneOf(region)),
  });
  switch (what) {
    case 'table': {
      const { rows, total, edition, month, region } = await planTable(deps, scope, asked);
      return [
        TABLE,
        [...rows, total].map((row) => ({
          code: row.code,
          name: row.name,
          population: row.population,
          villages: row.villageCount,
          villages_on_record: row.listed,
          in_programme: row.villagesInProgramme,
          share_in_programme: row.villageCount === 0 ? null : rounded(row.villagesInProgramme / row.villageCount, 5),
          with_both: row.withBoth,
          alive_both: row.aliveBoth,
          ...row.villages,
          not_proposed: row.notProposed,
          blocked_by_terrain: row.blockedByTerrain,
          unsaid: row.unsaid,
          hotspots: row.hotspots,
          living_hotspots: row.livingHotspots,
          people_per_living_hotspot:
            row.population === null || row.livingHotspots === 0
              ? null
              : Math.round(row.population / row.livingHotspots),
          availability: rounded(row.availability, 5),
          availability_month: month,
          note: row.programmeNote,
          ...basis(edition, region.code),
        })),
        region.code,
      ];
    }
    case 'villages': {
      const { items, region, edition } = await planVillages(deps, scope, { ...asked, page: 1, pageSize: MOST_ROWS });
      return [
        VILLAGES,
        items.map(({ programmeNote, availability, ...item }) => ({
          ...item,
          note: programmeNote,
          availability: rounded(availability, 5),
          ...basis(edition, region.code),
        })),
        region.code,
      ];
    }
    case 'gaps': {
      const { items, region, edition } = await gaps(deps.inventory, scope, { ...asked, page: 1, pageSize: MOST_ROWS });
      return [
        GAPS,
        items.map(({ programmeNote, nearest, peopleAreEstimated, pointIsApproximate, ...item }) => ({
          ...item,
          note: programmeNote,
          people_basis: item.people === null ? null : peopleAreEstimated ? 'regency mean' : 'own',
          nearest_site: nearest?.name ?? null,
          nearest_kind: nearest?.kind ?? null,
          distance_m: nearest?.distanceM ?? null,
          point: pointIsApproximate ? 'district' : 'village',
          ...basis(edition, region.code),
        })),
        region.code,
      ];
    }
  }
}
