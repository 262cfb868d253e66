import type { Profile } from '../profile.ts';
import { bdcomIdentity, bdcomReadings } from '../readings/bdcom.ts';

const FS = '1.3.6.1.4.1.52642';

/** Switches that BDCOM makes for FS. */
export const profile: Profile = {
  match: [{ objectId: `${FS}.1` }],
  identity: { vendor: [{ text: 'FS' }], os: [{ text: 'fs-bdcom' }], ...bdcomIdentity(FS) },
  readings: bdcomReadings(FS),
};
