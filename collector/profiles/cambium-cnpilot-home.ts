import type { Profile } from '../profile.ts';

/** Home routers of the cnPilot R line; their agent names no product. */
export const profile: Profile = {
  match: [{ descr: /^cnPilot R/i }, { objectId: '1.3.6.1.4.1.17713', descr: /^cnPilot R/i }],
  identity: {
    vendor: [{ text: 'Cambium' }],
    os: [{ text: 'cnpilotr' }],
    model: [{ from: 'sysDescr', pattern: /^cnPilot (\S+)/i }],
    version: [{ from: 'sysDescr', pattern: /^cnPilot \S+ (\S+)/i }],
    serial: [],
  },
  readings: [],
};
