import type { Profile } from '../profile.ts';
import { eatonDcIdentity, eatonDcSystem } from '../readings/eaton-sc.ts';

const SC200 = '1.3.6.1.4.1.1918.2.13';
const IDENT = eatonDcIdentity(`${SC200}.10`);

/** Eaton's controller SC200 of DC power systems. */
export const profile: Profile = {
  match: [{ objectId: SC200 }],
  identity: {
    vendor: [{ text: 'Eaton' }],
    os: [{ text: 'eaton-sc200' }],
    model: [{ oid: IDENT.model }],
    version: [
      {
        parts: [
          { oid: IDENT.hardware, pattern: /(.+)/, text: 'HW:$1' },
          { oid: IDENT.software, pattern: /(.+)/, text: 'SW:$1' },
        ],
        join: ' ',
      },
      { from: 'sysDescr', pattern: /version (\S+)/ },
    ],
    serial: [
      {
        parts: [
          { oid: IDENT.serial, pattern: /(.+)/, text: 'System:$1' },
          { oid: IDENT.product, pattern: /(.+)/, text: 'Product:$1' },
        ],
        join: ' ',
      },
    ],
  },
  readings: eatonDcSystem(`${SC200}.10`),
};
