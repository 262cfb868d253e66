import type { Sample } from '../../domain/sample.ts';
import type { SeriesHandle, SeriesNames } from './series-names.ts';

/** Samples as columns, row by row as long as `length`: what `Sample[]` says without an object for each. */
export type SampleColumns = {
  /** What the numbers in `series` stand for. */
  readonly names: SeriesNames;
  readonly length: number;
  readonly series: Int32Array;
  /** UTC ms. */
  readonly at: Float64Array;
  readonly value: Float64Array;
};

export function columnsOf(names: SeriesNames, samples: readonly Sample[]): SampleColumns {
  const { length } = samples;
  const series = new Int32Array(length);
  const at = new Float64Array(length);
  const value = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    const sample = samples[row];
    if (sample === undefined) break;
    series[row] = names.of(sample.deviceId, sample.metric, sample.instance, sample.kind);
    at[row] = sample.at;
    value[row] = sample.value;
  }
  return { names, length, series, at, value };
}

export function samplesOf({ names, length, series, at, value }: SampleColumns): Sample[] {
  const samples: Sample[] = [];
  for (let row = 0; row < length; row++) {
    const handle: SeriesHandle = series[row] ?? -1;
    samples.push({
      ...names.keyOf(handle),
      kind: names.kindOf(handle),
      at: at[row] ?? Number.NaN,
      value: value[row] ?? Number.NaN,
    });
  }
  return samples;
}
