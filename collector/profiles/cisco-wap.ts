import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';

/** Access points of Cisco: those for small businesses, and those that run without a controller. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.9.6.1.32' },
    { objectId: '1.3.6.1.4.1.9.6.1.34' },
    { objectId: '1.3.6.1.4.1.4413', descr: /Cisco Small Business WAP/ },
    { objectId: '1.3.6.1.4.1.9.1', descr: /^Cisco (?:IW|AIR-|C9)\w+.*MODE/ },
  ],
  identity: {
    vendor: [{ text: 'Cisco' }],
    os: [{ text: 'ciscowap' }],
    model: [
      { from: 'sysDescr', pattern: /\b(WAP\d+)\b/ },
      { from: 'sysDescr', pattern: /^Cisco (\S+)/ },
    ],
    version: [{ from: 'sysDescr', pattern: /Version (\S+)/ }],
    serial: [],
  },
  readings: [hrProcessors, hrStorage],
};
