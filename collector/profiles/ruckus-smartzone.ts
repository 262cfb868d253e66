import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const SMARTZONE = '1.3.6.1.4.1.25053.1.4';
const STATISTICS = `${SMARTZONE}.1.1.1.15`;
const WLAN = `${SMARTZONE}.2.1.1.1.2.1`;
const NODE = '1.3.6.1.4.1.25053.1.8.1.1.1.1.1.1';
const COUNTRY = '1.3.6.1.4.1.25053.1.8.1.1.1.1.3.1.4';

/** Where SmartCell Gateways keep the same (RUCKUS-SCG-SYSTEM-MIB). */
const GATEWAY_STATISTICS = '1.3.6.1.4.1.25053.1.3.1.1.1.15';

/** Scalars of RUCKUS-SZ-SYSTEM-MIB. */
const controller = readingColumns([
  {
    group: 'wireless',
    class: 'ap-count',
    id: 'gateway',
    value: `${GATEWAY_STATISTICS}.1`,
    label: { text: 'Known APs' },
  },
  { group: 'wireless', class: 'clients', id: 'gateway', value: `${GATEWAY_STATISTICS}.2`, label: { text: 'Clients' } },
  { group: 'wireless', class: 'ap-count', id: 'known', value: `${STATISTICS}.1`, label: { text: 'Known APs' } },
  { group: 'wireless', class: 'clients', value: `${STATISTICS}.2`, label: { text: 'Clients' } },
]);

/** Clients of each network (RUCKUS-SZ-WLAN-MIB). */
const wlans = readingColumns([
  { group: 'wireless', class: 'clients', id: 'wlan', value: `${WLAN}.12`, label: `${WLAN}.1` },
]);

/** Access points of each node of the cluster (RUCKUS-CTRL-MIB). */
const nodes = readingColumns([
  { group: 'wireless', class: 'ap-count', id: 'node', value: `${NODE}.19`, label: { text: 'Connected APs' } },
]);

/** SmartZone controllers, virtual ones and SmartCell Gateways too. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.25053.3.1.11' }, { objectId: '1.3.6.1.4.1.25053.3.1.10' }],
  identity: {
    vendor: [{ text: 'Ruckus' }],
    os: [{ text: 'ruckuswireless-sz' }],
    model: [{ column: `${NODE}.3` }, { from: 'sysDescr' }],
    version: [
      { parts: [{ column: `${NODE}.9` }, { column: COUNTRY, pattern: /.+/, text: '($1)' }], join: ' ' },
      { column: `${NODE}.9` },
    ],
    serial: [{ oid: `${STATISTICS}.13.0` }],
  },
  readings: [controller, wlans, nodes, hrProcessors, hrStorage],
};
