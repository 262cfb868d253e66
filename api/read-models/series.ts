import type { Device } from '../../core/contract/devices.ts';
import type { SeriesColumns } from '../../core/contract/series.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { metricInfo } from '../../core/domain/metrics.ts';
import type { Aggregate, Series, SeriesStore } from '../../core/stores/series/series-store.ts';
import { sampleIntervalMs } from './intervals.ts';

/** Bounds of one answer. */
const MAX_METRICS = 20;
const MAX_INSTANCES = 100;
const MAX_POINTS = 5_000;
const MAX_VALUES = 500_000;
const MAX_RANGE_MS = 3_660 * DAY;
/** Points of a chart where no step is asked for. */
const POINTS = 300;

export type SeriesAsked = {
  /** By commas. */
  readonly metrics: string;
  readonly instances?: string;
  readonly from: number;
  readonly to: number;
  readonly stepMs?: number;
  readonly aggregate?: Aggregate;
};

/** Series of one device in equal steps, in columns as a chart wants them. */
export async function seriesColumns(store: SeriesStore, device: Device, asked: SeriesAsked): Promise<SeriesColumns> {
  const metrics = listOf('metrics', asked.metrics, MAX_METRICS);
  const instances = asked.instances === undefined ? undefined : listOf('instances', asked.instances, MAX_INSTANCES);
  const { from, to } = asked;
  if (to <= from) throw badInput('/to', 'must be after from');
  if (to - from > MAX_RANGE_MS) throw badInput('/from', 'the range is longer than ten years');
  const stepMs = asked.stepMs ?? defaultStepMs(to - from);
  const times = timesOf(from, to, stepMs);

  const aggregateOf = (metric: string): Aggregate =>
    asked.aggregate ?? (metricInfo(metric)?.kind === 'counter' ? 'rate' : 'mean');
  const groups = groupBy(metrics, aggregateOf);
  const found = await Promise.all(
    [...groups].map(async ([aggregate, names]) => {
      const query = { deviceIds: [device.id], metrics: names, from, to, stepMs, aggregate };
      const series = await store.query(instances === undefined ? query : { ...query, instances });
      return series.map((one) => ({ aggregate, one }));
    }),
  );
  const all = found.flat();
  if (all.length * times.length > MAX_VALUES)
    throw badInput('/metrics', 'more values than one answer holds: ask for fewer instances or a wider step');
  return {
    from,
    to,
    stepMs,
    times,
    series: all.map(({ aggregate, one }) => ({
      metric: one.metric,
      instance: one.instance,
      aggregate,
      values: bridged(valuesAt(times, one), aggregate, stepMs, sampleIntervalMs(one.metric, device)),
    })),
  };
}

const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30].map((n) => n * DAY),
];
/** The narrowest round step that keeps to some 300 points. */
const defaultStepMs = (rangeMs: number): number => STEPS_MS.find((step) => rangeMs / step <= POINTS) ?? 30 * DAY;

/** Starts of the buckets that touch the range, multiples of the step since the epoch. */
function timesOf(from: number, to: number, stepMs: number): number[] {
  const first = Math.floor(from / stepMs) * stepMs;
  const count = Math.ceil((to - first) / stepMs);
  if (count > MAX_POINTS) throw badInput('/stepMs', `more than ${MAX_POINTS} points: ask for a wider step`);
  return Array.from({ length: count }, (_, index) => first + index * stepMs);
}

function valuesAt(times: readonly number[], { points }: Series): (number | null)[] {
  const byTime = new Map(points.map(({ at, value }) => [at, value]));
  return times.map((at) => byTime.get(at) ?? null);
}

/**
 * Where the step is finer than samples come, the buckets between two samples are empty though nothing is missing: each
 * value holds until the next sample is due, with room for one that is late. What is longer than that stays a gap.
 */
function bridged(
  values: (number | null)[],
  aggregate: Aggregate,
  stepMs: number,
  intervalMs: number,
): (number | null)[] {
  const reach = Math.ceil((1.5 * intervalMs) / stepMs) - 1;
  if (reach < 1 || aggregate === 'sum' || aggregate === 'count') return values;
  let held: number | null = null;
  let age = 0;
  return values.map((value) => {
    age = value === null ? age + 1 : 0;
    held = value ?? held;
    return age <= reach ? held : null;
  });
}

function listOf(field: string, text: string, most: number): string[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))].filter(
    (name) => name !== '' || field === 'instances',
  );
  if (names.length === 0) throw badInput(`/${field}`, 'names none');
  if (names.length > most) throw badInput(`/${field}`, `at most ${most}`);
  return names;
}

function groupBy<Key>(names: readonly string[], keyOf: (name: string) => Key): Map<Key, string[]> {
  const groups = new Map<Key, string[]>();
  for (const name of names) groups.set(keyOf(name), [...(groups.get(keyOf(name)) ?? []), name]);
  return groups;
}

const badInput = (field: string, reason: string): AppError =>
  new AppError('bad-input', 'the series asked for are out of bounds', { faults: [{ field, reason }] });
