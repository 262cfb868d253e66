import type { StateCounts } from '../../core/contract/common.ts';
import type { Clock } from '../../core/domain/clock.ts';
import type { RegionCode, RegionLevel } from '../../core/domain/region.ts';
import type { CoverageCounts, SummaryCounts } from '../../core/stores/inventory/coverage.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { memo } from './memo.ts';

const FRESH_MS = 2_000;

export type Counts = ReturnType<typeof counts>;

/**
 * What the inventory counts of a region, now. When something happens, every open screen asks at once: they share one
 * answer. Whoever hears of an event first forgets the answers from before it.
 */
export function counts({ coverage }: Pick<Inventory, 'coverage'>, clock: Clock) {
  const tables = memo<readonly CoverageCounts[]>({ clock, freshMs: FRESH_MS, entries: 100 });
  const summaries = memo<SummaryCounts>({ clock, freshMs: FRESH_MS, entries: 100 });
  const sites = memo<StateCounts>({ clock, freshMs: FRESH_MS, entries: 100 });
  return {
    table: (region: RegionCode, level: RegionLevel) =>
      tables.get(`${region} ${level}`, () => coverage.table(region, level)),
    summary: (region: RegionCode) => summaries.get(region, () => coverage.summary(region)),
    sites: (region: RegionCode | '') => sites.get(region, () => coverage.siteCounts(region)),
    forget(): void {
      tables.clear();
      summaries.clear();
      sites.clear();
    },
  };
}
