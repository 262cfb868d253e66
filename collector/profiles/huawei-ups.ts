import type { Profile } from '../profile.ts';
import { UPS_IDENT, upsMib } from '../readings/ups-mib.ts';

/** UPS of Huawei behind its SNMP card, which speaks UPS-MIB. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.2011.6.174' }],
  identity: {
    vendor: [{ text: 'Huawei' }],
    os: [{ text: 'huaweiups' }],
    model: [{ oid: UPS_IDENT.model }, { from: 'sysDescr', pattern: /\b(UPS\d\w*)/ }],
    version: [{ oid: UPS_IDENT.upsVersion }, { oid: UPS_IDENT.agentVersion }],
    serial: [],
  },
  readings: [...upsMib],
};
