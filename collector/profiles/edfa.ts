import type { Profile } from '../profile.ts';

/** Optical amplifiers for television over fibre, which keep NSCRTV's number. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.17409.1' }],
  identity: {
    vendor: [],
    os: [{ from: 'sysObjectID', pattern: /^1\.3\.6\.1\.4\.1\.17409\.1\.11\b/, text: 'gw-eydfa' }, { text: 'edfa' }],
    model: [{ from: 'sysDescr', pattern: /^[A-Z]+-\d[\w-]+/ }],
    version: [{ from: 'sysDescr', pattern: /^V\d[\d.]*/ }],
    serial: [],
  },
  readings: [],
};
