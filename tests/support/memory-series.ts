import { AppError } from '../../core/domain/errors.ts';
import type { Sample } from '../../core/domain/sample.ts';
import { type SampleColumns, samplesOf } from '../../core/stores/series/sample-columns.ts';
import { SeriesNames } from '../../core/stores/series/series-names.ts';
import type { LatestQuery } from '../../core/stores/series/series-store.ts';

/** The part of a series store that the collector uses, in memory, for tests of the collector alone. */
export type MemorySeries = {
  readonly samples: Sample[];
  /** From now on it is away, or back. */
  isAway: boolean;
  readonly names: SeriesNames;
  append(samples: readonly Sample[]): Promise<void>;
  appendColumns(columns: SampleColumns): Promise<void>;
  latest(query: LatestQuery): Promise<readonly Sample[]>;
  /** Values of a series in the order in which they came. */
  values(deviceId: string, metric: string, instance?: string): readonly number[];
};

export function memorySeries(): MemorySeries {
  const samples: Sample[] = [];
  return {
    samples,
    isAway: false,
    names: new SeriesNames(),
    async append(added) {
      if (this.isAway) throw new AppError('store-unavailable', 'the store is away');
      samples.push(...added);
    },
    appendColumns(columns) {
      return this.append(samplesOf(columns));
    },
    async latest({ deviceIds, metrics, since }) {
      const newest = new Map<string, Sample>();
      for (const sample of samples) {
        if (!deviceIds.includes(sample.deviceId) || sample.at < since) continue;
        if (metrics !== undefined && !metrics.includes(sample.metric)) continue;
        const key = `${sample.deviceId}/${sample.metric}/${sample.instance}`;
        if ((newest.get(key)?.at ?? 0) <= sample.at) newest.set(key, sample);
      }
      return [...newest.values()];
    },
    values: (deviceId, metric, instance = '') =>
      samples
        .filter((sample) => sample.deviceId === deviceId && sample.metric === metric && sample.instance === instance)
        .map(({ value }) => value),
  };
}
