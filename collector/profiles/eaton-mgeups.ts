import type { Profile } from '../profile.ts';
import { MG_IDENT, MG_UPS, mgBattery, mgLines, mgProbes, mgStates } from '../readings/mg-ups.ts';
import { upsMib } from '../readings/ups-mib.ts';
import { xups } from '../readings/xups.ts';

/** Eaton's UPS of MGE's line (5P, 5PX, 9PX, Evolution, Pulsar, Comet …) behind a Network-MS card. */
export const profile: Profile = {
  match: [{ objectId: MG_UPS }],
  identity: {
    vendor: [{ text: 'Eaton' }],
    os: [{ text: 'eaton-mgeups' }],
    model: [{ oids: [MG_IDENT.family, MG_IDENT.model], join: ' ' }],
    version: [{ oid: MG_IDENT.firmware }],
    serial: [{ oid: MG_IDENT.serial }],
  },
  readings: [...upsMib, ...xups, mgBattery, mgLines('percent', false), mgProbes, mgStates],
};
