import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { freeOf, idle, usage } from '../readings/usage.ts';

const FSOS = '1.3.6.1.4.1.27975';
/** Edge-Core's tables under FS's number: a row a unit of the stack. */
const EDGE = '1.3.6.1.4.1.52642.2.1.45.1';

/** Switches that FS sells: those with FSOS, and those that Edge-Core makes. */
export const profile: Profile = {
  match: [{ objectId: FSOS }, { objectId: '1.3.6.1.4.1.52642.2' }],
  identity: {
    vendor: [{ text: 'FS' }],
    os: [{ text: 'fs-switch' }],
    model: [{ oid: `${FSOS}.37.1.5.1.4.1.1` }, { oid: `${EDGE}.1.5.1.0` }],
    version: [{ oid: `${FSOS}.1.3.5.0` }, { oid: `${EDGE}.1.3.1.6.1` }],
    serial: [{ oid: `${FSOS}.37.1.5.1.10.1.1` }, { oid: `${EDGE}.1.3.1.10.1` }],
  },
  readings: [
    readingColumns([
      usage('processor', `${FSOS}.1.2.11`, 'Processor', { id: 'fsos', ...idle }),
      usage('memory', `${FSOS}.1.1.11`, 'Memory', {
        ...freeOf(`${FSOS}.1.1.5`),
      }),
      usage('processor', `${EDGE}.39.2.1`, 'Processor'),
      sensor('state', `${EDGE}.1.4`, 'System', { id: 'system' }),
    ]),
    readingColumns([sensor('temperature', `${EDGE}.1.11.1.3`, 'Sensor $index', { id: 'unit' })]),
  ],
};
