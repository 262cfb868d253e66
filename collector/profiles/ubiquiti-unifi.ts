import type { Profile } from '../profile.ts';
import { frogfootMemory } from '../readings/frogfoot.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { ucdMemory, ucdProcessor } from '../readings/ucd.ts';
import { UNIFI, unifiNetworks } from '../readings/unifi-networks.ts';

const RADIO = `${UNIFI}.1.1.1`;
const MODEL = `${UNIFI}.3.3.0`;

const band = `${RADIO}.3`;

/** How full the air is (unifiRadioTable). */
const radios = readingColumns([
  { group: 'wireless', class: 'utilization', id: 'total', value: `${RADIO}.6`, label: band },
  { group: 'wireless', class: 'utilization', id: 'rx', value: `${RADIO}.7`, label: band },
  { group: 'wireless', class: 'utilization', id: 'tx', value: `${RADIO}.8`, label: band },
  { group: 'wireless', class: 'utilization', id: 'other', value: `${RADIO}.9`, label: band },
]);

/** Access points of Ubiquiti's UniFi line, as they answer themselves (not their controller). */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.41112', descr: /^(U|UAP|UK|UWB|UDM|E7)[\w-]* \d+\.\d+\.\d+/ },
    { objectId: '1.3.6.1.4.1.41112', descr: /^(Linux|U)/, object: { oid: MODEL } },
    { objectId: '1.3.6.1.4.1.10002.1', descr: /^(Linux|U)/, object: { oid: MODEL } },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^(Linux|U)/, object: { oid: MODEL } },
  ],
  identity: {
    vendor: [{ text: 'Ubiquiti' }],
    os: [{ text: 'unifi' }],
    model: [{ oid: MODEL }, { from: 'sysDescr', pattern: /^(?!Linux)(\S+) / }],
    version: [{ oid: `${UNIFI}.3.6.0` }, { from: 'sysDescr', pattern: /^(?!Linux)\S+ (\S+)/ }],
    serial: [],
  },
  readings: [hrProcessors, hrStorage, ucdProcessor, ucdMemory, frogfootMemory, radios, unifiNetworks],
};
