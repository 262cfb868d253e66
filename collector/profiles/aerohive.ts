import type { Profile } from '../profile.ts';
import { channelMegahertz } from '../readings/ieee80211.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const AEROHIVE = '1.3.6.1.4.1.26928.1';
const SYSTEM = `${AEROHIVE}.2`;
const NAME = `${AEROHIVE}.1.1.2.1.1.1.1`;
const RADIO = `${AEROHIVE}.1.1.2.1.5.1`;

/** Scalars of AH-SYSTEM-MIB. */
const system = readingColumns([
  { group: 'wireless', class: 'clients', value: `${SYSTEM}.9`, label: { text: 'Clients' } },
  { group: 'sensor', class: 'temperature', value: `${SYSTEM}.10`, label: { text: 'Inside' } },
  { group: 'usage', class: 'processor', value: `${SYSTEM}.3`, label: { text: 'Processor' } },
  { group: 'usage', class: 'memory', value: `${SYSTEM}.4`, label: { text: 'Memory' } },
]);

/** Radios (AH-INTERFACE-MIB, ahRadioAttributeTable); the noise floor is an octet that should have a sign. */
const radios = readingColumns([
  {
    group: 'wireless',
    class: 'frequency',
    value: `${RADIO}.1`,
    label: NAME,
    convert: (channel) => channelMegahertz(channel),
  },
  { group: 'wireless', class: 'power', value: `${RADIO}.2`, label: NAME },
  {
    group: 'wireless',
    class: 'noise-floor',
    value: `${RADIO}.3`,
    label: NAME,
    absent: [0],
    convert: (noise) => (noise > 127 ? noise - 256 : noise),
  },
]);

/** Access points and switches of Aerohive, later Extreme's. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.26928' }],
  identity: {
    vendor: [{ text: 'Aerohive' }],
    os: [{ from: 'sysDescr', pattern: /^SR\d/, text: 'hiveos-network' }, { text: 'hiveos-wireless' }],
    model: [{ oid: `${SYSTEM}.6.0` }, { from: 'sysDescr', pattern: /^([^,\s]+),/ }],
    version: [
      { oid: `${SYSTEM}.12.0`, pattern: /^(?:HiveOS )?(.+)$/ },
      { from: 'sysDescr', pattern: /HiveOS (.+)$/ },
    ],
    serial: [{ oid: `${SYSTEM}.5.0` }],
  },
  readings: [system, radios],
};
