import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { ucdDisks, ucdMemory } from '../readings/ucd.ts';

const AF60 = '1.3.6.1.4.1.41112.1.11.1';
const CONFIG = `${AF60}.1`;
const STATUS = `${AF60}.2`;
const STATION = `${AF60}.3.1`;
const GPS = `${AF60}.4`;
const MODEL = `${STATUS}.2.1`;
const VERSION = `${STATUS}.4.1`;

/** Single objects of UI-AF60-MIB, which its agents give the row 1. */
const radio = readingColumns([
  { group: 'wireless', class: 'frequency', value: `${CONFIG}.2`, label: `${CONFIG}.4`, absent: [0] },
  { group: 'usage', class: 'processor', id: 'af60', value: `${STATUS}.6`, label: { text: 'Processor' } },
  // 0 access point, 1 station.
  { group: 'sensor', class: 'state', id: 'role', value: `${CONFIG}.1`, label: { text: 'Role' } },
  // 0 absent, 1 off, 2 on; then 0 unknown, 1 none, 2 two dimensions, 3 three.
  { group: 'sensor', class: 'state', id: 'gps', value: `${GPS}.1`, label: { text: 'GPS' } },
  { group: 'sensor', class: 'state', id: 'gps.fix', value: `${GPS}.2`, label: { text: 'GPS fix' } },
  { group: 'sensor', class: 'count', id: 'gps.visible', value: `${GPS}.7`, label: { text: 'GPS satellites visible' } },
  { group: 'sensor', class: 'count', id: 'gps.tracked', value: `${GPS}.8`, label: { text: 'GPS satellites tracked' } },
]);

/** Memory as the radio counts it, where nothing else tells. */
const ownMemory = readingColumns([
  {
    group: 'usage',
    class: 'memory',
    id: 'af60',
    value: `${STATUS}.5`,
    label: { text: 'Memory' },
    unless: { columns: ['1.3.6.1.4.1.2021.4.5'], in: 'device' },
  },
]);

const peer = `${STATION}.14`;

/** af60StationTable: whom the radio talks to, by hardware address. */
const stations = readingColumns([
  { group: 'wireless', class: 'rssi', id: 'local', value: `${STATION}.3`, label: peer },
  { group: 'wireless', class: 'rssi', id: 'remote', value: `${STATION}.18`, label: peer },
  { group: 'wireless', class: 'snr', id: 'local', value: `${STATION}.4`, label: peer },
  { group: 'wireless', class: 'snr', id: 'remote', value: `${STATION}.19`, label: peer },
  { group: 'wireless', class: 'rate', id: 'tx', value: `${STATION}.7`, label: { text: 'Tx capacity' }, scale: 1_000 },
  { group: 'wireless', class: 'rate', id: 'rx', value: `${STATION}.8`, label: { text: 'Rx capacity' }, scale: 1_000 },
  { group: 'wireless', class: 'distance', value: `${STATION}.15`, label: peer, scale: 0.001 },
  // Modulation and coding schemes.
  { group: 'sensor', class: 'state', id: 'tx-mcs', value: `${STATION}.5`, label: { text: 'Tx modulation' } },
  { group: 'sensor', class: 'state', id: 'rx-mcs', value: `${STATION}.6`, label: { text: 'Rx modulation' } },
]);

/** 60 GHz radios: airFiber 60 and Wave. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.10002.1', descr: /^Linux /, object: { oid: MODEL } },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux /, object: { oid: MODEL } },
    { objectId: '1.3.6.1.4.1.41112', descr: /^Linux /, object: { oid: MODEL } },
    { objectId: '1.3.6.1.4.1.41112', descr: /^Linux / },
    { objectId: '1.3.6.1.4.1.41112.1.11' },
  ],
  identity: {
    vendor: [{ text: 'Ubiquiti' }],
    os: [{ text: 'airos-af60' }],
    model: [{ oid: MODEL }],
    // "GP.ipq806x.v2.6.0-RC.46590…": chip before it, build after it.
    version: [{ oid: VERSION, pattern: /\b(v\d+(?:\.\d+){2}(?:-[A-Za-z]+\d*)?)/ }, { oid: VERSION }],
    serial: [],
  },
  readings: [radio, stations, hrProcessors, hrStorage, ucdMemory, ucdDisks, ownMemory],
};
