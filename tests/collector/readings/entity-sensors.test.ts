import { expect, test } from 'vitest';
import { ciscoEntitySensors, entitySensors } from '../../../collector/readings/entity-sensors.ts';
import type { SnmpValue } from '../../../collector/snmp/value.ts';
import { NO_CONTEXT, tableOf, text } from '../../support/snmp-table.ts';

const integer = (value: number): SnmpValue => ({ type: 'integer', value });
const sensorRow = (type: number, scale: number, precision: number, value: number) => ({
  type: integer(type),
  scale: integer(scale),
  precision: integer(precision),
  value: integer(value),
});

test.each([
  ['whole degrees', sensorRow(8, 9, 0, 31), 31],
  ['tenths', sensorRow(8, 9, 1, 346), 34.6],
  ['thousandths by their scale', sensorRow(8, 8, 0, 21_625), 21.625],
  ['millionths of an ampere', sensorRow(5, 7, 0, 4_752), 0.004752],
  ['scale and precision left out', { type: integer(8), value: integer(40) }, 40],
])('%s come out in the unit of the class', (_, row, expected) => {
  const readings = entitySensors.read(tableOf({ 7: row }), NO_CONTEXT);

  expect(readings.map(({ value }) => value)).toEqual([expected]);
});

test('what the type has no word for is told by the unit that is displayed', () => {
  const rows = tableOf({
    1: { ...sensorRow(1, 9, 1, -71), display: text('dBm') },
    2: { ...sensorRow(10, 9, 0, 42), display: text('Percent (%)') },
    3: { ...sensorRow(10, 9, 0, 6_360), display: text('RPM') },
    4: sensorRow(1, 9, 0, 5),
  });

  const readings = entitySensors.read(rows, NO_CONTEXT);

  expect(readings.map(({ class: name, value }) => [name, value])).toEqual([
    ['dbm', -7.1],
    ['percent', 42],
    ['fanspeed', 6_360],
  ]);
});

test('sensors that are out of range, out of order or without a figure are left out', () => {
  const rows = tableOf({
    1: sensorRow(8, 9, 0, 1_000_000_000),
    2: { ...sensorRow(8, 9, 0, 20), status: integer(3) },
    3: { type: integer(8) },
    4: { value: integer(3) },
    5: { ...sensorRow(8, 9, 0, 20), status: integer(1) },
  });

  const readings = entitySensors.read(rows, NO_CONTEXT);

  expect(readings.map(({ index }) => index)).toEqual(['entity.5']);
});

test("Cisco's thresholds become limits in the unit of their sensor, alarms apart from warnings", () => {
  const threshold = (severity: number, relation: number, value: number) => ({
    severity: integer(severity),
    relation: integer(relation),
    threshold: integer(value),
  });
  const rows = tableOf({
    1067: { ...sensorRow(14, 9, 1, -91), name: text('Te1/1/1  Receive Power Sensor') },
    '1067.1': threshold(30, 3, 10),
    '1067.2': threshold(1, 4, 0),
    '1067.3': threshold(1, 2, -200),
    '1067.4': threshold(30, 1, -230),
    '1067.5': threshold(20, 1, -250),
    '9.1': { threshold: integer(3) },
  });

  const readings = ciscoEntitySensors.read(rows, NO_CONTEXT);

  expect(readings).toEqual([
    {
      group: 'sensor',
      class: 'dbm',
      index: 'cisco.1067',
      value: -9.1,
      unit: 'dBm',
      label: 'Te1/1/1 Receive Power Sensor',
      limits: { low: -23, lowWarning: -20, highWarning: 0, high: 1 },
    },
  ]);
});

test('a poll asks for rows of sensors alone', () => {
  const wanted = [sensorRow(8, 9, 0, 20), { name: text('chassis') }, sensorRow(13, 9, 0, 1)].map((row) =>
    entitySensors.wants?.(row, '1'),
  );

  expect(wanted).toEqual([true, false, false]);
});
