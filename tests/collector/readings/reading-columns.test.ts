import { expect, test } from 'vitest';
import { readingColumns } from '../../../collector/readings/reading-columns.ts';
import { freeOf, usage, usedBeside } from '../../../collector/readings/usage.ts';
import { gauge, NO_CONTEXT, tableOf, text } from '../../support/snmp-table.ts';

test('a cell that holds a word costs that reading alone', () => {
  const table = readingColumns([{ group: 'sensor', class: 'temperature', value: '1.1' }]);

  const readings = table.read(tableOf({ 1: { '1.1': text('N/A') }, 2: { '1.1': gauge(40) } }), NO_CONTEXT);

  expect(readings.map(({ index, value }) => [index, value])).toEqual([['2', 40]]);
});

test('limits come in the form of the figure, and absent ones are left out', () => {
  const table = readingColumns([
    { group: 'sensor', class: 'dbm', value: '1.1', scale: 0.01, absent: [-1], limits: { low: '1.2', high: '1.3' } },
  ]);

  const readings = table.read(
    tableOf({ 1: { '1.1': gauge(-849), '1.2': gauge(-2_300), '1.3': gauge(-1) } }),
    NO_CONTEXT,
  );

  expect(readings.map(({ value, limits }) => [value, limits])).toEqual([[-8.49, { low: -23 }]]);
});

test('where the row is told by a pattern, its first group is the index', () => {
  const table = readingColumns([
    { group: 'sensor', class: 'voltage', value: '1.1', rows: /^(\d+)\.2$/ },
    { group: 'sensor', class: 'temperature', value: '1.1', rows: /^(\d+)\.1$/ },
  ]);
  const rows = tableOf({ '7.1': { '1.1': gauge(40) }, '7.2': { '1.1': gauge(3) }, '7.3': { '1.1': gauge(9) } });

  const readings = table.read(rows, NO_CONTEXT);

  expect(readings.map(({ class: name, index }) => [name, index])).toEqual([
    ['temperature', '7'],
    ['voltage', '7'],
  ]);
  expect(table.wants?.({ '1.1': gauge(9) }, '7.3')).toBe(false);
});

test('a share is told of what is used or of what is free, and nothing where the figures contradict each other', () => {
  const table = readingColumns([
    usage('memory', '1.1', 'free of whole', { id: 'free', ...freeOf('1.2') }),
    usage('memory', '1.3', 'used beside free', { id: 'used', ...usedBeside('1.4') }),
  ]);
  const rows = tableOf({
    1: { '1.1': gauge(30), '1.2': gauge(120), '1.3': gauge(30), '1.4': gauge(90) },
    2: { '1.1': gauge(30), '1.2': gauge(20), '1.3': gauge(0), '1.4': gauge(0) },
    3: { '1.1': gauge(30), '1.3': gauge(30) },
  });

  const readings = table.read(rows, NO_CONTEXT);

  expect(readings.map(({ index, value }) => [index, value])).toEqual([
    ['free.1', 75],
    ['used.1', 25],
  ]);
});
