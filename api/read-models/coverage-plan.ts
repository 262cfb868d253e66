import type { PlanRow, PlanTable, RegionProgramme } from '../../core/contract/coverage-plan.ts';
import type { Region } from '../../core/contract/regions.ts';
import { type Clock, MINUTE } from '../../core/domain/clock.ts';
import type { CoverageFilter, VillageKind } from '../../core/domain/coverage.ts';
import { AppError } from '../../core/domain/errors.ts';
import { REGION_LEVELS, type RegionCode, type RegionLevel } from '../../core/domain/region.ts';
import { type Month, monthOf, monthPeriod, zoneOf } from '../../core/domain/zone.ts';
import type { PlanCounts } from '../../core/stores/inventory/coverage-plan.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { Scope } from '../scope.ts';
import { homeRegion } from './home-region.ts';
import type { Reachability } from './reachability.ts';

export type PlanDeps = {
  readonly inventory: Inventory;
  readonly reachability: Reachability;
  readonly clock: Clock;
};
type Asked = {
  readonly region?: RegionCode;
  readonly level?: RegionLevel;
  readonly of?: VillageKind;
  readonly month?: Month;
};
type AskedVillages = Omit<Asked, 'level'> & {
  readonly is?: CoverageFilter;
  readonly q?: string;
  readonly page?: number;
  readonly pageSize?: number;
};

export const DEFAULT_KIND: VillageKind = 'all';

/** Every figure of the planner's table: rows of one level and their total, which is the sum of the rows. */
export async function planTable(deps: PlanDeps, scope: Scope, asked: Asked): Promise<PlanTable> {
  const { inventory, reachability, clock } = deps;
  const home = await homeRegion(inventory, scope, asked.region);
  const level = levelWithin(home.level, asked.level);
  const of = asked.of ?? DEFAULT_KIND;
  const asOf = clock();
  const { month, from, to } = periodOf(home.code, asked.month, asOf);
  const { coveragePlan, regions } = inventory;
  const [counted, shares, ownShare, edition, above] = await Promise.all([
    coveragePlan.table(home.code, level, of),
    reachability.ofRegions(home.code, level, from, to),
    reachability.ofRegions(home.code, home.level, from, to),
    regions.edition(),
    regions.ancestors(home.code),
  ]);
  const rows = counted.map((row): PlanRow => ({ ...row, availability: shares.get(row.code) ?? null }));
  return {
    region: { code: home.code, name: home.name, level: home.level },
    ancestors: above.filter(({ code }) => scope.covers(code)).map(({ code, name }) => ({ code, name })),
    level,
    of,
    edition: edition?.edition ?? null,
    month,
    from,
    to,
    asOf,
    rows,
    total: {
      ...totalOf(rows, officialCount(home, of)),
      ...identity(home),
      availability: ownShare.get(home.code) ?? null,
    },
  };
}

/** The villages behind a figure, with the availability of the month. */
export async function planVillages(deps: PlanDeps, scope: Scope, asked: AskedVillages) {
  const { inventory, reachability, clock } = deps;
  const home = await homeRegion(inventory, scope, asked.region);
  const { from, to } = periodOf(home.code, asked.month, clock());
  const of = asked.of ?? DEFAULT_KIND;
  const [page, shares, edition] = await Promise.all([
    inventory.coveragePlan.villages({ ...asked, of, region: home.code }),
    reachability.ofRegions(home.code, 'village', from, to),
    inventory.regions.edition(),
  ]);
  return {
    ...page,
    items: page.items.map((item) => ({ ...item, availability: shares.get(item.code) ?? null })),
    region: { code: home.code, name: home.name },
    edition: edition?.edition ?? null,
  };
}

/** @throws AppError `not-found` where there is no such region */
export async function programmeOf({ regions, programme }: Inventory, code: RegionCode): Promise<RegionProgramme> {
  const region = await regions.get(code);
  if (region === null) throw new AppError('not-found', 'there is no such region');
  const [above, history] = await Promise.all([regions.ancestors(code), programme.history(code)]);
  const from = above.findLast((ancestor) => ancestor.programme !== null);
  return {
    region: { code, name: region.name },
    programme: region.programme,
    note: region.programmeNote,
    inherited:
      region.programme !== null || from === undefined || from.programme === null
        ? null
        : {
            from: { code: from.code, name: from.name },
            programme: from.programme,
            note: from.programmeNote,
          },
    history,
  };
}

type Period = { readonly month: Month; readonly from: number; readonly to: number };

/**
 * A month of the province as far as it has run; the running one when none is named.
 * @throws AppError `bad-input` for a month that has not begun
 */
function periodOf(region: RegionCode, asked: Month | undefined, now: number): Period {
  const zone = zoneOf(region);
  const month = asked ?? monthOf(now, zone);
  const { from, to } = monthPeriod(month, zone);
  if (from > now)
    throw new AppError('bad-input', 'this month has not begun', {
      faults: [{ field: '/month', reason: 'must not lie ahead' }],
    });
  return { month, from, to: Math.max(Math.min(to, now), from + MINUTE) };
}

/** The level asked for, never above the region itself; by default the one below it. */
function levelWithin(own: RegionLevel, asked: RegionLevel | undefined): RegionLevel {
  const least = REGION_LEVELS.indexOf(own);
  const wanted = asked === undefined ? least + 1 : REGION_LEVELS.indexOf(asked);
  return REGION_LEVELS[Math.min(Math.max(least, wanted), REGION_LEVELS.length - 1)] ?? 'village';
}

const identity = ({ code, name, lat, lng, programme, programmeNote, population }: PlanIdentity) => ({
  code,
  name,
  lat,
  lng,
  programme,
  programmeNote,
  population,
});
type PlanIdentity = Pick<PlanRow, 'code' | 'name' | 'lat' | 'lng' | 'programme' | 'programmeNote' | 'population'>;

const SUMMED = [
  'listed',
  'villagesInProgramme',
  'withBoth',
  'aliveBoth',
  'notProposed',
  'blockedByTerrain',
  'unsaid',
  'hotspots',
  'livingHotspots',
] as const;

/** Villages of a kind by the edition's own counts; null where it has none of this region. */
function officialCount({ desaCount, kelurahanCount }: Region, of: VillageKind): number | null {
  if (desaCount === null || kelurahanCount === null) return null;
  return { all: desaCount + kelurahanCount, desa: desaCount, kelurahan: kelurahanCount }[of];
}

/** Sums of the rows; the denominator is the region's own official count, where it has one. */
function totalOf(rows: readonly PlanCounts[], official: number | null) {
  const sum = (figureOf: (row: PlanCounts) => number): number => rows.reduce((all, row) => all + figureOf(row), 0);
  const sums = Object.fromEntries(SUMMED.map((name) => [name, sum((row) => row[name])]));
  return {
    ...(sums as Record<(typeof SUMMED)[number], number>),
    villageCount: official ?? sum(({ villageCount }) => villageCount),
    villages: {
      normal: sum(({ villages }) => villages.normal),
      partial: sum(({ villages }) => villages.partial),
      down: sum(({ villages }) => villages.down),
      unknown: sum(({ villages }) => villages.unknown),
    },
  };
}
