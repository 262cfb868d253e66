import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { lmSensors } from '../readings/lm-sensors.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { ucdReadings } from '../readings/ucd.ts';

const SYNOLOGY = '1.3.6.1.4.1.6574';
/** SYNOLOGY-SYSTEM-MIB */
const SYSTEM = `${SYNOLOGY}.1`;
/** SYNOLOGY-DISK-MIB, diskTable */
const DISK = `${SYNOLOGY}.2.1.1`;
/** SYNOLOGY-RAID-MIB, raidTable */
const RAID = `${SYNOLOGY}.3.1.1`;

/** States are 1 normal, 2 failed; those of disks and volumes go further, 1 being normal. */
const states = readingColumns([
  { group: 'sensor', class: 'temperature', value: `${SYSTEM}.2`, label: { text: 'System' } },
  { group: 'sensor', class: 'state', value: `${SYSTEM}.1`, label: { text: 'System' }, id: 'system' },
  { group: 'sensor', class: 'state', value: `${SYSTEM}.3`, label: { text: 'Power' }, id: 'power' },
  { group: 'sensor', class: 'state', value: `${SYSTEM}.4.1`, label: { text: 'System fan' }, id: 'system-fan' },
  { group: 'sensor', class: 'state', value: `${SYSTEM}.4.2`, label: { text: 'Processor fan' }, id: 'cpu-fan' },
]);
const disks = readingColumns([
  { group: 'sensor', class: 'temperature', value: `${DISK}.6`, label: `${DISK}.2`, id: 'disk', absent: [0] },
  { group: 'sensor', class: 'state', value: `${DISK}.5`, label: `${DISK}.2`, id: 'disk' },
]);
const volumes = readingColumns([
  { group: 'sensor', class: 'state', value: `${RAID}.3`, label: `${RAID}.2`, id: 'volume' },
]);

/** Network storage of Synology, which keeps recordings of cameras in many an agency. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux /, object: { oid: `${SYSTEM}.5.1.0` } }],
  identity: {
    vendor: [{ text: 'Synology' }],
    os: [{ text: 'dsm' }],
    model: [{ oid: `${SYSTEM}.5.1.0` }],
    version: [{ oid: `${SYSTEM}.5.3.0`, pattern: /DSM\s+(\S+)/ }],
    serial: [{ oid: `${SYSTEM}.5.2.0` }],
  },
  readings: [hrProcessors, hrStorage, ...ucdReadings, ...lmSensors, states, disks, volumes],
};
