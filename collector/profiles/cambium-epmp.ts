import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const EPMP = '1.3.6.1.4.1.17713.21';
const GENERAL = `${EPMP}.1.1`;
const RF = `${EPMP}.1.2`;
const STATION = `${RF}.30.1`;
const COUNTERS = `${EPMP}.2.1`;

/** Scalars of CAMBIUM-PMP80211-MIB; a subscriber module's figures are 0 on an access point. */
const radio = readingColumns([
  { group: 'wireless', class: 'clients', value: `${RF}.10`, label: { text: 'Subscriber modules' } },
  { group: 'wireless', class: 'frequency', value: `${RF}.1`, label: { text: 'Frequency' }, absent: [0] },
  { group: 'wireless', class: 'rssi', value: `${RF}.3`, label: { text: 'Downlink RSSI' }, absent: [0] },
  { group: 'wireless', class: 'snr', value: `${RF}.18`, label: { text: 'Downlink SNR' }, absent: [0] },
  { group: 'wireless', class: 'power', value: `${RF}.5`, label: { text: 'Transmit power' }, absent: [0] },
  { group: 'wireless', class: 'distance', value: `${RF}.12`, label: { text: 'Distance' }, absent: [0], inText: true },
  { group: 'wireless', class: 'quality', value: `${RF}.22`, label: { text: 'Uplink quality' }, absent: [0] },
  // 1 not applicable, 2 checking the channel, 3 in service, 4 radar, 5 on the alternative channel, 6 out of service.
  { group: 'sensor', class: 'state', id: 'dfs', value: `${GENERAL}.6`, label: { text: 'DFS' } },
  // 1 GPS sync, 2 none, 3 by CMM4, 4 by CMM3.
  { group: 'sensor', class: 'state', id: 'sync', value: `${GENERAL}.7`, label: { text: 'Sync source' } },
  // 1 scanning, 2 connecting, 3 connected.
  { group: 'sensor', class: 'state', id: 'link', value: `${RF}.16`, label: { text: 'Link' } },
  { group: 'sensor', class: 'count', value: `${COUNTERS}.36`, label: { text: 'Radar detected' } },
  // Tenths of a percent.
  { group: 'usage', class: 'processor', value: `${COUNTERS}.64`, label: { text: 'Processor' }, scale: 0.1 },
]);

/** What an access point hears of each subscriber module, and they of it (cambiumAPConnectedSTATable). */
const stations = readingColumns([
  { group: 'wireless', class: 'rssi', id: 'ul', value: `${STATION}.4`, label: `${STATION}.1`, absent: [0] },
  { group: 'wireless', class: 'rssi', id: 'dl', value: `${STATION}.5`, label: `${STATION}.1`, absent: [0] },
  { group: 'wireless', class: 'snr', id: 'ul', value: `${STATION}.6`, label: `${STATION}.1` },
  { group: 'wireless', class: 'snr', id: 'dl', value: `${STATION}.7`, label: `${STATION}.1` },
]);

/** ePMP: access points, subscriber modules and point-to-point radios of Cambium's 802.11 line (Force, ePTP). */
export const profile: Profile = {
  match: [{ objectId: EPMP }],
  identity: {
    vendor: [{ text: 'Cambium' }],
    os: [{ text: 'epmp' }],
    model: [
      { oid: `${GENERAL}.33.0`, names: { '4': 'ePTP Slave', '5': 'ePTP Master' } },
      { oid: `${EPMP}.3.8.2.1.0`, names: { '1': 'ePMP AP', '2': 'ePMP SM' } },
    ],
    version: [{ oid: `${GENERAL}.17.0` }, { oid: `${GENERAL}.1.0`, pattern: /\d+(?:\.\d+)+\S*/ }],
    serial: [{ oid: `${GENERAL}.31.0` }, { oid: `${GENERAL}.30.0` }],
  },
  readings: [radio, stations],
};
