import type { Profile } from '../profile.ts';
import { entitySensors } from '../readings/entity-sensors.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { ucdReadings } from '../readings/ucd.ts';

const ENT_PHYSICAL = '1.3.6.1.2.1.47.1.1.1.1';

/** What the standard MIBs tell of any device; the first row of ENTITY-MIB (RFC 6933) is the chassis. */
export const profile: Profile = {
  match: [],
  identity: {
    vendor: [{ oid: `${ENT_PHYSICAL}.12.1` }],
    os: [],
    model: [{ oid: `${ENT_PHYSICAL}.13.1` }],
    version: [{ oid: `${ENT_PHYSICAL}.10.1` }],
    serial: [{ oid: `${ENT_PHYSICAL}.11.1` }],
  },
  readings: [hrProcessors, hrStorage, ...ucdReadings, entitySensors],
};
