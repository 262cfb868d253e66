import { defineTable, type Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { numberOf, textOf } from '../snmp/value.ts';

const MIKROTIK = '1.3.6.1.4.1.14988.1.1';

/** Clients of each radio that serves a network (MIKROTIK-MIB, mtxrWlApTable). */
const wirelessClients = defineTable({
  columns: { clients: `${MIKROTIK}.1.3.1.6`, ssid: `${MIKROTIK}.1.3.1.4` },
  dynamic: ['clients'],
  wants: (row) => row.clients !== undefined,
  read: (rows) =>
    [...rows].flatMap(([index, row]) => {
      const value = numberOf(row.clients);
      if (value === null || value < 0) return [];
      return [
        { group: 'wireless' as const, class: 'clients', index, value, unit: '', label: `SSID: ${textOf(row.ssid)}` },
      ];
    }),
});

/** Routers, access points and radios of MikroTik. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.14988.1' }],
  identity: {
    vendor: [{ text: 'MikroTik' }],
    os: [{ text: 'routeros' }],
    model: [{ from: 'sysDescr', pattern: /^RouterOS (\S+)/ }, { oid: `${MIKROTIK}.7.8.0` }],
    version: [{ oid: `${MIKROTIK}.4.4.0` }],
    serial: [{ oid: `${MIKROTIK}.7.3.0` }],
  },
  readings: [hrProcessors, hrStorage, wirelessClients],
};
