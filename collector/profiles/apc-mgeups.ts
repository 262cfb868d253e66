import type { Profile } from '../profile.ts';
import { MG_IDENT, MG_UPS, mgBattery, mgLines, mgProbes, mgStates } from '../readings/mg-ups.ts';
import { upsMib } from '../readings/ups-mib.ts';

/** Galaxy UPS of MGE, later of APC and Schneider Electric: they tell voltages between phases in their own MIB. */
export const profile: Profile = {
  match: [{ objectId: MG_UPS, descr: /\bGalaxy\b/i }],
  identity: {
    vendor: [{ text: 'APC' }],
    os: [{ text: 'apc-mgeups' }],
    model: [{ oids: [MG_IDENT.family, MG_IDENT.model], join: ' ' }],
    version: [{ oid: MG_IDENT.firmware }],
    serial: [{ oid: MG_IDENT.serial }],
  },
  readings: [...upsMib, mgBattery, mgLines('kilovoltampere', true), mgProbes, mgStates],
};
