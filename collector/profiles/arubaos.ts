import type { Profile } from '../profile.ts';
import { channelMegahertz } from '../readings/ieee80211.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const SWITCH = '1.3.6.1.4.1.14823.2.2.1';
const SYSTEM = `${SWITCH}.2.1`;
const BASE = `${SWITCH}.1.1`;
const PROCESSOR = `${SYSTEM}.13.1`;
const MEMORY = `${BASE}.11.1`;
const RADIO = `${SWITCH}.5.2.1.5.1`;

/** Scalars of WLSX-SWITCH-MIB and WLSX-USER-MIB. */
const controller = readingColumns([
  { group: 'wireless', class: 'ap-count', value: `${SWITCH}.1.3.1`, label: { text: 'Access points' } },
  { group: 'wireless', class: 'clients', value: `${SWITCH}.1.3.2`, label: { text: 'Clients' } },
  { group: 'sensor', class: 'count', id: 'vpn', value: `${SWITCH}.4.1.4.2`, label: { text: 'VPN sessions' } },
  { group: 'sensor', class: 'state', id: 'role', value: `${BASE}.4`, label: { text: 'Role' } },
]);

/** WLSX-SYSTEMEXT-MIB: processors in percent, memory in kB of all. */
const processors = readingColumns([
  { group: 'usage', class: 'processor', value: `${PROCESSOR}.3`, label: `${PROCESSOR}.2` },
]);
const memory = readingColumns([
  { group: 'usage', class: 'memory', value: `${MEMORY}.3`, label: { text: 'Memory' }, of: `${MEMORY}.2` },
]);

/** Radios of the controller's access points (WLSX-WLAN-MIB, wlsxWlanRadioTable); power in halves of a dBm. */
const radios = readingColumns(
  [
    {
      group: 'wireless',
      class: 'frequency',
      value: `${RADIO}.3`,
      label: `${RADIO}.16`,
      inText: true,
      convert: (channel) => channelMegahertz(channel),
    },
    { group: 'wireless', class: 'power', value: `${RADIO}.4`, label: `${RADIO}.16`, scale: 0.5 },
    { group: 'wireless', class: 'utilization', value: `${RADIO}.6`, label: `${RADIO}.16` },
    { group: 'wireless', class: 'clients', id: 'radio', value: `${RADIO}.7`, label: `${RADIO}.16` },
  ],
  { maxRows: 512 },
);

/** Mobility controllers. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.14823.1.1' },
    { objectId: '1.3.6.1.4.1.14823' },
    { objectId: '1.3.6.1.4.1.6486.800.1.1.2.2.2', descr: /^AOS-W/ },
  ],
  identity: {
    vendor: [{ text: 'Aruba' }],
    os: [{ text: 'arubaos' }],
    model: [{ from: 'sysDescr', pattern: /MODEL: ([^)\s]+)/ }],
    version: [{ from: 'sysDescr', pattern: /Version (\S+)/ }],
    serial: [{ oid: `${BASE}.12.0` }],
  },
  readings: [controller, processors, memory, radios],
};
