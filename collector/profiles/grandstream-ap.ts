import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { readingColumns } from '../readings/reading-columns.ts';

/** GRANDSTREAM-GWN-MIB */
const GWN = '1.3.6.1.4.1.42397.1.1';
const RADIO = `${GWN}.3.1.1`;

/** Access points of Grandstream's GWN line. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux/, object: { oid: `${GWN}.2.1.0` } },
    { objectId: '1.3.6.1.4.1.42397' },
  ],
  identity: {
    vendor: [{ text: 'Grandstream' }],
    os: [{ text: 'grandstream-ap' }],
    model: [{ oid: `${GWN}.2.1.0` }],
    version: [{ oid: `${GWN}.2.4.0` }],
    serial: [],
  },
  readings: [
    hrProcessors,
    hrStorage,
    readingColumns([
      { group: 'wireless', class: 'channel', value: `${RADIO}.4`, label: `${RADIO}.2` },
      { group: 'wireless', class: 'power', value: `${RADIO}.5`, label: `${RADIO}.2` },
    ]),
  ],
};
