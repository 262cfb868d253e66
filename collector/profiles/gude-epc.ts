import type { Profile } from '../profile.ts';
import { GUDE, gudeReadings } from '../readings/gude.ts';

/** Gude's power distribution and transfer switches. */
export const profile: Profile = {
  match: [{ objectId: GUDE, descr: /^(?:Expert Power Control|Expert PDU|Expert Net Control|Expert Transfer Switch)/ }],
  identity: {
    vendor: [{ text: 'Gude' }],
    os: [{ text: 'gude-epc' }],
    model: [{ from: 'sysDescr' }],
    // The product's number is part of the object's; its version comes first of all that is written so.
    version: [{ column: GUDE, pattern: /^\d+\.\d+(?:\.\d+)?$/ }],
    serial: [],
  },
  readings: [gudeReadings],
};
