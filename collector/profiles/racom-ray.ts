import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const RAY = '1.3.6.1.4.1.33555.4';
const PRODUCT = `${RAY}.1.1`;
const RADIO = `${RAY}.2.1`;
const SIGNAL = `${RAY}.3.2`;

/** Scalars of RAY3-MIB: kHz, dBm, tenths of dBm and V, hundredths of °C; the net rate in kbit/s, its maximum in Mbit/s. */
const link = readingColumns([
  { group: 'wireless', class: 'frequency', id: 'rx', value: `${RADIO}.3`, label: { text: 'Receiver' }, scale: 1e-3 },
  { group: 'wireless', class: 'frequency', id: 'tx', value: `${RADIO}.4`, label: { text: 'Transmitter' }, scale: 1e-3 },
  { group: 'wireless', class: 'power', id: 'set', value: `${RADIO}.12`, label: { text: 'Transmit power set' } },
  { group: 'wireless', class: 'power', id: 'now', value: `${RADIO}.17`, label: { text: 'Transmit power' } },
  { group: 'wireless', class: 'rate', value: `${RADIO}.13`, label: { text: 'Net rate' }, scale: 1e3 },
  {
    group: 'wireless',
    class: 'rate',
    id: 'most',
    value: `${RADIO}.14`,
    label: { text: 'Highest net rate' },
    scale: 1e6,
  },
  { group: 'wireless', class: 'rssi', value: `${SIGNAL}.1`, label: { text: 'Receive power' }, scale: 0.1 },
  { group: 'wireless', class: 'snr', value: `${SIGNAL}.2`, label: { text: 'SNR' }, scale: 0.1 },
  { group: 'sensor', class: 'ber', value: `${SIGNAL}.11`, label: { text: 'Bit errors' } },
  { group: 'sensor', class: 'state', id: 'tx', value: `${RADIO}.7`, label: { text: 'Transmit modulation' } },
  { group: 'sensor', class: 'state', id: 'rx', value: `${RADIO}.8`, label: { text: 'Receive modulation' } },
]);

const unit = readingColumns([
  { group: 'sensor', class: 'temperature', value: `${RAY}.1.4.2`, label: { text: 'Inside' }, scale: 0.01 },
  { group: 'sensor', class: 'voltage', value: `${RAY}.1.4.3`, label: { text: 'Supply' }, scale: 0.1 },
  { group: 'sensor', class: 'state', id: 'system', value: `${RAY}.1.3.1`, label: { text: 'System' } },
  { group: 'usage', class: 'processor', value: `${RAY}.1.5.1`, label: { text: 'Processor' } },
  { group: 'usage', class: 'memory', value: `${RAY}.1.5.2`, label: { text: 'Memory' } },
]);

/** Microwave links of Racom: RAy3. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.33555.4' }],
  identity: {
    vendor: [{ text: 'Racom' }],
    os: [{ text: 'ray3' }],
    model: [{ oid: `${PRODUCT}.1.0` }],
    version: [{ oid: `${RAY}.1.2.2.0` }],
    serial: [{ oid: `${PRODUCT}.2.0` }],
  },
  readings: [link, unit],
};
