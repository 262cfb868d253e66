import type { Profile } from '../profile.ts';
import { GUDE, gudeReadings } from '../readings/gude.ts';

/** Gude's sensor boxes. */
export const profile: Profile = {
  match: [{ objectId: GUDE, descr: /^(?:Expert Sensor Box)/ }],
  identity: {
    vendor: [{ text: 'Gude' }],
    os: [{ text: 'gude-esb' }],
    model: [{ from: 'sysDescr' }],
    // The product's number is part of the object's; its version comes first of all that is written so.
    version: [{ column: GUDE, pattern: /^\d+\.\d+(?:\.\d+)?$/ }],
    serial: [],
  },
  readings: [gudeReadings],
};
