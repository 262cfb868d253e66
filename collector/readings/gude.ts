import { defineTable, type ProbeReading, type ReadingTable } from '../profile.ts';
import { BadReadingError } from '../snmp/bad-reading.ts';
import { numberOf, type SnmpValue } from '../snmp/value.ts';
import { unitOf } from './units.ts';

export const GUDE = '1.3.6.1.4.1.28507';

/** Where a figure stands below a product's number, what it is, what it is multiplied by. */
type Place = readonly [place: string, name: string, label: string, scale: number];

/** Every product has a number of its own, with the same tree below. */
const PLACES: readonly Place[] = [
  ['1.3.1.2.1.3', 'state', 'Outlet', 1],
  ['1.3.1.2.1.4', 'count', 'Switchings of outlet', 1],
  ['1.5.1.2.1.3', 'power_consumed', 'Input', 0.001],
  ['1.5.1.2.1.4', 'power', 'Input', 1],
  ['1.5.1.2.1.5', 'current', 'Input', 0.001],
  ['1.5.1.2.1.6', 'voltage', 'Input', 1],
  ['1.5.1.2.1.7', 'frequency', 'Input', 0.01],
  ['1.5.1.2.1.8', 'power_factor', 'Input', 0.001],
  ['1.5.1.2.1.10', 'power', 'Apparent power of input', 1],
  ['1.5.1.2.1.24', 'current', 'Residual current of input', 0.0001],
  ['1.5.2.1.2.1', 'state', 'Overvoltage protection', 1],
  ['1.5.14.1', 'voltage', 'System supply', 0.01],
  ['1.5.14.2', 'voltage', 'Auxiliary supply', 0.01],
  ['1.5.14.3', 'voltage', 'Main supply', 0.01],
  ['1.5.14.4', 'temperature', 'Processor', 0.1],
  ['1.6.1.1.2', 'temperature', 'Probe', 0.1],
  ['1.6.1.1.3', 'humidity', 'Probe', 0.1],
  ['1.6.1.1.6', 'temperature', 'Dew point of probe', 0.1],
  ['1.6.1.1.7', 'temperature', 'Distance from dew point of probe', 0.1],
];

/** Of a probe that cannot measure it. */
const MISSING = -9_999;

/** The product's whole tree as one column, since its number is part of every object's. */
export const gudeReadings: ReadingTable = defineTable({
  columns: { value: GUDE },
  dynamic: ['value'],
  wants: (_row, index) => placeOf(index) !== null,
  read: (rows) =>
    [...rows].flatMap(([index, { value }]): ProbeReading[] => {
      const found = placeOf(index);
      const figure = found === null ? null : figureOf(value);
      if (found === null || figure === null || figure === MISSING) return [];
      const [[place, name, label, scale], row] = found;
      return [
        {
          group: 'sensor',
          class: name,
          index: `${place}.${row}`,
          value: Number((figure * scale).toPrecision(12)),
          unit: unitOf('sensor', name),
          label: row === '0' ? label : `${label} ${row}`,
        },
      ];
    }),
});

/** @param index product number, place, row */
function placeOf(index: string): readonly [Place, row: string] | null {
  const below = index.slice(index.indexOf('.') + 1);
  const at = below.lastIndexOf('.');
  const place = PLACES.find(([each]) => each === below.slice(0, at));
  return place === undefined ? null : [place, below.slice(at + 1)];
}

function figureOf(value: SnmpValue | undefined): number | null {
  try {
    return numberOf(value);
  } catch (error) {
    if (error instanceof BadReadingError) return null;
    throw error;
  }
}
