import type { CoverageRow } from '../../core/contract/coverage.ts';
import { VILLAGE_STATES, type VillageState } from '../../core/domain/state.ts';
import type { Mark } from '../components/StateMark.tsx';
import type { Format } from '../i18n/format.ts';
import type { Dictionary } from '../i18n/id.ts';
import type { MeasureId } from './measure-ids.ts';
import type { Lines } from './patterns.ts';

/** How a region is filled: a colour token, and lines over it for what is not a figure. */
export type Fill = { readonly token: string; readonly lines?: Lines };
/** What of a region a measure looks at. */
export type MeasureRow = Pick<
  CoverageRow,
  'programme' | 'villages' | 'villageCount' | 'villagesInProgramme' | 'availability' | 'clients'
>;
export type Step = { readonly id: string; readonly fill: Fill; readonly text: string; readonly mark?: Mark };
export type Measure = {
  readonly id: MeasureId;
  readonly title: string;
  readonly steps: readonly Step[];
  readonly stepOf: (row: MeasureRow) => Step;
  /** The figure in words, for the tip and the list. */
  readonly textOf: (row: MeasureRow) => string;
};

const RAMP = ['ramp-1', 'ramp-2', 'ramp-3', 'ramp-4', 'ramp-5'] as const;
const NICE_SHARES = [0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 0.9];
const AVAILABILITY_EDGES = [0.9, 0.95, 0.98, 0.995];

/** All of them normal or down, a seen fault anywhere in between, otherwise not known. */
export function regionState({ villages }: MeasureRow): VillageState | null {
  const total = VILLAGE_STATES.reduce((sum, state) => sum + villages[state], 0);
  if (total === 0) return null;
  if (villages.normal === total) return 'normal';
  if (villages.down === total) return 'down';
  return villages.down + villages.partial > 0 ? 'partial' : 'unknown';
}

export const coverageOf = ({
  villagesInProgramme,
  villageCount,
}: Pick<CoverageRow, 'villagesInProgramme' | 'villageCount'>): number | null =>
  villageCount === null || villageCount === 0 ? null : villagesInProgramme / villageCount;

/** At most four round edges that part the values into about equal groups. */
export function niceEdges(values: readonly number[], candidates: readonly number[]): readonly number[] {
  const sorted = values.filter((value) => value > 0).toSorted((a, b) => a - b);
  if (sorted.length === 0) return [];
  const edges = new Set<number>();
  for (const share of [0.2, 0.4, 0.6, 0.8]) {
    const value = sorted[Math.floor(share * sorted.length)] ?? 0;
    const edge = candidates.findLast((candidate) => candidate <= value);
    if (edge !== undefined && edge > 0) edges.add(edge);
  }
  return [...edges];
}

const countCandidates = (): readonly number[] =>
  [1, 10, 100, 1000, 10_000].flatMap((size) => [1, 2, 3, 5, 7.5].map((step) => step * size));

function missing(t: Dictionary, { programme }: MeasureRow): Step {
  const status = programme === 'not-proposed' || programme === 'blocked-by-terrain' ? programme : 'none';
  if (status === 'blocked-by-terrain') {
    return {
      id: status,
      fill: { token: 'land', lines: 'cross' },
      text: t.programme[status],
      mark: 'blocked-by-terrain',
    };
  }
  const fill: Fill = status === 'none' ? { token: 'land' } : { token: 'land', lines: 'dots' };
  return { id: status, fill, text: t.programme[status], mark: 'not-proposed' };
}

/** The classes for what has no figure, as far as the rows have them. */
function missingSteps(t: Dictionary, rows: readonly MeasureRow[]): readonly Step[] {
  const steps = new Map(rows.map((row) => missing(t, row)).map((step) => [step.id, step]));
  return [...steps.values()].toSorted((a, b) => a.id.localeCompare(b.id));
}

/** From this share of villages with a fault on, a region stands out. */
const MANY = 0.25;
type StateStep = VillageState | 'few';

function stateMeasure(t: Dictionary, f: Format, rows: readonly MeasureRow[]): Measure {
  const step = (id: StateStep, fill: Fill): Step => ({
    id,
    fill,
    text: t.map.stateSteps[id],
    mark: id === 'few' ? 'partial' : id,
  });
  const byState: Readonly<Record<StateStep, Step>> = {
    normal: step('normal', { token: 'up-soft' }),
    few: step('few', { token: 'degraded-faint' }),
    partial: step('partial', { token: 'degraded-soft' }),
    down: step('down', { token: 'down-soft' }),
    unknown: step('unknown', { token: 'unknown-soft', lines: 'hatch' }),
  };
  const stepOf = (row: MeasureRow): Step => {
    const state = regionState(row);
    if (state === null) return missing(t, row);
    const { normal, partial, down, unknown } = row.villages;
    const isFew = state === 'partial' && (partial + down) / (normal + partial + down + unknown) < MANY;
    return byState[isFew ? 'few' : state];
  };
  return {
    id: 'state',
    title: t.map.legend.state,
    steps: [
      ...Object.values(byState),
      ...missingSteps(
        t,
        rows.filter((row) => regionState(row) === null),
      ),
    ],
    stepOf,
    textOf: (row) => {
      const { villages } = row;
      if (regionState(row) === null) return stepOf(row).text;
      return VILLAGE_STATES.filter((state) => villages[state] > 0)
        .map((state) => `${f.number(villages[state])} ${t.state[state]}`)
        .join(' · ');
    },
  };
}

type Ramp = {
  readonly id: Exclude<MeasureId, 'state'>;
  readonly figureOf: (row: MeasureRow) => number | null;
  readonly edges: readonly number[];
  /** With its unit, for one figure. */
  readonly show: (value: number) => string;
  /** Without, for the legend, whose title names the unit. */
  readonly bare: (value: number) => string;
};

function rampMeasure(t: Dictionary, rows: readonly MeasureRow[], { id, figureOf, edges, show, bare }: Ramp): Measure {
  const tokens = edges.length >= 4 ? RAMP : RAMP.slice(RAMP.length - 1 - edges.length);
  const steps = tokens.map((token, index): Step => {
    const from = edges[index - 1];
    const to = edges[index];
    const text =
      from === undefined && to === undefined
        ? '≥ 0'
        : from === undefined
          ? `< ${bare(to ?? 0)}`
          : to === undefined
            ? `≥ ${bare(from)}`
            : `${bare(from)}–${bare(to)}`;
    return { id: `step-${index}`, fill: { token }, text };
  });
  const isMissing = (row: MeasureRow) => figureOf(row) === null || (id !== 'availability' && figureOf(row) === 0);
  const stepOf = (row: MeasureRow): Step => {
    const value = figureOf(row);
    if (value === null || isMissing(row)) return missing(t, row);
    return steps[edges.filter((edge) => value >= edge).length] ?? missing(t, row);
  };
  return {
    id,
    title: t.map.legend[id],
    steps: [...steps, ...missingSteps(t, rows.filter(isMissing))],
    stepOf,
    textOf: (row) => {
      const value = figureOf(row);
      return value === null || isMissing(row) ? missing(t, row).text : show(value);
    },
  };
}

/** The chosen measure with its classes drawn from the rows of this province. */
export function measureOf(id: MeasureId, rows: readonly MeasureRow[], t: Dictionary, f: Format): Measure {
  const plain = (share: number) => f.number(share * 100, 1);
  const figures = (figureOf: (row: MeasureRow) => number | null) => rows.flatMap((row) => figureOf(row) ?? []);
  switch (id) {
    case 'state':
      return stateMeasure(t, f, rows);
    case 'coverage':
      return rampMeasure(t, rows, {
        id,
        figureOf: coverageOf,
        edges: niceEdges(figures(coverageOf), NICE_SHARES),
        show: (share) => f.percent(share),
        bare: plain,
      });
    case 'availability':
      return rampMeasure(t, rows, {
        id,
        figureOf: ({ availability }) => availability,
        edges: AVAILABILITY_EDGES,
        show: (share) => f.percent(share),
        bare: plain,
      });
    case 'clients': {
      const figureOf = ({ clients }: MeasureRow) => clients;
      return rampMeasure(t, rows, {
        id,
        figureOf,
        edges: niceEdges(figures(figureOf), countCandidates()),
        show: (count) => `${f.number(count)} ${t.unit.people}`,
        bare: (count) => f.number(count, 1),
      });
    }
  }
}
