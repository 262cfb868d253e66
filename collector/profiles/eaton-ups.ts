import type { Profile } from '../profile.ts';
import { upsMib } from '../readings/ups-mib.ts';
import { XUPS, XUPS_IDENT, xups } from '../readings/xups.ts';

/** Eaton's and Powerware's UPS behind a card that answers with XUPS-MIB: ConnectUPS, Network-M2, Gigabit Network Card. */
export const profile: Profile = {
  match: [{ objectId: XUPS }],
  identity: {
    vendor: [{ text: 'Eaton' }],
    os: [
      { oid: XUPS_IDENT.card, pattern: /./, text: 'eatonupsm2' },
      { from: 'sysDescr', pattern: /^Eaton /, text: 'eatonupsm2' },
      { text: 'eatonups' },
    ],
    model: [{ oid: XUPS_IDENT.model }],
    version: [{ oid: XUPS_IDENT.software }],
    serial: [{ oid: XUPS_IDENT.serial }],
  },
  readings: [...upsMib, ...xups],
};
