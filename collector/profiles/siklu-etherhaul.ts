import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const BRIDGE = '1.3.6.1.4.1.31926';
const RF = `${BRIDGE}.2.1.1`;

/** The radio of RADIO-BRIDGE-MIB (rfTable): kHz, dBm, dB. */
const radio = readingColumns([
  { group: 'wireless', class: 'frequency', value: `${RF}.4`, label: { text: 'Frequency' }, scale: 1e-3, absent: [0] },
  { group: 'wireless', class: 'snr', value: `${RF}.18`, label: { text: 'CINR' } },
  { group: 'wireless', class: 'rssi', value: `${RF}.19`, label: { text: 'Receive power' } },
  { group: 'wireless', class: 'power', value: `${RF}.42`, label: { text: 'Transmit power' } },
]);

/** The bridge: mV and °C. */
const bridge = readingColumns([
  { group: 'sensor', class: 'voltage', value: `${BRIDGE}.1.1`, label: { text: 'Supply' }, scale: 1e-3 },
  { group: 'sensor', class: 'temperature', value: `${BRIDGE}.1.2`, label: { text: 'Inside' } },
]);

/** Point-to-point links of the EtherHaul line. */
export const profile: Profile = {
  match: [{ objectId: BRIDGE }],
  identity: {
    vendor: [{ text: 'Siklu' }],
    os: [{ text: 'siklu' }],
    model: [{ from: 'sysDescr', pattern: /\b(EH-?\S+)/i }, { from: 'sysDescr' }],
    version: [{ oid: '1.3.6.1.2.1.47.1.1.1.1.10.1' }],
    serial: [{ oid: '1.3.6.1.2.1.47.1.1.1.1.11.1' }],
  },
  readings: [radio, bridge],
};
