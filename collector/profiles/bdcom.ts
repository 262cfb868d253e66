import type { Profile } from '../profile.ts';
import { bdcomIdentity, bdcomReadings } from '../readings/bdcom.ts';

const BDCOM = '1.3.6.1.4.1.3320';

/** Optical line terminals, switches and routers of BDCOM. */
export const profile: Profile = {
  match: [{ objectId: BDCOM }],
  identity: { vendor: [{ text: 'BDCOM' }], os: [{ text: 'bdcom' }], ...bdcomIdentity(BDCOM) },
  readings: bdcomReadings(BDCOM),
};
