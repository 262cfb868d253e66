import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const ALBENTIA = '1.3.6.1.4.1.28087.12.10';
const SYSTEM = `${ALBENTIA}.1`;
const SECTOR = `${ALBENTIA}.10.1.1`;
const RADIO = `${ALBENTIA}.10.5.1`;
const TRAFFIC = `${ALBENTIA}.10.6.1`;
const ZONE = `${ALBENTIA}.10.7.1`;

const station = readingColumns([
  { group: 'wireless', class: 'clients', value: `${ALBENTIA}.2.1`, label: { text: 'Users' } },
  { group: 'sensor', class: 'state', id: 'ethernet', value: `${SYSTEM}.8`, label: { text: 'Ethernet' } },
  { group: 'sensor', class: 'state', id: 'mac', value: `${SYSTEM}.9`, label: { text: 'MAC' } },
]);

/** Sectors of a base station; tables are indexed by the sector's name, and hundredths of °C and km come as integers. */
const sectors = readingColumns([
  { group: 'sensor', class: 'temperature', value: `${SECTOR}.5`, label: `${SECTOR}.1`, scale: 0.01 },
  { group: 'sensor', class: 'state', id: 'sector', value: `${SECTOR}.2`, label: `${SECTOR}.1` },
  { group: 'wireless', class: 'frequency', value: `${RADIO}.13`, label: `${SECTOR}.1`, absent: [0] },
  { group: 'wireless', class: 'power', value: `${RADIO}.6`, label: `${SECTOR}.1` },
  { group: 'wireless', class: 'distance', value: `${RADIO}.12`, label: `${SECTOR}.1`, scale: 1e-3 },
  { group: 'sensor', class: 'dbm', id: 'target', value: `${RADIO}.7`, label: `${SECTOR}.1`, says: 'target RSSI' },
  { group: 'wireless', class: 'clients', id: 'sector', value: `${TRAFFIC}.2`, label: `${SECTOR}.1` },
]);

/** Downlink's share of the frame in each zone, in 128ths of a percent of a percent. */
const zones = readingColumns([
  {
    group: 'sensor',
    class: 'percent',
    id: 'downlink',
    value: `${ZONE}.15`,
    label: { text: 'Downlink share' },
    scale: 1 / 12_800,
  },
]);

/** Base stations of Albentia. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.28087' }],
  identity: {
    vendor: [{ text: 'Albentia' }],
    os: [{ text: 'albentiaaos' }],
    model: [{ oid: `${SYSTEM}.5.0` }, { from: 'sysDescr' }],
    version: [{ oid: `${SYSTEM}.2.0` }],
    serial: [{ oid: `${SYSTEM}.4.0` }],
  },
  readings: [station, sectors, zones],
};
