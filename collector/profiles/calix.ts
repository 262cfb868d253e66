import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';

const CALIX = '1.3.6.1.4.1.6321';
/** A terminal of the subscriber: model, serial and software, padded with zeros. */
const ONT = `${CALIX}.1.2.5.4`;

/** Access nodes and terminals of Calix. */
export const profile: Profile = {
  match: [{ objectId: CALIX }, { objectId: '1.3.6.1.4.1.6066.1' }],
  identity: {
    vendor: [{ text: 'Calix' }],
    os: [
      { from: 'sysObjectID', pattern: /^1\.3\.6\.1\.4\.1\.6066\b/, text: 'occamos' },
      { from: 'sysObjectID', pattern: /^1\.3\.6\.1\.4\.1\.6321\.1\.2\.2\.5\b/, text: 'exa' },
      { text: 'calix' },
    ],
    model: [
      { oid: `${ONT}.2.0`, pattern: /^[\w-]+/ },
      { from: 'sysDescr', pattern: /^(?:Calix ONT )?([A-Z\d][\w-]*(?: \d\S*)?)/ },
    ],
    version: [
      { oid: `${ONT}.4.0`, pattern: /^[\w.-]+/ },
      { from: 'sysDescr', pattern: /\b(\d+\.\d+\.\d[\d.]*)/ },
    ],
    serial: [{ oid: `${ONT}.3.0`, pattern: /^\w+/ }],
  },
  readings: [hrProcessors, hrStorage],
};
