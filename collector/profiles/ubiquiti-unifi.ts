import { defineTable, type Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { numberOf, textOf } from '../snmp/value.ts';

const UNIFI = '1.3.6.1.4.1.41112.1.6';

/** Stations of each virtual access point (UBNT-UniFi-MIB, unifiVapTable). */
const stations = defineTable({
  columns: { clients: `${UNIFI}.1.2.1.8`, essid: `${UNIFI}.1.2.1.6`, radio: `${UNIFI}.1.2.1.9` },
  dynamic: ['clients'],
  wants: (row) => row.clients !== undefined,
  read: (rows) =>
    [...rows].flatMap(([index, row]) => {
      const value = numberOf(row.clients);
      if (value === null || value < 0) return [];
      const label = `SSID: ${textOf(row.essid)} (${textOf(row.radio) || 'radio'})`;
      return [{ group: 'wireless' as const, class: 'clients', index, value, unit: '', label }];
    }),
});

/** Access points of Ubiquiti's UniFi line, as they answer themselves (not their controller). */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.41112', descr: /^(U|UAP|UK|UWB|UDM|E7)[\w-]* \d+\.\d+\.\d+/ }],
  identity: {
    vendor: [{ text: 'Ubiquiti' }],
    os: [{ text: 'unifi' }],
    model: [{ oid: `${UNIFI}.3.3.0` }, { from: 'sysDescr', pattern: /^(\S+) / }],
    version: [{ oid: `${UNIFI}.3.6.0` }, { from: 'sysDescr', pattern: /^\S+ (\S+)/ }],
    serial: [],
  },
  readings: [hrProcessors, hrStorage, stations],
};
