import type { Profile } from '../profile.ts';
import { MG_UPS } from '../readings/mg-ups.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { NONE, sensor } from '../readings/sensor.ts';

/** EATON-ATS2-MIB, in tenths. */
const ATS = '1.3.6.1.4.1.534.10.2';

const lines = readingColumns([
  sensor('voltage', `${ATS}.2.2.1.2`, 'Input $index', { id: 'input', scale: 0.1, ...NONE }),
  sensor('frequency', `${ATS}.2.2.1.3`, 'Input $index', { id: 'input', scale: 0.1, ...NONE }),
  sensor('voltage', `${ATS}.2.3.1`, 'Output', { id: 'output', scale: 0.1, ...NONE }),
  sensor('current', `${ATS}.2.3.2`, 'Output', { id: 'output', scale: 0.1, ...NONE }),
  // 1 starting, 2 diagnosis, 3 off, 4 source 1, 5 source 2, 6 safe, 7 fault.
  sensor('state', `${ATS}.2.4`, 'Source', { id: 'source' }),
]);

/** Eaton's automatic transfer switches. */
export const profile: Profile = {
  match: [{ objectId: MG_UPS, descr: /^Eaton ATS/ }, { objectId: ATS }],
  identity: {
    vendor: [{ text: 'Eaton' }],
    os: [{ text: 'eaton-ats' }],
    model: [{ oid: `${ATS}.1.2.0` }, { from: 'sysDescr' }],
    version: [{ oid: `${ATS}.1.3.0` }],
    serial: [{ oid: `${ATS}.1.5.0` }],
  },
  readings: [lines],
};
