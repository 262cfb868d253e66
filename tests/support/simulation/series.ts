import type { SeriesStore } from '../../../core/stores/series/series-store.ts';
import { type MemorySeries, memorySeries } from '../memory-series.ts';

const AGGREGATES = {
  mean: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length,
  min: (values: readonly number[]) => Math.min(...values),
  max: (values: readonly number[]) => Math.max(...values),
};

/** Samples in memory, by steps: as much of a series store as collector and correlation use. */
export function simulatedSeries(): MemorySeries & Pick<SeriesStore, 'query'> {
  const series = memorySeries();
  const query: SeriesStore['query'] = async ({ deviceIds, metrics, from, to, stepMs = 1, aggregate = 'mean' }) => {
    if (!(aggregate === 'mean' || aggregate === 'min' || aggregate === 'max')) throw new Error(`no ${aggregate} here`);
    const found = grouped(
      series.samples.filter(
        ({ deviceId, metric, at }) => at >= from && at < to && deviceIds.includes(deviceId) && metrics.includes(metric),
      ),
      ({ deviceId, metric, instance }) => `${deviceId}/${metric}/${instance}`,
    );
    return [...found.values()].flatMap((samples) => {
      const [first] = samples;
      if (first === undefined) return [];
      const steps = grouped(samples, ({ at }) => Math.floor(at / stepMs) * stepMs);
      const points = [...steps].map(([at, of]) => ({ at, value: AGGREGATES[aggregate](of.map(({ value }) => value)) }));
      const { deviceId, metric, instance } = first;
      return [{ deviceId, metric, instance, points: points.sort((a, b) => a.at - b.at) }];
    });
  };
  return Object.assign(series, { query });
}

function grouped<Of, Key>(items: readonly Of[], keyOf: (item: Of) => Key): ReadonlyMap<Key, Of[]> {
  const groups = new Map<Key, Of[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
