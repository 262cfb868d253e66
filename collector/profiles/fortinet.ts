import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';

const FORTINET = '1.3.6.1.4.1.12356';

/** Other devices of Fortinet: FortiAnalyzer, FortiManager, FortiMail, FortiAuthenticator. */
export const profile: Profile = {
  match: [{ objectId: FORTINET }],
  identity: {
    vendor: [{ text: 'Fortinet' }],
    os: [
      { from: 'sysObjectID', pattern: /\.12356\.103\b/, text: 'fortios' },
      { from: 'sysObjectID', pattern: /\.12356\.105\b/, text: 'fortimail' },
      { from: 'sysObjectID', pattern: /\.12356\.113\b/, text: 'fortiauthenticator' },
    ],
    model: [{ oid: '1.3.6.1.2.1.47.1.1.1.1.13.1' }, { from: 'sysDescr', pattern: /^Forti\w+/ }],
    version: [{ oid: `${FORTINET}.103.2.1.1.0` }, { oid: `${FORTINET}.105.1.3.0` }],
    serial: [{ oid: `${FORTINET}.100.1.1.1.0` }, { oid: '1.3.6.1.2.1.47.1.1.1.1.11.1' }],
  },
  readings: [hrProcessors, hrStorage],
};
