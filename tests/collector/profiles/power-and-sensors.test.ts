import { expect, test } from 'vitest';
import { profile as orion } from '../../../collector/profiles/delta-orion.ts';
import { profile as serversCheck } from '../../../collector/profiles/serverscheck.ts';
import { gudeReadings } from '../../../collector/readings/gude.ts';
import { gauge, NO_CONTEXT, tableOf, text } from '../../support/snmp-table.ts';

test("Gude's figures are found below whatever number the product has", () => {
  const rows = tableOf({
    '43.1.5.1.2.1.5.1': { value: gauge(420) },
    '250.1.6.1.1.2.3': { value: { type: 'integer', value: 263 } },
    '250.1.6.1.1.3.3': { value: { type: 'integer', value: -9_999 } },
    '43.1.1.2.2.0': { value: text('1.2.3') },
    '43': { value: text('nonsense') },
  });

  const readings = gudeReadings.read(rows, NO_CONTEXT);

  expect(readings.map(({ class: name, index, value, label }) => [name, index, value, label])).toEqual([
    ['current', '1.5.1.2.1.5.1', 0.42, 'Input 1'],
    ['temperature', '1.6.1.1.2.3', 26.3, 'Probe 3'],
  ]);
});

test("Gude's product asks at every poll for its figures alone", () => {
  const wanted = ['43.1.5.1.2.1.5.1', '43.1.1.2.2.0'].map((index) => gudeReadings.wants?.({ value: gauge(1) }, index));

  expect(wanted).toEqual([true, false]);
});

test("what ServersCheck's sensor measures is told by its name", () => {
  const said = ['Server room temp', '27.5', '-', '-', 'Flooding', 'DRY', 'DOWN', '-', 'Ping', '1.00', '-', '-'];
  const rows = tableOf(Object.fromEntries(said.map((each, at) => [`${at + 1}.0`, { text: text(each) }])));

  const readings = serversCheck.readings.flatMap((table) => table.read(rows, NO_CONTEXT));

  expect(readings.map(({ class: name, index, value, label }) => [name, index, value, label])).toEqual([
    ['temperature', '2.0', 27.5, 'Server room temp'],
    ['state', '6.0', 2, 'Flooding'],
  ]);
});

test("Orion's measurements carry their own power of ten and unit", () => {
  const measured = '1.3.6.1.4.1.20246.2.3.1.1.1.2.9.1.1';
  const rowOf = (name: string, value: number, power: number, unit: number) => ({
    [`${measured}.2`]: text(name),
    [`${measured}.3`]: { type: 'integer' as const, value },
    [`${measured}.4`]: { type: 'integer' as const, value: power },
    [`${measured}.5`]: { type: 'integer' as const, value: unit },
  });
  const rows = tableOf({
    1: rowOf('Bus', 5_410, -2, 3),
    2: rowOf('Battery', 251, -1, 7),
    3: rowOf('unplugged', 0x7fff_ffff, -1, 7),
  });

  const readings = orion.readings.flatMap((table) => table.read(rows, NO_CONTEXT));

  expect(readings.map(({ class: name, value, label }) => [name, value, label])).toEqual([
    ['voltage', 54.1, 'Bus'],
    ['temperature', 25.1, 'Battery'],
  ]);
});
