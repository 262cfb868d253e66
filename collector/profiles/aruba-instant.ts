import { defineTable, type ProbeReading, type Profile } from '../profile.ts';
import { channelMegahertz } from '../readings/ieee80211.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { unitOf } from '../readings/units.ts';
import { numberOf, type SnmpValue, textOf } from '../snmp/value.ts';

const INSTANT = '1.3.6.1.4.1.14823.2.3.3.1';
const NETWORK = `${INSTANT}.1.7.1`;
const AP = `${INSTANT}.2.1.1`;
const RADIO = `${INSTANT}.2.2.1`;

/** Clients of each network of the cluster (AI-AP-MIB, aiSSIDTable). */
const networks = readingColumns([
  { group: 'wireless', class: 'clients', id: 'ssid', value: `${NETWORK}.4`, label: `${NETWORK}.2` },
]);

const clients = defineTable({
  columns: { clients: `${NETWORK}.4` },
  dynamic: ['clients'],
  read(rows) {
    const value = [...rows.values()].reduce((sum, row) => sum + (numberOf(row.clients) ?? 0), 0);
    return [{ group: 'wireless', class: 'clients', index: 'all', value, unit: '', label: 'Clients' }];
  },
});

/** Access points of the cluster (aiAccessPointTable); memory free and in all, in octets. */
const accessPoints = readingColumns([
  { group: 'usage', class: 'processor', value: `${AP}.7`, label: `${AP}.2` },
  {
    group: 'usage',
    class: 'memory',
    value: `${AP}.8`,
    label: `${AP}.2`,
    uses: [`${AP}.10`],
    convert(free, cell) {
      const all = numberOf(cell(`${AP}.10`)) ?? 0;
      return all > 0 ? (100 * (all - free)) / all : null;
    },
  },
  // 1 up, 2 down.
  { group: 'sensor', class: 'state', id: 'ap', value: `${AP}.11`, label: `${AP}.2` },
]);

/** How many access points the cluster knows as up. */
const count = defineTable({
  columns: { status: `${AP}.11` },
  dynamic: ['status'],
  read(rows) {
    const value = [...rows.values()].filter(({ status }) => numberOf(status) === UP).length;
    return [{ group: 'wireless', class: 'ap-count', index: 'up', value, unit: '', label: 'Access points up' }];
  },
});
const UP = 1;

type Part = {
  readonly group: 'wireless' | 'sensor';
  readonly class: string;
  readonly id: string;
  readonly column: RadioColumn;
  readonly value: (cell: SnmpValue | undefined) => number | null;
};
type RadioColumn = 'channel' | 'power' | 'noise' | 'use' | 'status' | 'clients';

const PARTS: readonly Part[] = [
  // A text such as `116E`: the channel, and where the wider one reaches.
  { group: 'wireless', class: 'frequency', id: '', column: 'channel', value: (cell) => megahertz(textOf(cell)) },
  { group: 'wireless', class: 'power', id: '', column: 'power', value: numberOf },
  // Without its sign.
  { group: 'wireless', class: 'noise-floor', id: '', column: 'noise', value: (cell) => negative(numberOf(cell)) },
  { group: 'wireless', class: 'utilization', id: '', column: 'use', value: numberOf },
  { group: 'wireless', class: 'clients', id: 'radio.', column: 'clients', value: numberOf },
  // 1 up, 2 down.
  { group: 'sensor', class: 'state', id: 'radio.', column: 'status', value: numberOf },
];

const megahertz = (channel: string): number | null => channelMegahertz(Number.parseInt(channel, 10));
const negative = (value: number | null): number | null => (value === null || value === 0 ? null : -value);

/** Radios of the access points (aiRadioTable); a row's index is that of the access point's, then the radio's number. */
const radios = defineTable<RadioColumn | 'name'>({
  columns: {
    name: `${AP}.2`,
    channel: `${RADIO}.4`,
    power: `${RADIO}.5`,
    noise: `${RADIO}.6`,
    use: `${RADIO}.8`,
    status: `${RADIO}.20`,
    clients: `${RADIO}.21`,
  },
  dynamic: ['channel', 'power', 'noise', 'use', 'status', 'clients'],
  read: (rows) =>
    [...rows].flatMap(([index, row]) =>
      PARTS.flatMap(({ group, class: name, id, column, value: read }): ProbeReading[] => {
        const value = read(row[column]);
        if (value === null) return [];
        const end = index.lastIndexOf('.');
        const owner = textOf(rows.get(index.slice(0, end))?.name).trim();
        const label = `${owner} radio ${index.slice(end + 1)}`.trimStart();
        return [{ group, class: name, index: `${id}${index}`, value, unit: unitOf(group, name), label }];
      }),
    ),
});

/** Clusters of Aruba's access points without a controller. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.14823.1.2' }],
  identity: {
    vendor: [{ text: 'Aruba' }],
    os: [{ text: 'aruba-instant' }],
    model: [{ from: 'sysDescr', pattern: /MODEL: ([^)\s]+)/ }],
    version: [{ from: 'sysDescr', pattern: /Version (\S+)/ }],
    serial: [{ column: `${AP}.4` }],
  },
  readings: [networks, clients, accessPoints, count, radios],
};
