import type { Profile } from '../profile.ts';
import { type ReadingColumn, readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { numberOf } from '../snmp/value.ts';

const ORION = '1.3.6.1.4.1.20246.2.3.1.1.1.2';
/** Measurements that the system's owner named: name, value, power of ten, unit. */
const MEASURED = `${ORION}.9.1.1`;
const POWER_OF_TEN = `${MEASURED}.4`;
const UNIT = `${MEASURED}.5`;

const measured = (name: string, unit: number): ReadingColumn =>
  sensor(name, `${MEASURED}.3`, '', {
    id: 'measured',
    label: `${MEASURED}.2`,
    where: { column: UNIT, is: new RegExp(`^${unit}$`) },
    absent: [0x7fff_ffff],
    uses: [POWER_OF_TEN],
    convert: (value, cell) => value * 10 ** (numberOf(cell(POWER_OF_TEN)) ?? 0),
  });

/** Delta's Orion controllers of DC power systems. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.20246' }],
  identity: {
    vendor: [{ text: 'Delta' }],
    os: [{ text: 'deltaorion' }],
    model: [],
    version: [{ oid: `${ORION}.1.4.0` }],
    serial: [],
  },
  readings: [
    readingColumns([measured('voltage', 3), measured('current', 5), measured('temperature', 7)]),
    readingColumns([sensor('state', `${ORION}.10.1.1.3`, '', { id: 'event', label: `${ORION}.10.1.1.2` })]),
  ],
};
