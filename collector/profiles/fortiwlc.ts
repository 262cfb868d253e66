import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const MERU = '1.3.6.1.4.1.15983.1.1.3.1';
const CONTROLLER = `${MERU}.13`;

/** Scalars of MERU-CONFIG-CONTROLLER-MIB and its statistics. */
const controller = readingColumns([
  { group: 'wireless', class: 'ap-count', value: `${CONTROLLER}.9`, label: { text: 'Access points' } },
  { group: 'wireless', class: 'clients', value: `${CONTROLLER}.11`, label: { text: 'Clients' } },
  { group: 'usage', class: 'processor', value: `${MERU}.14.13`, label: { text: 'Processor' } },
]);

/** Wireless controllers of Fortinet that were Meru's. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.15983' }],
  identity: {
    vendor: [{ text: 'Fortinet' }],
    os: [{ text: 'fortiwlc' }],
    model: [{ oid: `${CONTROLLER}.2.0` }],
    version: [{ oid: `${CONTROLLER}.3.0` }],
    serial: [],
  },
  readings: [controller],
};
