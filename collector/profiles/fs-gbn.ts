import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { freeOf, idle, usage } from '../readings/usage.ts';

/** GBNPlatformOAM-MIB */
const OAM = '1.3.6.1.4.1.13464.1.2.1.1.2';

/** Switches and optical line terminals of GBN (Grandbuy), which FS and others sell. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.13464' }],
  identity: {
    vendor: [{ from: 'sysDescr', pattern: /^FS\b/ }, { text: 'GBN' }],
    os: [{ text: 'fs-gbn' }],
    model: [{ oid: `${OAM}.15.0` }],
    version: [{ oid: `${OAM}.2.0` }],
    serial: [{ oid: `${OAM}.19.0` }],
  },
  readings: [
    readingColumns([
      usage('processor', `${OAM}.11`, '', { label: `${OAM}.5`, ...idle }),
      usage('memory', `${OAM}.13`, 'Memory', {
        ...freeOf(`${OAM}.12`),
      }),
    ]),
  ],
};
