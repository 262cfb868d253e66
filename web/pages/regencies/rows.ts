import type { CoverageRow } from '../../../core/contract/coverage.ts';
import { coverageOf } from '../../map/measures.ts';
import type { RegencySort } from '../../search-params.ts';

export type Order = 'asc' | 'desc';
type Counts = CoverageRow['hotspots'];
export const countOf = ({ up, degraded, down, unknown }: Counts): number => up + degraded + down + unknown;

/** How bad it stands: what is down before what is degraded before what is not seen, then the open outages. */
export const weightOf = ({ villages, hotspots, openOutages }: CoverageRow): number =>
  villages.down * 1e6 + villages.partial * 1e4 + hotspots.down * 1e3 + openOutages * 10 + villages.unknown;

const VALUES: Readonly<Record<Exclude<RegencySort, 'name'>, (row: CoverageRow) => number | null>> = {
  worst: (row) => (row.villagesInProgramme === 0 && row.openOutages === 0 ? null : weightOf(row)),
  villageCount: ({ villageCount }) => villageCount,
  inProgramme: ({ villagesInProgramme }) => villagesInProgramme,
  coverage: coverageOf,
  normal: ({ villages }) => villages.normal,
  partial: ({ villages }) => villages.partial,
  down: ({ villages }) => villages.down,
  unknown: ({ villages }) => villages.unknown,
  hotspots: ({ hotspots }) => (countOf(hotspots) === 0 ? null : hotspots.up),
  agencies: ({ agencies }) => (countOf(agencies) === 0 ? null : agencies.up),
  outages: ({ openOutages }) => openOutages,
  availability: ({ availability }) => availability,
  clients: ({ clients }) => clients,
};

/** The order that a first click gives: names from A, a share of uptime from the worst, counts from the most. */
export const firstOrder = (sort: RegencySort): Order => (sort === 'name' || sort === 'availability' ? 'asc' : 'desc');

/** Sorted rows; a row without the figure stands last in either order. */
export function sortRows(rows: readonly CoverageRow[], sort: RegencySort, order: Order): readonly CoverageRow[] {
  const sign = order === 'asc' ? 1 : -1;
  const byName = (a: CoverageRow, b: CoverageRow) => a.name.localeCompare(b.name, 'id');
  if (sort === 'name') return rows.toSorted((a, b) => sign * byName(a, b));
  const figureOf = VALUES[sort];
  return rows.toSorted((a, b) => {
    const [x, y] = [figureOf(a), figureOf(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byName(a, b);
    return sign * (x - y) || byName(a, b);
  });
}

const add = (counts: readonly Counts[]): Counts => ({
  up: counts.reduce((sum, { up }) => sum + up, 0),
  degraded: counts.reduce((sum, { degraded }) => sum + degraded, 0),
  down: counts.reduce((sum, { down }) => sum + down, 0),
  unknown: counts.reduce((sum, { unknown }) => sum + unknown, 0),
});

export type Totals = {
  readonly villageCount: number | null;
  readonly villagesInProgramme: number;
  readonly villages: CoverageRow['villages'];
  readonly hotspots: Counts;
  readonly agencies: Counts;
  readonly agenciesPlanned: number;
  readonly openOutages: number;
  readonly availability: number | null;
  readonly clients: number | null;
};

/** The foot: sums of what stands above it; availability is the mean over hotspots, not over regions. */
export function totalsOf(rows: readonly CoverageRow[]): Totals {
  const sum = (figureOf: (row: CoverageRow) => number) => rows.reduce((all, row) => all + figureOf(row), 0);
  const seen = rows.filter(({ availability }) => availability !== null);
  const weight = seen.reduce((all, { hotspots }) => all + countOf(hotspots), 0);
  return {
    villageCount: rows.every(({ villageCount }) => villageCount === null)
      ? null
      : sum(({ villageCount }) => villageCount ?? 0),
    villagesInProgramme: sum(({ villagesInProgramme }) => villagesInProgramme),
    villages: {
      normal: sum(({ villages }) => villages.normal),
      partial: sum(({ villages }) => villages.partial),
      down: sum(({ villages }) => villages.down),
      unknown: sum(({ villages }) => villages.unknown),
    },
    hotspots: add(rows.map(({ hotspots }) => hotspots)),
    agencies: add(rows.map(({ agencies }) => agencies)),
    agenciesPlanned: sum(({ agenciesPlanned }) => agenciesPlanned),
    openOutages: sum(({ openOutages }) => openOutages),
    availability:
      weight === 0
        ? null
        : seen.reduce((all, { availability, hotspots }) => all + (availability ?? 0) * countOf(hotspots), 0) / weight,
    clients: rows.every(({ clients }) => clients === null) ? null : sum(({ clients }) => clients ?? 0),
  };
}
