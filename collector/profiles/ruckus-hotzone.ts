import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const COMMON = '1.3.6.1.4.1.25053.1.1';
const HARDWARE = `${COMMON}.2.1.1.1`;
const SYSTEM = `${COMMON}.11.1.1.1`;
const RADIO = `${COMMON}.12.1.1.1`;
/** Revision of the software of RUCKUS-SWINFO-MIB that is active. */
const REVISION = `${COMMON}.3.1.1.1.1.1.3.1`;

/** The access point as a whole (RUCKUS-SYSTEM-MIB). */
const system = readingColumns([
  { group: 'usage', class: 'processor', value: `${SYSTEM}.1`, label: { text: 'Processor' } },
  { group: 'usage', class: 'memory', value: `${SYSTEM}.2`, label: { text: 'Memory' } },
]);

/** Each radio (RUCKUS-RADIO-MIB). */
const radios = readingColumns([
  { group: 'wireless', class: 'clients', value: `${RADIO}.3.1.2`, label: { text: 'Radio $index' } },
  { group: 'wireless', class: 'errors', value: `${RADIO}.3.1.21`, label: { text: 'Receive errors, radio $index' } },
  { group: 'wireless', class: 'utilization', value: `${RADIO}.3.1.50`, label: { text: 'Radio $index' } },
  { group: 'wireless', class: 'noise-floor', value: `${RADIO}.2.1.8`, label: { text: 'Radio $index' }, absent: [0] },
]);

/** Access points that no controller of Ruckus runs. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.25053.3.1.4' }, { objectId: '1.3.6.1.4.1.25053' }],
  identity: {
    vendor: [{ text: 'Ruckus' }],
    os: [{ text: 'ruckuswireless-hotzone' }],
    model: [{ oid: `${HARDWARE}.1.0` }, { from: 'sysDescr', pattern: /^Ruckus Wireless(?:,? Inc\.?)? (\S+)/ }],
    version: [{ oid: REVISION }],
    serial: [{ oid: `${HARDWARE}.2.0` }],
  },
  readings: [system, radios],
};
