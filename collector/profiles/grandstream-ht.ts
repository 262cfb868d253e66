import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { ucdReadings } from '../readings/ucd.ts';

/** Voice adapters of Grandstream (HT8xx), on net-snmp. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux HT\d/ }],
  identity: {
    vendor: [{ text: 'Grandstream' }],
    os: [{ text: 'grandstream-ht' }],
    model: [{ from: 'sysDescr', pattern: /^Linux (HT\w+)/ }],
    version: [{ from: 'sysDescr', pattern: /-v(\d+(?:\.\d+)+)/ }],
    serial: [{ oid: '1.3.6.1.4.1.42397.1.2.1.0' }],
  },
  readings: [hrProcessors, hrStorage, ...ucdReadings],
};
