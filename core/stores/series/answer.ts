import { AppError } from '../../domain/errors.ts';
import { MAX_POINTS, tooManyPoints } from './check.ts';
import { alignDown } from './resolution.ts';
import type { Aggregate, Series, SeriesKey, SeriesPoint } from './series-store.ts';

/** One figure of one bucket. `widthMs` is that of the coarsest resolution it comes from. */
export type Figure = { readonly at: number; readonly value: number | null; readonly widthMs: number };

type Range = { readonly from: number; readonly to: number; readonly stepMs?: number; readonly aggregate?: Aggregate };

/** Counts and sums belong to one bucket; anything else holds for the whole of the span that it was taken over. */
const spreads = (aggregate: Aggregate): boolean => aggregate !== 'count' && aggregate !== 'sum';

/**
 * Lays figures on the grid of the step, `null` where there is none. Where only buckets wider than the step are left of
 * old times, each step within such a bucket shows the bucket's figure, so that a line stays a line.
 * @param figures in order of time
 */
export function toPoints(figures: readonly Figure[], { from, to, stepMs, aggregate = 'mean' }: Range): SeriesPoint[] {
  if (stepMs === undefined) return figures.map(({ at, value }) => ({ at, value }));
  const start = alignDown(from, stepMs);
  const values = new Array<number | null>(Math.ceil((to - start) / stepMs)).fill(null);
  for (const figure of figures) {
    const index = Math.floor((figure.at - start) / stepMs);
    const until = figure.widthMs > stepMs && spreads(aggregate) ? (figure.at + figure.widthMs - start) / stepMs : index;
    for (let i = index + 1; i < Math.min(until, values.length); i += 1) values[i] ??= figure.value;
    values[index] = figure.value;
  }
  return values.map((value, index) => ({ at: start + index * stepMs, value }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const compareKeys = (a: SeriesKey, b: SeriesKey): number =>
  compare(a.deviceId, b.deviceId) || compare(a.metric, b.metric) || compare(a.instance, b.instance);

/** Series in order of device, metric and instance. Those without any sample in the range are left out. */
export function toSeries(
  answers: readonly { readonly key: SeriesKey; readonly figures: readonly Figure[] }[],
  range: Range,
): Series[] {
  const buckets = range.stepMs === undefined ? 1 : (range.to - range.from) / range.stepMs;
  if (buckets * answers.length > MAX_POINTS) throw tooManyPoints();
  return answers
    .filter(({ figures }) => figures.length > 0)
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ key, figures }) => ({
      deviceId: key.deviceId,
      metric: key.metric,
      instance: key.instance,
      points: toPoints(figures, range),
    }));
}

/** What is known of a bucket that was put together from several. */
export type Partial = {
  count: number;
  min: number;
  max: number;
  sum: number;
  last: number;
  increase: number;
  spanMs: number;
};

/** `null` where the bucket cannot tell: no samples, or for a rate no pair of neighbours. */
export function figureOf(aggregate: Aggregate, partial: Partial): number | null {
  if (partial.count === 0) return null;
  switch (aggregate) {
    case 'mean':
      return partial.sum / partial.count;
    case 'rate':
      return partial.spanMs > 0 ? (partial.increase * 1000) / partial.spanMs : null;
    case 'min':
    case 'max':
    case 'sum':
    case 'last':
    case 'count':
      return partial[aggregate];
    default:
      throw new AppError('bad-input', 'unknown aggregate');
  }
}
