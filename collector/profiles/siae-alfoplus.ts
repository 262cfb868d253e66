import { defineTable, type ProbeReading, type Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { numberOf, type SnmpValue } from '../snmp/value.ts';

const SIAE = '1.3.6.1.4.1.3373.1103';
const RADIO = `${SIAE}.80`;
const LINK = `${RADIO}.17.1`;
const EQUIPMENT = `${SIAE}.6.2.1`;

/** Each transceiver: kHz, dBm, and the mean square error as the radio gives it. */
const transceivers = readingColumns([
  {
    group: 'wireless',
    class: 'frequency',
    value: `${RADIO}.9.1.4`,
    label: { text: 'Transmitter $index' },
    scale: 1e-3,
  },
  { group: 'wireless', class: 'power', id: 'rx', value: `${RADIO}.12.1.3`, label: { text: 'Receive power $index' } },
  { group: 'wireless', class: 'mse', value: `${RADIO}.12.1.5`, label: { text: 'Transceiver $index' } },
]);

/** Modulation and capacity of each transceiver of each link, capacity in kbit/s. */
const modulation = readingColumns([
  { group: 'sensor', class: 'state', id: 'rx', value: `${LINK}.6`, label: { text: 'Receive modulation $index' } },
  { group: 'sensor', class: 'state', id: 'tx', value: `${LINK}.7`, label: { text: 'Transmit modulation $index' } },
  { group: 'wireless', class: 'rate', id: 'tx', value: `${LINK}.10`, label: { text: 'Transmit $index' }, scale: 1e3 },
  { group: 'wireless', class: 'rate', id: 'rx', value: `${LINK}.11`, label: { text: 'Receive $index' }, scale: 1e3 },
]);

/** A link's capacity is that of its transceivers together. */
const capacity = defineTable({
  columns: { tx: `${LINK}.10`, rx: `${LINK}.11` },
  dynamic: ['tx', 'rx'],
  read(rows) {
    const sums = new Map<string, number>();
    for (const [index, row] of rows) {
      const [link = index] = index.split('.');
      for (const direction of ['tx', 'rx'] as const) addTo(sums, `${direction}.${link}`, row[direction]);
    }
    return [...sums].map(([index, value]): ProbeReading => {
      const label = `${index.startsWith('tx') ? 'Transmit' : 'Receive'} together`;
      return { group: 'wireless', class: 'rate', index: `sum.${index}`, value, unit: 'bit/s', label };
    });
  },
});

function addTo(sums: Map<string, number>, key: string, cell: SnmpValue | undefined): void {
  const kilobits = numberOf(cell);
  if (kilobits !== null) sums.set(key, (sums.get(key) ?? 0) + kilobits * 1_000);
}

/** Microwave links of SIAE: the ALFOplus line. */
export const profile: Profile = {
  match: [{ objectId: SIAE }],
  identity: {
    vendor: [{ text: 'SIAE Microelettronica' }],
    os: [{ text: 'sm-os' }],
    model: [
      { parts: [{ column: `${EQUIPMENT}.4` }, { column: `${EQUIPMENT}.11`, pattern: /.+/, text: '($1)' }], join: ' ' },
      { column: `${EQUIPMENT}.4` },
      { from: 'sysDescr', pattern: /^(\S+) - SIAE/ },
    ],
    version: [{ oid: `${SIAE}.7.2.0` }],
    serial: [{ column: `${EQUIPMENT}.13` }],
  },
  readings: [transceivers, modulation, capacity],
};
