import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { ucdReadings } from '../readings/ucd.ts';

const RADIO = '1.3.6.1.4.1.32750.3.10.1.2.1.1';

/** Each radio of a LigoDLB, labelled with its network's name. */
const radios = readingColumns([
  { group: 'wireless', class: 'clients', value: `${RADIO}.16`, label: `${RADIO}.4` },
  { group: 'wireless', class: 'frequency', value: `${RADIO}.6`, label: `${RADIO}.4`, absent: [0] },
  { group: 'wireless', class: 'noise-floor', value: `${RADIO}.15`, label: `${RADIO}.4`, absent: [0] },
  { group: 'wireless', class: 'rssi', value: `${RADIO}.14`, label: `${RADIO}.4`, absent: [0] },
  { group: 'wireless', class: 'quality', value: `${RADIO}.12`, label: `${RADIO}.4` },
  { group: 'wireless', class: 'power', value: `${RADIO}.10`, label: `${RADIO}.4` },
]);

/** Radios of LigoWave. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.32750' }],
  identity: {
    vendor: [{ text: 'LigoWave' }],
    os: [{ text: 'ligoos' }],
    model: [
      { from: 'sysDescr', pattern: /^LigoDLB (\S+)/ },
      { from: 'sysDescr', pattern: /^(\S+)/ },
    ],
    version: [{ from: 'sysDescr', pattern: /\b(v\d+\.\S+)/ }],
    serial: [],
  },
  readings: [radios, hrProcessors, hrStorage, ...ucdReadings],
};
