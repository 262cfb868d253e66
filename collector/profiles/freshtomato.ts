import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { EXTEND_ARGS, EXTEND_FIRST_LINE, extendIndex } from '../readings/net-snmp-extend.ts';
import { ucdReadings } from '../readings/ucd.ts';

const NET_SNMP_LINUX = '1.3.6.1.4.1.8072.3.2.10';
const PLACES = [EXTEND_FIRST_LINE, EXTEND_ARGS];

/** Routers with FreshTomato, whose agent has scripts that name device and version. */
export const profile: Profile = {
  match: [
    { objectId: NET_SNMP_LINUX, descr: /^Linux \S*Tomato/i },
    ...PLACES.map((place) => ({
      objectId: NET_SNMP_LINUX,
      descr: /^Linux /,
      object: { oid: `${place}.${extendIndex('version')}`, pattern: /Tomato/i },
    })),
  ],
  identity: {
    vendor: [{ text: 'FreshTomato' }],
    os: [{ text: 'freshtomato' }],
    model: PLACES.map((place) => ({ oid: `${place}.${extendIndex('device')}` })),
    version: PLACES.map((place) => ({ oid: `${place}.${extendIndex('version')}`, pattern: /Tomato\s+(\S+)/i })),
    serial: [],
  },
  readings: [hrProcessors, hrStorage, ...ucdReadings],
};
