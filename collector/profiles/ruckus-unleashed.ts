import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const UNLEASHED = '1.3.6.1.4.1.25053.1.15';
const INFO = `${UNLEASHED}.1.1.1.1`;
const STATISTICS = `${UNLEASHED}.1.1.1.15`;
const WLAN = `${UNLEASHED}.2.1.1.1.1.1`;
const AP = `${UNLEASHED}.2.1.1.2.1.1`;

/** Scalars of RUCKUS-UNLEASHED-SYSTEM-MIB. */
const network = readingColumns([
  { group: 'wireless', class: 'ap-count', id: 'connected', value: `${STATISTICS}.1`, label: { text: 'Connected APs' } },
  { group: 'wireless', class: 'ap-count', id: 'known', value: `${STATISTICS}.15`, label: { text: 'Known APs' } },
  { group: 'wireless', class: 'clients', value: `${STATISTICS}.2`, label: { text: 'Clients' } },
  { group: 'usage', class: 'processor', value: `${STATISTICS}.13`, label: { text: 'Processor' } },
  { group: 'usage', class: 'memory', value: `${STATISTICS}.14`, label: { text: 'Memory' } },
]);

/** Networks and access points (RUCKUS-UNLEASHED-WLAN-MIB, columns as ZoneDirector's). */
const wlans = readingColumns([
  { group: 'wireless', class: 'clients', id: 'wlan', value: `${WLAN}.12`, label: `${WLAN}.1` },
]);
const accessPoints = readingColumns([
  { group: 'wireless', class: 'clients', id: 'ap', value: `${AP}.15`, label: `${AP}.2` },
  { group: 'sensor', class: 'state', id: 'ap', value: `${AP}.3`, label: `${AP}.2` },
]);

/** Networks of access points of which one is the master; they answer with a ZoneDirector's sysObjectID. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.25053.3.1.5', descr: /^Ruckus Wireless (?!ZD)/ },
    { objectId: '1.3.6.1.4.1.25053', object: { oid: `${INFO}.9.0` } },
    { objectId: '1.3.6.1.4.1.25053.3.1.4', object: { oid: `${INFO}.9.0` } },
  ],
  identity: {
    vendor: [{ text: 'Ruckus' }],
    os: [{ text: 'ruckuswireless-unleashed' }],
    model: [{ oid: `${INFO}.9.0` }, { from: 'sysDescr', pattern: /^Ruckus Wireless (\S+)/ }],
    version: [
      { parts: [{ oid: `${INFO}.18.0` }, { oid: `${INFO}.20.0`, pattern: /.+/, text: '($1)' }], join: ' ' },
      { oid: `${INFO}.18.0` },
    ],
    serial: [{ oid: `${INFO}.15.0` }],
  },
  readings: [network, wlans, accessPoints, hrProcessors, hrStorage],
};
