import type { VillageState } from './state.ts';

/** Which villages are counted: desa, of which most kota have none, kelurahan, or both together. */
export const VILLAGE_KINDS = ['all', 'desa', 'kelurahan'] as const;
export type VillageKind = (typeof VILLAGE_KINDS)[number];

/**
 * Where a village stands: the state of its hotspots, or why it has none. `none`: nobody has said. Every village of the
 * region list is in exactly one class.
 */
export const COVERAGE_CLASSES = [
  'normal',
  'partial',
  'down',
  'unknown',
  'not-proposed',
  'blocked-by-terrain',
  'none',
] as const;
export type CoverageClass = (typeof COVERAGE_CLASSES)[number];

/** What a list of villages may be narrowed to: one for each figure of the table. */
export const COVERAGE_FILTERS = ['all', 'programme', 'both', 'alive-both', 'without', ...COVERAGE_CLASSES] as const;
export type CoverageFilter = (typeof COVERAGE_FILTERS)[number];

export const isInProgramme = (of: CoverageClass): of is VillageState =>
  of === 'normal' || of === 'partial' || of === 'down' || of === 'unknown';

export type Spread<Item> = {
  readonly worst: Item;
  readonly best: Item;
  readonly median: number;
  readonly count: number;
};

/** Least, middle and most of what has a figure; null where nothing has. Equals keep their order. */
export function spreadOf<Item>(items: readonly Item[], figureOf: (item: Item) => number | null): Spread<Item> | null {
  const known = items
    .flatMap((item) => {
      const value = figureOf(item);
      return value === null ? [] : [{ item, value }];
    })
    .toSorted((a, b) => a.value - b.value);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return null;
  const half = (known.length - 1) / 2;
  const median = ((known[Math.floor(half)]?.value ?? 0) + (known[Math.ceil(half)]?.value ?? 0)) / 2;
  return { worst: first.item, best: last.item, median, count: known.length };
}
