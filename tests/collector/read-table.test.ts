import { expect, test } from 'vitest';
import { defineTable } from '../../collector/profile.ts';
import { readTable } from '../../collector/read-table.ts';
import { countBadReadings } from '../../collector/snmp/bad-reading.ts';
import { numberOf, type SnmpValue } from '../../collector/snmp/value.ts';

const NO_CONTEXT = {
  system: { sysDescr: '', sysObjectID: '', sysName: '', sysLocation: '', uptimeS: null, hostUptimeS: null },
  interfaces: [],
};
const number = (value: number): SnmpValue => ({ type: 'integer', value });
const text = (value: string): SnmpValue => ({ type: 'octets', value: Buffer.from(value) });

const sensors = defineTable({
  columns: { celsius: '1.3.1', volt: '1.3.2' },
  dynamic: ['celsius', 'volt'],
  read: (rows) =>
    [...rows].flatMap(([index, row]) =>
      (['celsius', 'volt'] as const).flatMap((kind) => {
        const value = numberOf(row[kind]);
        return value === null ? [] : [{ group: 'sensor' as const, class: kind, index, value, unit: '', label: kind }];
      }),
    ),
});

test('a cell of the wrong type costs itself, not its table', () => {
  const bad = countBadReadings();
  const rows = new Map([
    ['1', { celsius: number(21), volt: text('N/A') }],
    ['2', { celsius: text('-'), volt: number(12) }],
    ['3', { celsius: number(23), volt: text('none') }],
  ]);

  const readings = readTable(sensors, rows, NO_CONTEXT, bad.count);

  expect(readings.map(({ index, class: kind, value }) => `${index} ${kind} ${value}`)).toEqual([
    '1 celsius 21',
    '2 volt 12',
    '3 celsius 23',
  ]);
  expect(bad.snapshot()).toEqual({ 'not-a-number': 3 });
  expect(rows.get('1')).toHaveProperty('volt');
});

test('what is no fault of a cell costs the table', () => {
  const bad = countBadReadings();
  const table = defineTable({ ...sensors, read: () => [{ ...reading(numberOf(text('made up'))) }] });

  const readings = readTable(table, new Map([['1', { celsius: number(1) }]]), NO_CONTEXT, bad.count);

  expect(readings).toEqual([]);
  expect(bad.snapshot()).toEqual({ 'not-a-number': 1 });
});

const reading = (value: number | null) =>
  ({ group: 'sensor', class: 'celsius', index: '1', value: value ?? 0, unit: '', label: '' }) as const;
