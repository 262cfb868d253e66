import { expect, test } from 'vitest';
import { ucdDisks, ucdMemory, ucdProcessor } from '../../../collector/readings/ucd.ts';
import { gauge, NO_CONTEXT, objectId, tableOf, text } from '../../support/snmp-table.ts';

const RAM = '1.3.6.1.2.1.25.2.1.2';
const FIXED_DISK = '1.3.6.1.2.1.25.2.1.4';

test('buffers and cache do not count as used memory', () => {
  const rows = tableOf({
    '0': { total: gauge(1_000), free: gauge(200), buffers: gauge(50), cached: gauge(150), swapTotal: gauge(0) },
  });

  const readings = ucdMemory.read(rows, NO_CONTEXT);

  expect(readings.map(({ label, value }) => [label, value])).toEqual([
    ['Physical memory', 60],
    ['Memory buffers', 5],
    ['Cached memory', 15],
  ]);
});

test('sizes beyond 31 bits come out negative and are read all the same', () => {
  const rows = tableOf({ '0': { total: gauge(2 ** 31 - 2 ** 32), free: gauge(2 ** 30) } });

  const readings = ucdMemory.read(rows, NO_CONTEXT);

  expect(readings.map(({ value }) => value)).toEqual([50]);
});

test('where the standard tables tell of memory, disks and processors these keep silent', () => {
  const memory = tableOf({ '0': { total: gauge(100), free: gauge(50) }, '1': { standard: objectId(RAM) } });
  const disks = tableOf({ '1': { path: text('/'), percent: gauge(30) }, '31': { standard: objectId(FIXED_DISK) } });
  const processor = tableOf({ '0': { idle: gauge(90) }, '196608': { standard: gauge(10) } });

  const readings = [
    ...ucdMemory.read(memory, NO_CONTEXT),
    ...ucdDisks.read(disks, NO_CONTEXT),
    ...ucdProcessor.read(processor, NO_CONTEXT),
  ];

  expect(readings).toEqual([]);
});

test('a device with memory in one table and disks in the other gives both', () => {
  const memory = tableOf({ '0': { total: gauge(100), free: gauge(25) }, '31': { standard: objectId(FIXED_DISK) } });
  const disks = tableOf({ '1': { path: text('/'), percent: gauge(30) }, '2': { standard: objectId(RAM) } });

  const readings = [...ucdMemory.read(memory, NO_CONTEXT), ...ucdDisks.read(disks, NO_CONTEXT)];

  expect(readings.map(({ class: name, label, value }) => [name, label, value])).toEqual([
    ['memory', 'Physical memory', 75],
    ['storage', '/', 30],
  ]);
});

test.each([{ '0': {} }, { '0': { idle: gauge(101) } }, { '0': { idle: gauge(-1) } }, {}])(
  'an idle share that cannot be gives no processor: %o',
  (cells) => {
    const rows = tableOf(cells);

    const readings = ucdProcessor.read(rows, NO_CONTEXT);

    expect(readings).toEqual([]);
  },
);
