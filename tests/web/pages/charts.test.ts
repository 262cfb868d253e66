import { describe, expect, test } from 'vitest';
import {
  busiest,
  CPU,
  columnOf,
  IN,
  meanColumnOf,
  OUT,
  type Series,
  trafficOf,
} from '../../../web/pages/device/charts.ts';

const series = (all: readonly (readonly [string, string, (number | null)[]])[]): Series => ({
  from: 0,
  to: 3_000,
  stepMs: 1_000,
  times: [0, 1_000, 2_000],
  series: all.map(([metric, instance, values]) => ({ metric, instance, values, aggregate: 'mean' })),
});

describe('what the charts draw', () => {
  test('a gap stays a gap, and one side missing is not zero', () => {
    const data = series([
      [CPU, '1', [10, null, 30]],
      [CPU, '2', [30, null, 50]],
    ]);

    expect(meanColumnOf(data, CPU)).toEqual([20, null, 40]);
    expect(columnOf(data, 'unheard.of')).toBeNull();
  });

  test('traffic is that of the busiest interface, in bits, in above zero and out below', () => {
    const data = series([
      [IN, '1', [1, 1, 1]],
      [IN, '2', [100, null, 200]],
      [OUT, '2', [10, null, 20]],
    ]);

    const instance = busiest(data);

    expect(instance).toBe('2');
    expect(trafficOf(data, instance)).toEqual({ inward: [800, null, 1_600], outward: [-80, null, -160] });
  });

  test('no traffic gives no chart', () => {
    expect(trafficOf(series([]), busiest(series([])))).toBeNull();
  });
});
