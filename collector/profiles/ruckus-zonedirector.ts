import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const ZD = '1.3.6.1.4.1.25053.1.2';
const INFO = `${ZD}.1.1.1.1`;
const EXTENDED = `${ZD}.1.1.1.5`;
const STATISTICS = `${ZD}.1.1.1.15`;
const WLAN = `${ZD}.2.1.1.1.1.1`;
const AP = `${ZD}.2.1.1.2.1.1`;

/** Scalars of RUCKUS-ZD-SYSTEM-MIB. */
const controller = readingColumns([
  { group: 'wireless', class: 'ap-count', id: 'connected', value: `${STATISTICS}.1`, label: { text: 'Connected APs' } },
  { group: 'wireless', class: 'ap-count', id: 'known', value: `${STATISTICS}.15`, label: { text: 'Known APs' } },
  { group: 'wireless', class: 'clients', value: `${STATISTICS}.2`, label: { text: 'Clients' } },
  { group: 'usage', class: 'processor', value: `${EXTENDED}.58`, label: { text: 'Processor' } },
  { group: 'usage', class: 'memory', value: `${EXTENDED}.59`, label: { text: 'Memory' } },
  // 1 master, 2 standby, 3 no redundancy.
  { group: 'sensor', class: 'state', id: 'redundancy', value: `${INFO}.30`, label: { text: 'Redundancy' } },
]);

/** Networks and access points (RUCKUS-ZD-WLAN-MIB). */
const wlans = readingColumns([
  { group: 'wireless', class: 'clients', id: 'wlan', value: `${WLAN}.12`, label: `${WLAN}.1` },
]);
const accessPoints = readingColumns([
  { group: 'wireless', class: 'clients', id: 'ap', value: `${AP}.15`, label: `${AP}.2` },
  // 0 disconnected, 1 connected, 2 waiting for approval, 3 upgrading, 4 provisioning.
  { group: 'sensor', class: 'state', id: 'ap', value: `${AP}.3`, label: `${AP}.2` },
]);

/** ZoneDirector controllers. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.25053.3.1.5' }],
  identity: {
    vendor: [{ text: 'Ruckus' }],
    os: [{ text: 'ruckuswireless' }],
    model: [{ oid: `${INFO}.9.0` }, { from: 'sysDescr', pattern: /^Ruckus Wireless (\S+)/ }],
    version: [
      { parts: [{ oid: `${INFO}.18.0` }, { oid: `${INFO}.20.0`, pattern: /.+/, text: '($1)' }], join: ' ' },
      { oid: `${INFO}.18.0` },
    ],
    serial: [{ oid: `${INFO}.15.0` }],
  },
  readings: [controller, wlans, accessPoints],
};
