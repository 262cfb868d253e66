import type { Profile, TextSource } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { UPS_IDENT, UPS_MIB, upsMib } from '../readings/ups-mib.ts';

/** upsBatteryStatus, which every UPS has. */
const BATTERY = { oid: `${UPS_MIB}.2.1.0`, pattern: /^[1-4]$/ } as const;

/** Cards that tell their UPS by UPS-MIB alone, or best by it. */
const CARDS: readonly (readonly [objectId: string, os: string])[] = [
  ['1.3.6.1.4.1.232.165.3', 'hpe-rtups'],
  ['1.3.6.1.4.1.850.1.1', 'poweralert'],
  ['1.3.6.1.4.1.2468.1.2.1', 'webpower-smart2'],
  ['1.3.6.1.4.1.5491', 'netmanplus'],
  ['1.3.6.1.4.1.6050.5', 'gamatronicups'],
  ['1.3.6.1.4.1.13891.101', 'sinetica'],
  ['1.3.6.1.4.1.13400.2.54', 'vertiv-ita2'],
];

const osOf = ([objectId, os]: readonly [objectId: string, os: string]): TextSource => ({
  from: 'sysObjectID',
  pattern: new RegExp(`^${objectId.replaceAll('.', '\\.')}(?:\\.|$)`),
  text: os,
});

/** Any UPS with the standard MIB. */
export const profile: Profile = {
  match: [
    ...CARDS.map(([objectId]) => ({ objectId })),
    { objectId: '1.3.6.1.4.1.850.1', descr: /^PowerAlert/i },
    { object: BATTERY },
    // Cards with Linux inside.
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux /, object: BATTERY },
  ],
  identity: {
    vendor: [{ oid: UPS_IDENT.manufacturer }],
    os: [...CARDS.map(osOf), { from: 'sysDescr', pattern: /^PowerAlert/i, text: 'poweralert' }],
    model: [{ oid: UPS_IDENT.model }],
    version: [{ oid: UPS_IDENT.agentVersion }, { oid: UPS_IDENT.upsVersion }],
    serial: [],
  },
  readings: [...upsMib, hrProcessors, hrStorage],
};
