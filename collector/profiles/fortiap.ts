import { defineTable, type Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { channelMegahertz } from '../readings/ieee80211.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { numberOf, textOf } from '../snmp/value.ts';

/** FORTINET-FORTIAP-MIB */
const AP = '1.3.6.1.4.1.12356.120';
const RADIO = `${AP}.4.1.1`;
/** fapWtpVapTable: a row for each radio and network. */
const VAP = `${AP}.7.1.1`;

/** Clients of each network, on all radios together. */
const clients = defineTable({
  columns: { ssid: `${VAP}.4`, clients: `${VAP}.45` },
  dynamic: ['clients'],
  read(rows) {
    const counts = new Map<string, number>();
    for (const row of rows.values()) {
      const ssid = textOf(row.ssid);
      const count = numberOf(row.clients);
      if (ssid !== '' && count !== null) counts.set(ssid, (counts.get(ssid) ?? 0) + count);
    }
    return [...counts].map(([ssid, value]) => ({
      group: 'wireless' as const,
      class: 'clients',
      index: `ssid.${ssid}`,
      value,
      unit: '',
      label: `SSID: ${ssid}`,
    }));
  },
});

/** Access points of Fortinet. */
export const profile: Profile = {
  match: [{ objectId: AP }],
  identity: {
    vendor: [{ text: 'Fortinet' }],
    os: [{ text: 'fortiap' }],
    model: [{ oid: `${AP}.1.1.0`, pattern: /^FP(\w+?)-/, text: 'FortiAP $1' }],
    version: [{ oid: `${AP}.1.1.0` }],
    serial: [{ oid: `${AP}.1.2.0` }],
  },
  readings: [
    readingColumns([
      {
        group: 'wireless',
        class: 'frequency',
        value: `${RADIO}.14`,
        label: { text: 'Radio $index' },
        // 0 while it only listens.
        convert: (channel) => channelMegahertz(channel),
      },
      { group: 'wireless', class: 'power', value: `${RADIO}.10`, label: { text: 'Radio $index' } },
    ]),
    clients,
    hrProcessors,
    hrStorage,
  ],
};
