import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const RECEIVER = '1.3.6.1.4.1.1429.2.2.5';
const SYSTEM = `${RECEIVER}.1.1`;
const SIGNAL = `${RECEIVER}.5.3.1.1`;
const INPUT = `${RECEIVER}.5.3.2.1`;
const FAN = `${RECEIVER}.18.2.2.1`;

/** Each input; figures come as texts. */
const inputs = readingColumns([
  { group: 'wireless', class: 'snr', value: `${SIGNAL}.5`, label: { text: 'C/N, input $index' }, inText: true },
  {
    group: 'wireless',
    class: 'snr',
    id: 'margin',
    value: `${SIGNAL}.6`,
    label: { text: 'C/N margin, input $index' },
    inText: true,
  },
  { group: 'wireless', class: 'rssi', value: `${SIGNAL}.7`, label: { text: 'Signal, input $index' }, inText: true },
  {
    group: 'wireless',
    class: 'errors',
    value: `${SIGNAL}.12`,
    label: { text: 'Uncorrected, input $index' },
    inText: true,
  },
  { group: 'sensor', class: 'state', id: 'lock', value: `${INPUT}.3`, label: { text: 'Lock, input $index' } },
]);

const fans = readingColumns([
  { group: 'sensor', class: 'fanspeed', value: `${FAN}.3`, label: `${FAN}.2`, inText: true },
]);

/** Satellite receivers of Cisco that were Scientific Atlanta's (D985x). */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.1429.2' }],
  identity: {
    vendor: [{ text: 'Cisco' }],
    os: [{ text: 'ciscosat' }],
    model: [{ oid: `${SYSTEM}.4.0` }, { from: 'sysDescr' }],
    version: [{ oid: `${SYSTEM}.1.0` }],
    serial: [{ oid: `${SYSTEM}.5.0` }],
  },
  readings: [inputs, fans],
};
