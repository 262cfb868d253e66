import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { ucdMemory, ucdProcessor } from '../readings/ucd.ts';

const POWER = /^USP-/;

/** Power devices of the UniFi line: redundant power system, power distribution. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: POWER },
    { objectId: '1.3.6.1.4.1.41112', descr: POWER },
  ],
  identity: {
    vendor: [{ text: 'Ubiquiti' }],
    os: [{ text: 'unifi-usp' }],
    model: [{ from: 'sysDescr', pattern: /^(\S+)/ }],
    // Firmware is called by device and number.
    version: [{ from: 'sysDescr' }],
    serial: [],
  },
  readings: [hrProcessors, hrStorage, ucdProcessor, ucdMemory],
};
