import type { CoverageRow, Summary } from '../../core/contract/coverage.ts';
import type { Clock } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { REGION_LEVELS, type RegionCode, type RegionLevel } from '../../core/domain/region.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { Scope } from '../scope.ts';
import type { Counts } from './counts.ts';
import { homeRegion } from './home-region.ts';
import { AVAILABILITY_MS, type Reachability } from './reachability.ts';

export type CoverageDeps = {
  readonly inventory: Inventory;
  readonly counts: Counts;
  readonly reachability: Reachability;
  readonly clock: Clock;
};
type Asked = {
  readonly region?: RegionCode;
  readonly level?: RegionLevel;
  readonly from?: number;
  readonly to?: number;
};

/** The table by region: what the inventory counts, with availability and people online from the series. */
export async function coverageTable(
  { inventory, counts, reachability, clock }: CoverageDeps,
  scope: Scope,
  asked: Asked,
) {
  const region = await homeRegion(inventory, scope, asked.region);
  const level = asked.level ?? levelBelow(region.level);
  const asOf = clock();
  const isLastMonth = asked.from === undefined && asked.to === undefined;
  const to = asked.to ?? asOf;
  const from = asked.from ?? to - AVAILABILITY_MS;
  if (from >= to)
    throw new AppError('bad-input', 'the range ends before it begins', {
      faults: [{ field: '/from', reason: 'must be before to' }],
    });
  const [table, shares, clients, edition] = await Promise.all([
    counts.table(region.code, level),
    isLastMonth
      ? reachability.lastMonthOfRegions(region.code, level)
      : reachability.ofRegions(region.code, level, from, to),
    reachability.clientsOfRegions(region.code, level),
    inventory.regions.edition(),
  ]);
  const rows = table.map(
    ({ devices: _, ...row }): CoverageRow => ({
      ...row,
      availability: shares.get(row.code) ?? null,
      clients: clients.get(row.code) ?? null,
    }),
  );
  return { region: named(region), edition: edition?.edition ?? null, from, to, asOf, rows };
}

/** Counts of everything in a region, now. */
export async function summary(
  { inventory, counts, reachability, clock }: CoverageDeps,
  scope: Scope,
  asked?: RegionCode,
): Promise<Summary> {
  const region = await homeRegion(inventory, scope, asked);
  const [states, clients] = await Promise.all([
    counts.summary(region.code),
    reachability.clientsOfRegions(region.code, region.level),
  ]);
  return { ...states, region: named(region), clients: clients.get(region.code) ?? null, asOf: clock() };
}

/** Points of the map; none where no region is loaded yet. */
export async function mapPoints(
  { inventory, clock }: Pick<CoverageDeps, 'inventory' | 'clock'>,
  scope: Scope,
  asked?: RegionCode,
) {
  const { code } = await homeRegion(inventory, scope, asked);
  const [villages, sites] = await Promise.all([
    inventory.coverage.mapVillages(code),
    inventory.coverage.mapSites(code),
  ]);
  return { villages, sites, asOf: clock() };
}

const named = ({ code, name }: { readonly code: RegionCode; readonly name: string }) => ({ code, name });

/** A village's table is the village itself. */
const levelBelow = (level: RegionLevel): RegionLevel => REGION_LEVELS[REGION_LEVELS.indexOf(level) + 1] ?? 'village';
