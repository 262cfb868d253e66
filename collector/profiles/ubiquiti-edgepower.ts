import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { EDGEMAX, EDGEMAX_MODEL, EDGEMAX_SERIAL, EDGEMAX_VERSION, edgemaxReadings } from '../readings/ubnt-edgemax.ts';

const bays = readingColumns([
  { group: 'sensor', class: 'count', id: 'psu', value: `${EDGEMAX}.3.1`, label: { text: 'Power supplies' } },
]);

/** Power systems with batteries: EdgePower and UISP Power. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.10002.1', descr: /^Linux /, object: { oid: EDGEMAX_MODEL } },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux /, object: { oid: EDGEMAX_MODEL } },
    { objectId: '1.3.6.1.4.1.41112', descr: /^Linux /, object: { oid: EDGEMAX_MODEL } },
  ],
  identity: {
    vendor: [{ text: 'Ubiquiti' }],
    os: [{ text: 'edgeos-ep' }],
    model: [{ oid: EDGEMAX_MODEL }],
    version: [{ oid: EDGEMAX_VERSION }],
    serial: [{ oid: EDGEMAX_SERIAL }],
  },
  readings: [...edgemaxReadings, bays, hrProcessors, hrStorage],
};
