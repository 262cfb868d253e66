import type { PlanRow } from '../../../core/contract/coverage-plan.ts';
import type { CoverageFilter } from '../../../core/domain/coverage.ts';
import type { ProgrammeStatus } from '../../../core/domain/region.ts';
import type { Mark } from '../../components/StateMark.tsx';
import type { Format } from '../../i18n/format.ts';
import type { Order, PlanSort } from './search.ts';
import type { CoverageDictionary } from './words/id.ts';

/** What a figure opens: the villages it counts, or the hotspots that live. */
export type Behind = { readonly list: CoverageFilter } | { readonly list: 'hotspots' };
export type PlanColumn = {
  readonly id: Exclude<PlanSort, 'name'>;
  readonly group: keyof CoverageDictionary['groups'];
  readonly figureOf: (row: PlanRow) => number | null;
  readonly behind: Behind;
  readonly as: 'count' | 'share';
  readonly mark?: Mark;
  /** Also on a phone. */
  readonly onPhone?: true;
};

export const shareOf = ({ villagesInProgramme, villageCount }: PlanRow): number | null =>
  villageCount === 0 ? null : villagesInProgramme / villageCount;

export const perHotspotOf = ({ population, livingHotspots }: PlanRow): number | null =>
  population === null || livingHotspots === 0 ? null : Math.round(population / livingHotspots);

/** Every figure of the table, from left to right. */
export const PLAN_COLUMNS: readonly PlanColumn[] = [
  { id: 'villageCount', group: 'programme', figureOf: (row) => row.villageCount, behind: { list: 'all' }, as: 'count' },
  {
    id: 'inProgramme',
    group: 'programme',
    figureOf: (row) => row.villagesInProgramme,
    behind: { list: 'programme' },
    as: 'count',
    onPhone: true,
  },
  { id: 'share', group: 'programme', figureOf: shareOf, behind: { list: 'programme' }, as: 'share', onPhone: true },
  { id: 'withBoth', group: 'alive', figureOf: (row) => row.withBoth, behind: { list: 'both' }, as: 'count' },
  {
    id: 'aliveBoth',
    group: 'alive',
    figureOf: (row) => row.aliveBoth,
    behind: { list: 'alive-both' },
    as: 'count',
    onPhone: true,
  },
  {
    id: 'normal',
    group: 'alive',
    figureOf: (row) => row.villages.normal,
    behind: { list: 'normal' },
    as: 'count',
    mark: 'normal',
  },
  {
    id: 'partial',
    group: 'alive',
    figureOf: (row) => row.villages.partial,
    behind: { list: 'partial' },
    as: 'count',
    mark: 'partial',
  },
  {
    id: 'down',
    group: 'alive',
    figureOf: (row) => row.villages.down,
    behind: { list: 'down' },
    as: 'count',
    mark: 'down',
    onPhone: true,
  },
  {
    id: 'unknown',
    group: 'alive',
    figureOf: (row) => row.villages.unknown,
    behind: { list: 'unknown' },
    as: 'count',
    mark: 'unknown',
  },
  {
    id: 'notProposed',
    group: 'without',
    figureOf: (row) => row.notProposed,
    behind: { list: 'not-proposed' },
    as: 'count',
    mark: 'not-proposed',
  },
  {
    id: 'blocked',
    group: 'without',
    figureOf: (row) => row.blockedByTerrain,
    behind: { list: 'blocked-by-terrain' },
    as: 'count',
    mark: 'blocked-by-terrain',
  },
  { id: 'unsaid', group: 'without', figureOf: (row) => row.unsaid, behind: { list: 'none' }, as: 'count' },
  { id: 'perHotspot', group: 'network', figureOf: perHotspotOf, behind: { list: 'hotspots' }, as: 'count' },
  {
    id: 'availability',
    group: 'network',
    figureOf: (row) => row.availability,
    behind: { list: 'programme' },
    as: 'share',
  },
];

export const GROUPS = [...new Set(PLAN_COLUMNS.map(({ group }) => group))].map((group) => ({
  group,
  span: PLAN_COLUMNS.filter((column) => column.group === group).length,
}));

export const startsGroup = (column: PlanColumn): boolean =>
  PLAN_COLUMNS.find(({ group }) => group === column.group) === column;

/** The order of a first click: names from A, shares from the least, counts from the most. */
export const firstOrder = (sort: PlanSort): Order =>
  sort === 'name' || sort === 'share' || sort === 'availability' ? 'asc' : 'desc';

/** Sorted rows. Without a figure last, and equals by how many villages they have: many with nothing come first. */
export function sortPlan(rows: readonly PlanRow[], sort: PlanSort, order: Order): readonly PlanRow[] {
  const turn = order === 'asc' ? 1 : -1;
  if (sort === 'name') return rows.toSorted((a, b) => turn * a.name.localeCompare(b.name, 'id'));
  const figureOf = PLAN_COLUMNS.find(({ id }) => id === sort)?.figureOf ?? shareOf;
  return rows.toSorted((a, b) => {
    const [left, right] = [figureOf(a), figureOf(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return turn * (left - right) || b.villageCount - a.villageCount || a.name.localeCompare(b.name, 'id');
  });
}

/** The head of a column without its places to break. */
export const plainWord = (word: string): string => word.replaceAll('\u00ad', '');

export function figureText(column: PlanColumn, row: PlanRow, f: Format): string {
  const value = column.figureOf(row);
  if (value === null) return '–';
  return column.as === 'share' ? f.percent(value) : f.number(value);
}

/** What a region without any village of the programme is: what most of its villages are. */
export function standingOf(row: PlanRow): ProgrammeStatus | null {
  if (row.villagesInProgramme > 0) return 'covered';
  if (row.listed === 0) return row.programme;
  const most = Math.max(row.notProposed, row.blockedByTerrain, row.unsaid);
  if (most === 0) return row.programme;
  return most === row.blockedByTerrain ? 'blocked-by-terrain' : most === row.notProposed ? 'not-proposed' : null;
}

/** A pack without a name of its own is named by its content; its first digits tell two packs apart. */
export const shortEdition = (edition: string): string => edition.replace(/^sha256-(.{8}).*$/, '$1');
