import type { Profile } from '../profile.ts';
import { UPS_IDENT, upsMib } from '../readings/ups-mib.ts';

/** DeltaUPS-MIB, dupsIdent. */
const IDENT = '1.3.6.1.4.1.2254.2.4.1';

/** Delta's UPS, also under other makers' names. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.2254.2' }],
  identity: {
    vendor: [{ text: 'Delta' }],
    os: [{ text: 'deltaups' }],
    model: [{ oids: [`${IDENT}.1.0`, `${IDENT}.2.0`], join: ' ' }, { oid: UPS_IDENT.model }],
    version: [{ oid: `${IDENT}.3.0` }, { oid: UPS_IDENT.upsVersion }],
    serial: [],
  },
  readings: upsMib,
};
