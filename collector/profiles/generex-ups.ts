import type { Profile } from '../profile.ts';
import { UPS_IDENT, upsMib } from '../readings/ups-mib.ts';

/** UPS of many makers behind Generex' cards CS121 and CS141, and any other that gives UPS-MIB itself as its kind. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.2.1.33' }],
  identity: {
    vendor: [{ oid: UPS_IDENT.manufacturer }],
    os: [{ text: 'generex-ups' }],
    model: [{ oids: [UPS_IDENT.manufacturer, UPS_IDENT.model], join: ' ' }],
    version: [{ oid: UPS_IDENT.agentVersion }],
    serial: [],
  },
  readings: upsMib,
};
