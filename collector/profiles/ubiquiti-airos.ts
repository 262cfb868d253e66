import type { Profile } from '../profile.ts';
import { frogfootMemory } from '../readings/frogfoot.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { DOT11_PRODUCT_NAME, DOT11_PRODUCT_VERSION } from '../readings/ieee80211.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const AIRMAX = '1.3.6.1.4.1.41112.1.4';
const RADIO = `${AIRMAX}.1.1`;
const CHAIN = `${AIRMAX}.2.1`;
const SYNC = `${AIRMAX}.3.1`;
const STATISTICS = `${AIRMAX}.5.1`;
const PROTOCOL = `${AIRMAX}.6.1`;
const HOST = `${AIRMAX}.8`;
const GPS = `${AIRMAX}.9`;

const ssid = `${STATISTICS}.2`;

/** ubntRadioTable, ubntWlStatTable and ubntAirMaxTable of UBNT-AirMAX-MIB: a row a radio. */
const radios = readingColumns([
  { group: 'wireless', class: 'frequency', value: `${RADIO}.4`, label: ssid, absent: [0] },
  { group: 'wireless', class: 'power', id: 'tx', value: `${RADIO}.6`, label: { text: 'Transmit power' } },
  { group: 'wireless', class: 'distance', value: `${RADIO}.7`, label: ssid, scale: 0.001 },
  { group: 'wireless', class: 'power', id: 'signal', value: `${STATISTICS}.5`, label: { text: 'Signal' } },
  { group: 'wireless', class: 'rssi', value: `${STATISTICS}.6`, label: ssid },
  { group: 'wireless', class: 'ccq', value: `${STATISTICS}.7`, label: ssid },
  { group: 'wireless', class: 'noise-floor', value: `${STATISTICS}.8`, label: ssid },
  { group: 'wireless', class: 'rate', id: 'tx', value: `${STATISTICS}.9`, label: { text: 'Transmit rate' } },
  { group: 'wireless', class: 'rate', id: 'rx', value: `${STATISTICS}.10`, label: { text: 'Receive rate' } },
  { group: 'wireless', class: 'clients', value: `${STATISTICS}.15`, label: ssid },
  { group: 'wireless', class: 'quality', value: `${PROTOCOL}.3`, label: { text: 'airMAX quality' } },
  { group: 'wireless', class: 'capacity', value: `${PROTOCOL}.4`, label: { text: 'airMAX capacity (%)' } },
  { group: 'wireless', class: 'utilization', value: `${PROTOCOL}.7`, label: { text: 'Airtime' }, scale: 0.1 },
  { group: 'wireless', class: 'utilization', id: 'sync.down', value: `${SYNC}.4`, label: { text: 'airSync down' } },
  { group: 'wireless', class: 'utilization', id: 'sync.up', value: `${SYNC}.5`, label: { text: 'airSync up' } },
]);

const chains = readingColumns([
  { group: 'wireless', class: 'rssi', id: 'chain', value: `${CHAIN}.2`, label: { text: 'Chain $index' } },
]);

const host = readingColumns([
  { group: 'usage', class: 'processor', value: `${HOST}.3`, label: { text: 'Processor' }, scale: 0.01 },
  {
    group: 'sensor',
    class: 'temperature',
    value: `${HOST}.4`,
    label: { text: 'Temperature' },
    absent: [0],
    // Whole degrees by the MIB; airOS 8 gives ten-millionths.
    convert: (value) => (Math.abs(value) > 255 ? value / 10_000_000 : value),
  },
  // 0 unknown, 1 none, 2 two dimensions, 3 three.
  { group: 'sensor', class: 'state', id: 'gps', value: `${GPS}.2`, label: { text: 'GPS fix' } },
  { group: 'sensor', class: 'count', id: 'gps.visible', value: `${GPS}.7`, label: { text: 'GPS satellites visible' } },
  { group: 'sensor', class: 'count', id: 'gps.tracked', value: `${GPS}.8`, label: { text: 'GPS satellites tracked' } },
]);

/** airMAX radios with airOS 5 to 8: NanoStation, LiteBeam, PowerBeam, Rocket, Bullet and the like. */
export const profile: Profile = {
  match: [
    // airOS' agent gives the number of its MIB's first writer.
    { objectId: '1.3.6.1.4.1.10002.1', descr: /^Linux / },
    { objectId: AIRMAX },
    { objectId: '1.3.6.1.4.1.41112', descr: /^Linux /, object: { oid: `${RADIO}.4.1` } },
  ],
  identity: {
    vendor: [{ text: 'Ubiquiti' }],
    os: [{ text: 'airos' }],
    model: [{ column: DOT11_PRODUCT_NAME }],
    // "XW.ar934x.v6.3.11.33396…": board and chip come first.
    version: [{ column: DOT11_PRODUCT_VERSION, pattern: /\.v(\d.*)$/ }, { column: DOT11_PRODUCT_VERSION }],
    serial: [],
  },
  readings: [radios, chains, host, hrProcessors, hrStorage, frogfootMemory],
};
