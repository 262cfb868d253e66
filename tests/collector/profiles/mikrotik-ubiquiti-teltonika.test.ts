import { expect, test } from 'vitest';
import type { ProbeReading, Profile } from '../../../collector/profile.ts';
import { profile as routerOs } from '../../../collector/profiles/mikrotik-routeros.ts';
import { profile as swOs } from '../../../collector/profiles/mikrotik-swos.ts';
import { profile as rutOs } from '../../../collector/profiles/teltonika-rutos.ts';
import { profile as airFiber } from '../../../collector/profiles/ubiquiti-airfiber.ts';
import { profile as airOs } from '../../../collector/profiles/ubiquiti-airos.ts';
import { profile as olt } from '../../../collector/profiles/ubiquiti-uisp-olt.ts';
import type { SnmpValue } from '../../../collector/snmp/value.ts';
import { gauge, NO_CONTEXT, text } from '../../support/snmp-table.ts';

const MIKROTIK = '1.3.6.1.4.1.14988.1.1';
const UBIQUITI = '1.3.6.1.4.1.41112.1';
const TELTONIKA = '1.3.6.1.4.1.48690';

/** What a profile makes of a device that has these objects and no others. */
function readingsOf({ readings }: Profile, objects: Readonly<Record<string, SnmpValue>>): readonly ProbeReading[] {
  return readings.flatMap((table) => {
    const rows = new Map<string, Record<string, SnmpValue>>();
    for (const [name, column] of Object.entries(table.columns)) {
      for (const [oid, value] of Object.entries(objects)) {
        if (!oid.startsWith(`${column}.`)) continue;
        const index = oid.slice(column.length + 1);
        rows.set(index, { ...rows.get(index), [name]: value });
      }
    }
    return table.read(rows, NO_CONTEXT);
  });
}

test('a gauge of RouterOS is what its unit says', () => {
  const unitOfRow = { 13: 3, 14: 1, 7001: 2, 7301: 4 };
  const values = { 13: 243, 14: 38, 7001: 4200, 7301: 8 };
  const objects = Object.fromEntries(
    Object.entries(unitOfRow).flatMap(([row, unit]) => [
      [`${MIKROTIK}.3.100.1.2.${row}`, text(`gauge ${row}`)],
      [`${MIKROTIK}.3.100.1.4.${row}`, gauge(unit)],
    ]),
  );
  const figures = Object.fromEntries(
    Object.entries(values).map(([row, value]) => [`${MIKROTIK}.3.100.1.3.${row}`, gauge(value)]),
  );

  const readings = readingsOf(routerOs, { ...objects, ...figures });

  expect(readings.map(({ class: name, index, value }) => [name, index, value])).toEqual([
    ['voltage', 'gauge.13', 24.3],
    ['temperature', 'gauge.14', 38],
    ['fanspeed', 'gauge.7001', 4200],
    ['current', 'gauge.7301', 0.8],
  ]);
});

test.each([
  [28, 28],
  [2 ** 32 - 5, -5],
  [2 ** 16 - 5, -5],
  [2 ** 32 - 128, null],
  [2 ** 16 - 128, null],
])('an optical module at %d has %s °C', (raw, expected) => {
  const objects = { [`${MIKROTIK}.19.1.1.6.25`]: gauge(raw), [`${MIKROTIK}.19.1.1.7.25`]: gauge(3_289) };

  const temperature = readingsOf(swOs, objects).find(({ class: name }) => name === 'temperature');

  expect(temperature?.value ?? null).toBe(expected);
});

test('an empty cage of SwOS gives nothing', () => {
  const objects = { [`${MIKROTIK}.19.1.1.7.26`]: gauge(0), [`${MIKROTIK}.19.1.1.8.26`]: gauge(0) };

  const readings = readingsOf(swOs, objects);

  expect(readings).toEqual([]);
});

test.each([
  [24_100, 24_100],
  [11_485_000, 11_485],
])('an airFiber radio at %d sends on %d MHz', (raw, expected) => {
  const objects = { [`${UBIQUITI}.3.1.1.5.1`]: gauge(raw) };

  const readings = readingsOf(airFiber, objects);

  expect(readings.map(({ value, unit }) => [value, unit])).toEqual([[expected, 'MHz']]);
});

test.each([
  [160_000_000, 16],
  [45, 45],
])('airOS at %d has %d °C', (raw, expected) => {
  const objects = { [`${UBIQUITI}.4.8.4.0`]: gauge(raw) };

  const readings = readingsOf(airOs, objects);

  expect(readings.map(({ value, unit }) => [value, unit])).toEqual([[expected, '°C']]);
});

test.each([
  [18_500, 18.5],
  [37, 37],
])('a thermometer of the Edge line at %d has %d °C', (raw, expected) => {
  const objects = { [`${UBIQUITI}.5.4.2.1.3.1`]: gauge(raw) };

  const readings = readingsOf(olt, objects);

  expect(readings.map(({ value, unit }) => [value, unit])).toEqual([[expected, '°C']]);
});

test('the light of an ONU that is gone is not given', () => {
  const onu = `${UBIQUITI}.5.6.2.1`;
  const objects = {
    [`${onu}.3.1`]: gauge(1),
    [`${onu}.9.1`]: { type: 'integer', value: -2_142 },
    [`${onu}.3.2`]: gauge(2),
    [`${onu}.9.2`]: { type: 'integer', value: 0 },
  } as const;

  const light = readingsOf(olt, objects).filter(({ class: name }) => name === 'dbm');

  expect(light.map(({ index, value }) => [index, value])).toEqual([['onu.rx.1', -21.42]]);
});

test.each([
  ['Connected', 1],
  ['Disconnected', 0],
])('a Teltonika modem that is %s has the state %d', (state, expected) => {
  const objects = { [`${TELTONIKA}.2.2.1.15.1`]: text(state), [`${TELTONIKA}.2.2.1.13.1`]: text('Telkomsel') };

  const readings = readingsOf(rutOs, objects);

  expect(readings.map(({ label, value }) => [label, value])).toEqual([['Mobile data, Telkomsel', expected]]);
});

test('a Teltonika modem without a network gives no figures', () => {
  const objects = Object.fromEntries([12, 19, 20, 21].map((column) => [`${TELTONIKA}.2.2.1.${column}.1`, text('N/A')]));

  const readings = readingsOf(rutOs, objects);

  expect(readings).toEqual([]);
});

test('what the old firmware of Teltonika says in the place of the new is not taken for it', () => {
  const objects = {
    [`${TELTONIKA}.2.3.0`]: text('registered (home)'),
    [`${TELTONIKA}.2.14.0`]: text('RUT2XX_R_00.01.07'),
  };

  const readings = readingsOf(rutOs, objects);

  expect(readings).toEqual([]);
});
