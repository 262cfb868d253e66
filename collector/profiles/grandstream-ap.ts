import { defineTable, type ProbeReading, type Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { textOf } from '../snmp/value.ts';

/** GRANDSTREAM-GWN-MIB */
const GWN = '1.3.6.1.4.1.42397.1.1';
const RADIO = `${GWN}.3.1.1`;

/** Names of networks, a row for each radio that has them, and the network of each client, a row for its address. */
const clients = defineTable({
  columns: { network: `${GWN}.3.2.1.2`, client: `${GWN}.3.3.1.4` },
  dynamic: ['client'],
  wants: (row) => row.client !== undefined,
  read(rows): readonly ProbeReading[] {
    const counts = new Map<string, number>();
    let total = 0;
    for (const { network, client } of rows.values()) {
      // What joins the access points of a mesh is no network of people.
      const name = textOf(network);
      if (name !== '' && !name.startsWith('GWN-MESH-')) counts.set(name, counts.get(name) ?? 0);
      if (client === undefined) continue;
      counts.set(textOf(client), (counts.get(textOf(client)) ?? 0) + 1);
      total++;
    }
    const reading = (index: string, value: number, label: string): ProbeReading => ({
      group: 'wireless',
      class: 'clients',
      index,
      value,
      unit: '',
      label,
    });
    return [
      ...[...counts].map(([name, count]) => reading(`ssid.${name}`, count, `SSID: ${name}`)),
      reading('total', total, 'Clients'),
    ];
  },
});

/** Access points of Grandstream's GWN line. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux Grandstream/ },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux/, object: { oid: `${GWN}.2.1.0` } },
    { objectId: '1.3.6.1.4.1.42397' },
  ],
  identity: {
    vendor: [{ text: 'Grandstream' }],
    os: [{ text: 'grandstream-ap' }],
    model: [{ oid: `${GWN}.2.1.0` }],
    version: [{ oid: `${GWN}.2.4.0` }],
    serial: [],
  },
  readings: [
    hrProcessors,
    hrStorage,
    readingColumns([
      { group: 'wireless', class: 'channel', value: `${RADIO}.4`, label: `${RADIO}.2` },
      { group: 'wireless', class: 'power', value: `${RADIO}.5`, label: `${RADIO}.2` },
    ]),
    clients,
  ],
};
