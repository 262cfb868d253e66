import { expect, test } from 'vitest';
import type { Sample } from '../../../../core/domain/sample.ts';
import { columnsOf, samplesOf } from '../../../../core/stores/series/sample-columns.ts';
import { SeriesNames } from '../../../../core/stores/series/series-names.ts';

const COUNTERS = ['interface.ifHCInOctets', 'interface.ifHCOutOctets'];

/** 60,000 series: devices, metrics and instances in every mixture. */
function* keys(): Iterable<[device: string, metric: string, instance: string]> {
  for (let device = 0; device < 3_000; device++)
    for (const metric of COUNTERS) for (let port = 1; port <= 10; port++) yield [`device-${device}`, metric, `${port}`];
}

test('every series has one number of its own, and keeps it', () => {
  const names = new SeriesNames();
  const made = [...keys()].map(([device, metric, instance]) => names.of(device, metric, instance, 'counter'));

  const again = [...keys()].map(([device, metric, instance]) => names.of(device, metric, instance, 'counter'));
  const told = [...keys()].map(([device, metric, instance]) => names.find(device, metric, instance));
  const called = made.map((handle) => names.keyOf(handle));

  expect(new Set(made).size).toBe(60_000);
  expect(names.size).toBe(60_000);
  expect(again).toEqual(made);
  expect(told).toEqual(made);
  expect(called).toEqual([...keys()].map(([deviceId, metric, instance]) => ({ deviceId, metric, instance })));
});

test('what nobody asked for is not found, and not made by looking for it', () => {
  const names = new SeriesNames();
  const handle = names.of('a', 'm', '1', 'gauge');

  const found = [names.find('a', 'm', '2'), names.find('a', 'n', '1'), names.find('b', 'm', '1')];

  expect(found).toEqual([null, null, null]);
  expect([names.size, names.is(handle, 'm', '1'), names.is(handle, 'm', '2')]).toEqual([1, true, false]);
  expect([...names.ofDevice('a'), ...names.ofDevice('b')]).toEqual([handle]);
  expect(() => names.keyOf(7)).toThrow(RangeError);
});

test('samples come back from columns as they went in', () => {
  const names = new SeriesNames();
  const sample = (instance: string, at: number, value: number): Sample => ({
    deviceId: 'd',
    metric: 'm',
    instance,
    kind: instance === '' ? 'gauge' : 'counter',
    at,
    value,
  });
  const samples = [sample('', 5, 0.1), sample('1', 5, 2 ** 53), sample('', 6, -1)];

  expect(samplesOf(columnsOf(names, samples))).toEqual(samples);
});
