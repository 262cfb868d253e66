import type { Profile } from '../profile.ts';
import { UPS_IDENT, upsMib } from '../readings/ups-mib.ts';

/** PowerWalker's UPS behind a card of CyberPower that answers with UPS-MIB. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.3808.1.1.1', descr: /^Power Management Card/ }],
  identity: {
    vendor: [{ text: 'PowerWalker' }],
    os: [{ text: 'powerwalker-vfi' }],
    model: [{ oid: UPS_IDENT.model }],
    version: [{ oid: UPS_IDENT.upsVersion }],
    serial: [],
  },
  readings: upsMib,
};
