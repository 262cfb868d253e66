import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

const DAHUA = '1.3.6.1.4.1.1004849';
const DEVICE = `${DAHUA}.2.1`;

/** Dahua's recorders and cameras. */
export const profile: Profile = {
  match: [{ objectId: DAHUA }],
  identity: {
    vendor: [{ text: 'Dahua' }],
    os: [{ text: 'dahua-nvr' }],
    model: [{ oid: `${DEVICE}.2.6.0` }, { from: 'sysDescr' }],
    version: [{ oid: `${DEVICE}.1.1.0` }],
    serial: [{ oid: `${DEVICE}.2.4.0` }],
  },
  readings: [
    readingColumns([
      { group: 'usage', class: 'processor', value: `${DEVICE}.3`, label: { text: 'Processor' } },
      sensor('state', `${DEVICE}.2.8`, 'Device', { id: 'device' }),
    ]),
  ],
};
