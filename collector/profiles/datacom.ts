import type { Profile } from '../profile.ts';
import { entitySensors } from '../readings/entity-sensors.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';

/** Older switches of Datacom, before DmOS. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.3709' }],
  identity: {
    vendor: [{ text: 'Datacom' }],
    os: [{ text: 'datacom' }],
    model: [{ oid: '1.3.6.1.2.1.47.1.1.1.1.13.1' }, { from: 'sysDescr', pattern: /^\S+/ }],
    version: [],
    serial: [{ oid: '1.3.6.1.2.1.47.1.1.1.1.11.1' }],
  },
  readings: [hrProcessors, hrStorage, entitySensors],
};
