import { definePorts, type Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { type ReadingColumn, readingColumns } from '../readings/reading-columns.ts';
import { ucdMemory, ucdProcessor } from '../readings/ucd.ts';

const LTU = '1.3.6.1.4.1.41112.1.10.1';
const CONFIG = `${LTU}.2`;
const STATUS = `${LTU}.3`;
const STATION = `${LTU}.4.1`;
const ETHERNET = `${LTU}.6`;
const GPS = `${LTU}.7`;
const MODEL = `${STATUS}.2.0`;

const radio = readingColumns([
  { group: 'wireless', class: 'frequency', value: `${CONFIG}.2`, label: { text: 'Frequency' } },
  { group: 'wireless', class: 'power', id: 'eirp', value: `${CONFIG}.6`, label: { text: 'Tx EIRP' } },
  // 0 access point, 1 station.
  { group: 'sensor', class: 'state', id: 'role', value: `${CONFIG}.1`, label: { text: 'Role' } },
  // 0 absent, 1 off, 2 on; then 0 unknown, 1 none, 2 two dimensions, 3 three.
  { group: 'sensor', class: 'state', id: 'gps', value: `${GPS}.1`, label: { text: 'GPS' } },
  { group: 'sensor', class: 'state', id: 'gps.fix', value: `${GPS}.2`, label: { text: 'GPS fix' } },
  { group: 'sensor', class: 'count', id: 'gps.visible', value: `${GPS}.7`, label: { text: 'GPS satellites visible' } },
  { group: 'sensor', class: 'count', id: 'gps.tracked', value: `${GPS}.8`, label: { text: 'GPS satellites tracked' } },
]);

const remote = (name: string, id: string, column: number, text: string, scale = 1): ReadingColumn => ({
  group: 'wireless',
  class: name,
  ...(id === '' ? {} : { id }),
  value: `${STATION}.${column}`,
  label: { text },
  scale,
});

/** afLTUStationTable of UBNT-AFLTU-MIB: whom the radio talks to, by hardware address. */
const stations = readingColumns([
  remote('rate', 'tx', 3, 'Tx rate', 1_000),
  remote('rate', 'rx', 4, 'Rx rate', 1_000),
  remote('power', 'rx0', 5, 'Rx power, chain 0'),
  remote('power', 'rx1', 6, 'Rx power, chain 1'),
  remote('power', 'ideal0', 7, 'Ideal Rx power, chain 0'),
  remote('power', 'ideal1', 8, 'Ideal Rx power, chain 1'),
  { ...remote('quality', 'rx0', 9, 'Rx level, chain 0'), absent: [-1] },
  { ...remote('quality', 'rx1', 10, 'Rx level, chain 1'), absent: [-1] },
  remote('power', 'remote.eirp', 15, 'Remote Tx EIRP'),
  remote('power', 'remote.rx0', 16, 'Remote Rx power, chain 0'),
  remote('power', 'remote.rx1', 17, 'Remote Rx power, chain 1'),
  // The MIB says kilometres, the radio means metres.
  remote('distance', '', 23, 'Distance', 0.001),
  // Factors of the modulation.
  { ...remote('state', 'tx-modulation', 1, 'Tx modulation'), group: 'sensor' },
  { ...remote('state', 'rx-modulation', 2, 'Rx modulation'), group: 'sensor' },
]);

/** The data port, which IF-MIB lists but does not count: its traffic passes by the processor. */
const dataPort = definePorts({
  columns: { txBytes: `${ETHERNET}.1`, rxBytes: `${ETHERNET}.3`, connected: `${ETHERNET}.5` },
  polled: { operStatus: 'connected', inOctets: 'rxBytes', outOctets: 'txBytes' },
  states: { '0': 'down', '1': 'up' },
  port(_row, _index, interfaces) {
    const port = interfaces.find(({ name }) => name === 'eth0');
    // Every radio of the line has gigabit Ethernet, and none tells its speed.
    return port === undefined ? null : { index: port.index, speedBps: port.speedBps ?? 1_000_000_000 };
  },
});

/** Radios of the LTU line, and airFiber radios with its firmware (airFiber 5XHD). */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux /, object: { oid: MODEL } },
    { objectId: '1.3.6.1.4.1.10002.1', descr: /^Linux /, object: { oid: MODEL } },
    { objectId: '1.3.6.1.4.1.41112', descr: /^Linux /, object: { oid: MODEL } },
    { objectId: '1.3.6.1.4.1.41112.1.10' },
  ],
  identity: {
    vendor: [{ text: 'Ubiquiti' }],
    os: [{ text: 'airos-af-ltu' }],
    model: [{ oid: MODEL }],
    version: [{ oid: `${STATUS}.4.0` }],
    serial: [],
  },
  readings: [radio, stations, hrProcessors, hrStorage, ucdProcessor, ucdMemory],
  ports: { tables: [dataPort] },
};
