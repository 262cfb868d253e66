import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { ucdDisks, ucdMemory, ucdProcessor } from '../readings/ucd.ts';

/** NETONIX-SWITCH-MIB. */
const NETONIX = '1.3.6.1.4.1.46242';

const board = readingColumns([
  sensor('fanspeed', `${NETONIX}.2.1.2`, 'Fan $index', { id: 'fan' }),
  sensor('temperature', `${NETONIX}.3.1.3`, '', { id: 'temperature', label: `${NETONIX}.3.1.2` }),
  sensor('voltage', `${NETONIX}.4.1.3`, '', { id: 'voltage', label: `${NETONIX}.4.1.2`, scale: 0.01 }),
  sensor('state', `${NETONIX}.5.1.2`, 'PoE of port $index', { id: 'poe' }),
  sensor('power', `${NETONIX}.6`, 'Switch', { id: 'switch', scale: 0.1 }),
  sensor('current', `${NETONIX}.7`, 'DC input', { id: 'input', scale: 0.1 }),
]);

/** Netonix' switches that power the radios of a site. */
export const profile: Profile = {
  match: [{ objectId: NETONIX }],
  identity: {
    vendor: [{ text: 'Netonix' }],
    os: [{ text: 'netonix' }],
    model: [{ from: 'sysDescr', pattern: /^Netonix (\S+)/ }],
    version: [{ oid: `${NETONIX}.1.0`, pattern: /^(\d+(?:\.\d+)*)/ }],
    serial: [],
  },
  readings: [board, ucdProcessor, ucdMemory, ucdDisks],
};
