import type { Profile, ReadingTable } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { health, MIKROTIK, opticalModules, poe } from '../readings/mikrotik.ts';
import { type ReadingColumn, readingColumns } from '../readings/reading-columns.ts';

const GAUGES = `${MIKROTIK}.3.100.1`;
const STATION = `${MIKROTIK}.1.1.1`;
const ACCESS_POINT = `${MIKROTIK}.1.3.1`;
const CAPSMAN = `${MIKROTIK}.1.7.1`;
const RADIO_60G = `${MIKROTIK}.1.8.1`;
const STATION_60G = `${MIKROTIK}.1.9.1`;
const DUAL = `${MIKROTIK}.10.1.1`;
const MODEM = `${MIKROTIK}.16.1.1`;
/** Rows that are numbered as interfaces are named as they. */
const PORT = { ifIndexAt: 0 } as const;

/** Rows of mtxrGaugeTable with this unit. */
const gauge = (unit: number, name: string, scale = 1): ReadingColumn => ({
  group: 'sensor',
  class: name,
  id: 'gauge',
  value: `${GAUGES}.3`,
  label: `${GAUGES}.2`,
  where: { column: `${GAUGES}.4`, is: new RegExp(`^${unit}$`) },
  scale,
});

const gauges = readingColumns([
  gauge(1, 'temperature'),
  gauge(2, 'fanspeed'),
  gauge(3, 'voltage', 0.1),
  gauge(4, 'current', 0.1),
  gauge(5, 'power', 0.1),
  // 0 failed, 1 in order.
  gauge(6, 'state'),
]);

/** Radios that serve a network (mtxrWlApTable); what a radio without clients cannot know is 0. */
const accessPoints = wireless(`${ACCESS_POINT}.4`, [
  { class: 'clients', value: `${ACCESS_POINT}.6` },
  { class: 'frequency', value: `${ACCESS_POINT}.7`, absent: [0] },
  { class: 'noise-floor', value: `${ACCESS_POINT}.9`, absent: [0] },
  { class: 'ccq', value: `${ACCESS_POINT}.10` },
  { class: 'rate', id: 'tx', value: `${ACCESS_POINT}.2`, absent: [0] },
  { class: 'rate', id: 'rx', value: `${ACCESS_POINT}.3`, absent: [0] },
]);

/** Radios that are stations of another (mtxrWlStatTable). */
const stations = wireless(`${STATION}.5`, [
  { class: 'rate', id: 'station.tx', value: `${STATION}.2`, absent: [0] },
  { class: 'rate', id: 'station.rx', value: `${STATION}.3`, absent: [0] },
  { class: 'rssi', id: 'station', value: `${STATION}.4`, absent: [0] },
  { class: 'frequency', id: 'station', value: `${STATION}.7`, absent: [0] },
  { class: 'ccq', id: 'station.tx', value: `${STATION}.9` },
  { class: 'ccq', id: 'station.rx', value: `${STATION}.10` },
]);

/** Interfaces of access points that this router controls (mtxrWlCMTable). */
const capsman = wireless(PORT, [{ class: 'clients', id: 'capsman', value: `${CAPSMAN}.2` }]);

/** Nstreme2: one link of two radios (mtxrDnStatTable). */
const dualRadios = wireless(PORT, [
  { class: 'rate', id: 'dual.tx', value: `${DUAL}.2`, absent: [0] },
  { class: 'rate', id: 'dual.rx', value: `${DUAL}.3`, absent: [0] },
  { class: 'rssi', id: 'dual.tx', value: `${DUAL}.4`, absent: [0] },
  { class: 'rssi', id: 'dual.rx', value: `${DUAL}.5`, absent: [0] },
]);

/** 60 GHz radios (mtxrWl60GTable); the rate counts in Mbit/s. */
const radios60G = readingColumns([
  ...of60G([
    { class: 'frequency', value: `${RADIO_60G}.6`, absent: [0] },
    { class: 'quality', value: `${RADIO_60G}.8` },
    { class: 'rssi', value: `${RADIO_60G}.12`, absent: [0] },
    { class: 'rate', value: `${RADIO_60G}.13`, scale: 1_000_000 },
  ]),
  // 0 access point, 1 station, 2 sniffer, 3 bridge.
  { group: 'sensor', class: 'state', id: '60g.mode', value: `${RADIO_60G}.2`, label: `${RADIO_60G}.3` },
  { group: 'sensor', class: 'state', id: '60g.connected', value: `${RADIO_60G}.4`, label: `${RADIO_60G}.3` },
]);

/** Their stations (mtxrWl60GStaTable); whatever the MIB says, the distance comes in centimetres. */
const stations60G = wireless({ text: 'Station $index' }, [
  { class: 'distance', id: '60g-station', value: `${STATION_60G}.10`, scale: 0.000_01 },
  { class: 'quality', id: '60g-station', value: `${STATION_60G}.5` },
  { class: 'rssi', id: '60g-station', value: `${STATION_60G}.9`, absent: [0] },
  { class: 'rate', id: '60g-station', value: `${STATION_60G}.8`, scale: 1_000_000 },
]);

/** Mobile modems (mtxrLTEModemTable); rows are those of interfaces. */
const modems = readingColumns([
  ...wirelessColumns(PORT, [
    { class: 'rssi', id: 'lte', value: `${MODEM}.2`, absent: [0] },
    { class: 'rsrq', id: 'lte', value: `${MODEM}.3`, absent: [0] },
    { class: 'rsrp', id: 'lte', value: `${MODEM}.4`, absent: [0] },
    { class: 'sinr', id: 'lte', value: `${MODEM}.7` },
  ]),
  // As +CREG tells it: 0 to 6 are 2G and 3G, 7 LTE, 11 and 13 5G.
  { group: 'sensor', class: 'state', id: 'lte.technology', value: `${MODEM}.6`, label: PORT },
]);

const counts = readingColumns([
  { group: 'wireless', class: 'clients', id: 'all', value: `${MIKROTIK}.1.4`, label: { text: 'Wireless clients' } },
  { group: 'wireless', class: 'clients', id: 'capsman', value: `${MIKROTIK}.1.6`, label: { text: 'CAPsMAN clients' } },
  { group: 'wireless', class: 'ap-count', value: `${MIKROTIK}.1.10`, label: { text: 'CAPsMAN access points' } },
  { group: 'wireless', class: 'rssi', id: 'ppp', value: `${MIKROTIK}.13.1`, label: { text: 'Modem' }, absent: [0] },
  { group: 'sensor', class: 'count', id: 'dhcp', value: `${MIKROTIK}.6.1`, label: { text: 'DHCP leases' } },
  { group: 'sensor', class: 'count', id: 'gps', value: `${MIKROTIK}.12.6`, label: { text: 'GPS satellites' } },
  { group: 'sensor', class: 'count', id: 'ike', value: `${MIKROTIK}.20.1`, label: { text: 'IPsec peers' } },
  { group: 'sensor', class: 'count', id: 'tracked', value: `${MIKROTIK}.22.1.1`, label: { text: 'Connections' } },
  {
    group: 'sensor',
    class: 'count',
    id: 'tracked4',
    value: `${MIKROTIK}.22.1.2`,
    label: { text: 'Connections, IPv4' },
  },
  {
    group: 'sensor',
    class: 'count',
    id: 'tracked6',
    value: `${MIKROTIK}.22.1.3`,
    label: { text: 'Connections, IPv6' },
  },
  // casnActiveTableEntries of CISCO-AAA-SESSION-MIB, which RouterOS answers for PPP.
  { group: 'sensor', class: 'count', id: 'ppp', value: '1.3.6.1.4.1.9.9.150.1.1.1', label: { text: 'PPP sessions' } },
]);

/** Routers, access points and radios of MikroTik. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.14988.1' }],
  identity: {
    vendor: [{ text: 'MikroTik' }],
    os: [{ text: 'routeros' }],
    model: [
      { from: 'sysDescr', pattern: /^RouterOS (.+)/ },
      { oid: `${MIKROTIK}.7.9.0` },
      { oid: `${MIKROTIK}.7.8.0` },
    ],
    version: [{ oid: `${MIKROTIK}.4.4.0` }],
    serial: [{ oid: `${MIKROTIK}.7.3.0` }],
  },
  readings: [
    hrProcessors,
    hrStorage,
    counts,
    health,
    gauges,
    poe,
    opticalModules(),
    accessPoints,
    stations,
    capsman,
    dualRadios,
    radios60G,
    stations60G,
    modems,
  ],
};

type Wireless = Omit<ReadingColumn, 'group' | 'label'>;

function wirelessColumns(label: NonNullable<ReadingColumn['label']>, columns: readonly Wireless[]): ReadingColumn[] {
  return columns.map((column) => ({ ...column, group: 'wireless', label }));
}

function wireless(label: NonNullable<ReadingColumn['label']>, columns: readonly Wireless[]): ReadingTable {
  return readingColumns(wirelessColumns(label, columns));
}

function of60G(columns: readonly Omit<Wireless, 'id'>[]): ReadingColumn[] {
  return wirelessColumns(
    `${RADIO_60G}.3`,
    columns.map((column) => ({ ...column, id: '60g' })),
  );
}
