import { definePorts, type Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { numberOf, textOf } from '../snmp/value.ts';

const TACHYON = '1.3.6.1.4.1.57344.1';
const RADIO = `${TACHYON}.2.2.1`;
const PEER = `${TACHYON}.2.6.1`;
const SYSTEM = `${TACHYON}.3`;

const unit = readingColumns([
  { group: 'wireless', class: 'clients', value: `${TACHYON}.2.5`, label: { text: 'Stations' } },
  { group: 'sensor', class: 'temperature', id: 'cpu', value: `${SYSTEM}.3`, label: { text: 'Processor' } },
  { group: 'usage', class: 'processor', value: `${SYSTEM}.6`, label: { text: 'Processor' } },
  { group: 'usage', class: 'memory', value: `${SYSTEM}.7`, label: { text: 'Memory' } },
]);

/** Radios; frequency and channel width in MHz. */
const radios = readingColumns([
  { group: 'wireless', class: 'frequency', value: `${RADIO}.5`, label: `${RADIO}.2`, absent: [0] },
  { group: 'wireless', class: 'power', value: `${RADIO}.3`, label: `${RADIO}.2` },
  { group: 'sensor', class: 'frequency', value: `${RADIO}.5`, label: `${RADIO}.2`, scale: 1e6, absent: [0] },
  {
    group: 'sensor',
    class: 'frequency',
    id: 'width',
    value: `${RADIO}.6`,
    label: `${RADIO}.2`,
    says: 'width',
    scale: 1e6,
  },
  { group: 'sensor', class: 'temperature', id: 'modem', value: `${RADIO}.10`, label: `${RADIO}.2`, says: 'modem' },
  { group: 'sensor', class: 'temperature', id: 'radio', value: `${RADIO}.11`, label: `${RADIO}.2` },
]);

/** Stations at the far end: dBm, dB, Mbit/s, metres, seconds. */
const peers = readingColumns([
  { group: 'wireless', class: 'rssi', value: `${PEER}.6`, label: `${PEER}.1` },
  { group: 'wireless', class: 'snr', value: `${PEER}.8`, label: `${PEER}.1` },
  { group: 'wireless', class: 'rate', id: 'tx', value: `${PEER}.7`, label: `${PEER}.1`, says: 'transmit', scale: 1e6 },
  { group: 'wireless', class: 'rate', id: 'rx', value: `${PEER}.9`, label: `${PEER}.1`, says: 'receive', scale: 1e6 },
  { group: 'wireless', class: 'distance', value: `${PEER}.13`, label: `${PEER}.1`, scale: 1e-3 },
  { group: 'sensor', class: 'runtime', value: `${PEER}.12`, label: `${PEER}.1`, says: 'connected', scale: 1 / 60 },
  { group: 'sensor', class: 'state', id: 'tx', value: `${PEER}.10`, label: `${PEER}.1`, says: 'transmit MCS' },
  { group: 'sensor', class: 'state', id: 'rx', value: `${PEER}.11`, label: `${PEER}.1`, says: 'receive MCS' },
]);

/** Above every interface's number of IF-MIB. */
const FIRST_PEER = 1_000;

/** The link to each station as a port; its speed is the rate in Mbit/s towards it. */
const peerPorts = definePorts({
  columns: {
    mac: `${PEER}.1`,
    rate: `${PEER}.7`,
    inOctets: `${PEER}.14`,
    outOctets: `${PEER}.15`,
    name: `${PEER}.20`,
  },
  polled: { inOctets: 'inOctets', outOctets: 'outOctets' },
  port({ mac, rate, name }, index) {
    const number = Number(index);
    if (!Number.isInteger(number)) return null;
    const address = textOf(mac).trim().toLowerCase();
    const label = textOf(name).trim() || address;
    const megabits = numberOf(rate);
    return {
      index: FIRST_PEER + number,
      name: label,
      alias: label,
      type: 'ieee80211',
      adminStatus: 'up',
      // A station that has left has no row.
      operStatus: 'up',
      mac: address === '' ? null : address,
      speedBps: megabits === null ? null : megabits * 1_000_000,
    };
  },
});

/** 60 GHz radios and switches of Tachyon Networks. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.57344' }],
  identity: {
    vendor: [{ text: 'Tachyon' }],
    os: [{ text: 'tachyon' }],
    model: [{ oid: `${SYSTEM}.1.0` }, { from: 'sysDescr', pattern: /^Linux (t\S+-\d+)/i }],
    version: [{ oid: `${SYSTEM}.4.0` }],
    serial: [{ oid: `${SYSTEM}.2.0` }],
  },
  readings: [unit, radios, peers],
  ports: { tables: [peerPorts] },
};
