import type { Profile } from '../profile.ts';
import { fastpathReadings } from '../readings/broadcom-fastpath.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';

/** FASTPATH's tables under Netgear's number: managed switches, and smart ones. */
const MANAGED = '1.3.6.1.4.1.4526.10';
const SMART = '1.3.6.1.4.1.4526.11';

/** Switches of Netgear. Some give a sysObjectID that holds its own beginning twice. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.4526' }, { objectId: '1.3.6.1.4.1.89.1.1.1.3.6.1.4.1.4526' }],
  identity: {
    vendor: [{ text: 'Netgear' }],
    os: [{ text: 'netgear' }],
    model: [
      { oid: `${MANAGED}.1.1.1.3.0` },
      { oid: `${SMART}.1.1.1.3.0` },
      { from: 'sysDescr', pattern: /^(?:NETGEAR )?([A-Z]{2,}\d\w+)/i },
    ],
    version: [{ oid: `${MANAGED}.1.1.1.13.0` }, { oid: `${SMART}.1.1.1.13.0` }],
    serial: [{ oid: `${MANAGED}.1.1.1.4.0` }, { oid: `${SMART}.1.1.1.4.0` }],
  },
  readings: [...fastpathReadings(MANAGED), hrProcessors, hrStorage],
};
