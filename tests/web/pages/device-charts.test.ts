import { expect, test } from 'vitest';
import type { Interface } from '../../../core/contract/devices.ts';
import { DAY, HOUR, MINUTE } from '../../../core/domain/clock.ts';
import { zoneOf } from '../../../core/domain/zone.ts';
import { createFormat } from '../../../web/i18n/format.ts';
import { id } from '../../../web/i18n/id.ts';
import { csvOf, fileName } from '../../../web/pages/device/chart-file.ts';
import { clamped, panned, shifted, spanOf, zoomed } from '../../../web/pages/device/chart-span.ts';
import { CPU, type Series } from '../../../web/pages/device/charts.ts';
import { panelsOf, withCompared } from '../../../web/pages/device/panels.ts';
import { healthOf, lightsOf } from '../../../web/pages/device/port-optics.ts';
import { stretchUnder } from '../../../web/pages/device/touch-zoom.ts';
import { id as words } from '../../../web/pages/device/words/id.ts';

const NOW = 1_800_000_000_000;

test('an address whose stretch is none shows the range instead', () => {
  expect(spanOf({})).toMatchObject({ kind: 'last', range: '24h', lengthMs: DAY });
  expect(spanOf({ range: '7d', from: NOW, to: NOW - 1 })).toMatchObject({ kind: 'last', range: '7d' });
  expect(spanOf({ from: NOW - 900 * DAY, to: NOW })).toMatchObject({ kind: 'last' });
  expect(spanOf({ from: NOW - HOUR, to: NOW })).toEqual({ kind: 'fixed', from: NOW - HOUR, to: NOW });
});

test('what is under a finger stays under it: one moves in time, two look closer or further', () => {
  const day = { from: NOW - DAY, to: NOW };
  const plot = { left: 40, width: 240 };
  const timeAt = ({ from, to }: typeof day, px: number) => from + ((px - plot.left) / plot.width) * (to - from);

  expect(stretchUnder(day, plot, [100], [150])).toEqual({ from: NOW - DAY - 5 * HOUR, to: NOW - 5 * HOUR });
  const closer = stretchUnder(day, plot, [120, 180], [80, 220]);
  expect(timeAt(closer, 80)).toBeCloseTo(timeAt(day, 120));
  expect(timeAt(closer, 220)).toBeCloseTo(timeAt(day, 180));
  expect(stretchUnder(day, plot, [220, 80], [180, 120]).to - day.to).toBeGreaterThan(HOUR);
  // Fingers that meet, or began side by side, make no endless or empty stretch.
  const met = stretchUnder(day, plot, [80, 220], [150, 150]);
  expect(met.to - met.from).toBeCloseTo((140 / 24) * DAY);
  expect(stretchUnder(day, plot, [100, 104], [110, 190])).toEqual(stretchUnder(day, plot, [100], [110]));
  expect(stretchUnder(day, plot, [], [])).toEqual(day);
});

test('zooming stays at the moment it was asked at, within what can be shown, and never goes beyond now', () => {
  const day = { from: NOW - DAY, to: NOW };

  const near = zoomed(day, 0.5, NOW, NOW - 6 * HOUR);

  expect(near).toEqual({ from: NOW - 15 * HOUR, to: NOW - 3 * HOUR });
  expect(zoomed({ from: NOW - HOUR, to: NOW - HOUR + MINUTE }, 0.1, NOW)).toMatchObject({ from: expect.any(Number) });
  expect(clamped({ from: NOW - 1, to: NOW + 1 }, NOW)).toEqual({ from: NOW - 5 * MINUTE, to: NOW });
  expect(panned(day, 0.5, NOW)).toEqual(day);
  expect(panned(day, -0.5, NOW)).toEqual({ from: NOW - 1.5 * DAY, to: NOW - 0.5 * DAY });
});

const series = (from: number, values: readonly (number | null)[]): Series => ({
  from,
  to: from + values.length * HOUR,
  stepMs: HOUR,
  times: values.map((_, at) => from + at * HOUR),
  series: [{ metric: CPU, instance: '1', aggregate: 'mean', values: [...values] }],
});

test('the day before lies behind each line at the same hour, and what it lacks is a gap', () => {
  const known = {
    t: id,
    d: words,
    f: createFormat('id', zoneOf('16'), id),
    contractMbps: null,
    interfaces: undefined,
    readings: [],
    own: [],
  };
  const today = series(NOW, [10, null, 30]);
  const before = series(NOW - DAY, [1, 2]);

  const [load] = withCompared(panelsOf(today, known), today.times, [
    { panels: panelsOf(before, known), times: before.times, shiftMs: DAY, name: 'kemarin' },
  ]);

  expect(load?.lines).toMatchObject([
    { label: 'Prosesor', values: [10, null, 30] },
    { label: 'Prosesor, kemarin', values: [1, 2, null], isGhost: true },
  ]);
  expect(shifted([5], { times: [], values: [] }, 0)).toEqual([null]);
});

test('a chart as a file keeps its gaps empty, and no name in it is reckoned as a formula', () => {
  const file = csvOf({
    times: [0, HOUR],
    unit: 'ms',
    lines: [
      { label: '=cmd', ink: 'x', values: [1.5, null] },
      { label: 'a,b', ink: 'x', values: [null, 2], isShare: true },
    ],
  });

  expect(file).toBe('time,\'=cmd (ms),"a,b (%)"\r\n1970-01-01T00:00:00.000Z,1.5,\r\n1970-01-01T01:00:00.000Z,,2\r\n');
  expect(fileName('Lalu lintas ether1/2', 'csv')).toBe('lalu-lintas-ether1-2.csv');
  expect(fileName('///', 'png')).toBe('simpul.png');
});

test('a light belongs to the port that it is named after, and to none where it may be any', () => {
  const port = (index: number, name: string): Interface => ({
    index,
    name,
    alias: '',
    type: '',
    mac: null,
    mtu: null,
    speedBps: 1e9,
    adminStatus: 'up',
    operStatus: 'up',
    inBps: null,
    outBps: null,
    errorsPerS: null,
    discardsPerS: null,
  });
  const light = (instance: string, label: string, value: number) => ({
    metric: 'sensor.dbm',
    instance,
    label,
    unit: 'dBm',
    value,
    at: NOW,
  });
  const ports = [port(1, 'sfp1'), port(2, 'sfp2')];

  const named = lightsOf(ports, [light('rx.7', 'sfp1 rx', -21), light('tx.7', 'sfp1 tx', -6)]);
  const nameless = lightsOf(ports, [light('rx.7', 'module rx', -21)]);

  expect([...named.keys()]).toEqual([1]);
  expect(named.get(1)?.rx && healthOf(named.get(1)?.rx ?? { dbm: 0, limits: null })).toBe('bad');
  expect(named.get(1)?.tx && healthOf(named.get(1)?.tx ?? { dbm: 0, limits: null })).toBe('good');
  expect(nameless.size).toBe(0);
});
