import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { ucdReadings } from '../readings/ucd.ts';

/** Access points of Alta Labs, on net-snmp. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Alta \S+ / }],
  identity: {
    vendor: [{ text: 'Alta Labs' }],
    os: [{ text: 'altalabs-ap' }],
    model: [{ from: 'sysDescr', pattern: /^Alta (\S+)/ }],
    version: [{ from: 'sysDescr', pattern: /^Alta \S+ (\S+)/ }],
    serial: [],
  },
  readings: [hrProcessors, hrStorage, ...ucdReadings],
};
