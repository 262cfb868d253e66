import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { ucdReadings } from '../readings/ucd.ts';

const EAP = '1.3.6.1.4.1.11863.10.1';

const clients = readingColumns([
  { group: 'wireless', class: 'clients', value: `${EAP}.1.1`, label: { text: 'Clients' } },
]);

/** Omada access points (EAP); older ones answer with net-snmp's sysObjectID. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.11863.10' },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', object: { oid: `${EAP}.1.1.0` } },
  ],
  identity: {
    vendor: [{ text: 'TP-Link' }],
    os: [{ text: 'tplink-eap' }],
    model: [{ oid: `${EAP}.10.3.0` }, { from: 'sysName', pattern: /^EAP\S*/ }],
    version: [{ oid: `${EAP}.10.5.0` }, { from: 'sysDescr' }],
    serial: [],
  },
  readings: [clients, hrProcessors, hrStorage, ...ucdReadings],
};
