import type { Sample } from '../../core/domain/sample.ts';
import type {
  Aggregate,
  GroupQuery,
  GroupSeries,
  LatestQuery,
  Series,
  SeriesQuery,
} from '../../core/stores/series/series-store.ts';

type Pair = { readonly at: number; readonly value: number; readonly increase: number; readonly spanMs: number };

/** The same answers by the plainest means: every sample in memory, every question answered by looking at all of them. */
export class ReferenceStore {
  readonly #series = new Map<string, Map<number, Sample>>();

  append(samples: readonly Sample[]): void {
    for (const sample of samples) {
      const key = JSON.stringify([sample.deviceId, sample.metric, sample.instance]);
      const series = this.#series.get(key) ?? new Map<number, Sample>();
      series.set(sample.at, sample);
      this.#series.set(key, series);
    }
  }

  #pairs(samples: ReadonlyMap<number, Sample>): Pair[] {
    const sorted = [...samples.values()].sort((a, b) => a.at - b.at);
    return sorted.map(({ at, value, kind }, index) => {
      const before = sorted[index - 1];
      const grows = kind === 'counter' && before !== undefined && value >= before.value;
      return { at, value, increase: grows ? value - before.value : 0, spanMs: grows ? at - before.at : 0 };
    });
  }

  query({ deviceIds, metrics, instances, from, to, stepMs, aggregate = 'mean' }: SeriesQuery): Series[] {
    const found: Series[] = [];
    for (const [key, samples] of this.#series) {
      const [deviceId = '', metric = '', instance = ''] = JSON.parse(key) as string[];
      if (!deviceIds.includes(deviceId) || !metrics.includes(metric)) continue;
      if (instances !== undefined && !instances.includes(instance)) continue;
      const pairs = this.#pairs(samples).filter(({ at }) => at >= from && at < to);
      if (pairs.length === 0) continue;
      const points =
        stepMs === undefined
          ? pairs.map((pair) => ({ at: pair.at, value: figure(aggregate, [pair]) }))
          : grid(from, to, stepMs).map((at) => ({
              at,
              value: figure(
                aggregate,
                pairs.filter((pair) => pair.at >= at && pair.at < at + stepMs),
              ),
            }));
      found.push({ deviceId, metric, instance, points });
    }
    return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  group({ metric, from, to, stepMs, aggregate, groups }: GroupQuery): GroupSeries[] {
    return [...groups].map(([group, deviceIds]) => {
      const pairs: Pair[] = [];
      for (const [key, samples] of this.#series) {
        const [deviceId = '', its = ''] = JSON.parse(key) as string[];
        if (its === metric && deviceIds.includes(deviceId)) pairs.push(...this.#pairs(samples));
      }
      const within = (start: number, end: number): Pair[] =>
        pairs.filter(({ at }) => at >= Math.max(start, from) && at < Math.min(end, to));
      return {
        group,
        points:
          stepMs === undefined
            ? [{ at: from, value: figure(aggregate, within(from, to)) }]
            : grid(from, to, stepMs).map((at) => ({ at, value: figure(aggregate, within(at, at + stepMs)) })),
      };
    });
  }

  latest({ deviceIds, metrics, since }: LatestQuery): Sample[] {
    const newest: Sample[] = [];
    for (const samples of this.#series.values()) {
      const last = [...samples.values()].sort((a, b) => b.at - a.at)[0];
      if (last === undefined || last.at < since || !deviceIds.includes(last.deviceId)) continue;
      if (metrics === undefined || metrics.includes(last.metric)) newest.push(last);
    }
    return newest;
  }
}

const keyOf = ({ deviceId, metric, instance }: Series): string => [deviceId, metric, instance].join('\0');

function grid(from: number, to: number, stepMs: number): number[] {
  const starts: number[] = [];
  for (let at = Math.floor(from / stepMs) * stepMs; at < to; at += stepMs) starts.push(at);
  return starts;
}

function figure(aggregate: Aggregate, pairs: readonly Pair[]): number | null {
  if (pairs.length === 0) return null;
  const values = pairs.map(({ value }) => value);
  const sum = values.reduce((a, b) => a + b, 0);
  const spanMs = pairs.reduce((total, pair) => total + pair.spanMs, 0);
  const increase = pairs.reduce((total, pair) => total + pair.increase, 0);
  const figures: Record<Aggregate, number | null> = {
    mean: sum / values.length,
    min: Math.min(...values),
    max: Math.max(...values),
    sum,
    count: values.length,
    last: values.at(-1) ?? null,
    rate: spanMs > 0 ? (increase * 1000) / spanMs : null,
  };
  return figures[aggregate];
}
