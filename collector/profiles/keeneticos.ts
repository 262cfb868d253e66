import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { ucdReadings } from '../readings/ucd.ts';

const ENT_PHYSICAL = '1.3.6.1.2.1.47.1.1.1.1';

/** Routers of Keenetic; its agent gives the row of the chassis as 0. */
export const profile: Profile = {
  match: [{ descr: /KeeneticOS/ }, { objectId: '1.3.6.1.4.1', descr: /KeeneticOS/ }],
  identity: {
    vendor: [{ text: 'Keenetic' }],
    os: [{ text: 'keeneticos' }],
    model: [{ from: 'sysDescr', pattern: /^(.+?)\s*\(KeeneticOS/ }, { oid: `${ENT_PHYSICAL}.13.0` }],
    version: [{ from: 'sysDescr', pattern: /KeeneticOS\s+([^\s)]+)/ }],
    serial: [{ oid: `${ENT_PHYSICAL}.11.0` }],
  },
  readings: [hrProcessors, hrStorage, ...ucdReadings],
};
