import type { OperStatus } from '../../core/domain/device.ts';
import type { BadReading } from '../snmp/bad-reading.ts';
import type { Cells } from './cells.ts';
import { type Ask, monitor, numbersOf, table } from './menu.ts';
import { orNothing } from './tolerate.ts';

const COUNTERS = ['rx-byte', 'tx-byte', 'rx-error', 'tx-error', 'rx-drop', 'tx-drop'] as const;
const STATE = ['disabled', 'running'] as const;
const INTERFACES = table('/interface', [
  '.id',
  'name',
  // What SNMP calls the name of this very port: the number of the port ends it.
  'name.oid',
  'type',
  'comment',
  'mtu',
  'actual-mtu',
  'mac-address',
  'dynamic',
  ...STATE,
  ...COUNTERS,
]);
const COUNTED = table('/interface', ['.id', 'type', 'dynamic', ...STATE, ...COUNTERS]);
const ETHERNET = monitor('/interface/ethernet', ['name', 'rate']);

export type PortCounters = {
  readonly inOctets: bigint | null;
  readonly outOctets: bigint | null;
  readonly inErrors: bigint | null;
  readonly outErrors: bigint | null;
  readonly inDiscards: bigint | null;
  readonly outDiscards: bigint | null;
};

export type Port = PortCounters & {
  /** RouterOS's own name of the row, such as `*F00001`. */
  readonly id: string;
  readonly index: number;
  readonly name: string;
  readonly alias: string;
  /** As RouterOS calls it: `ether`, `wlan`, `wifi`, … */
  readonly kind: string;
  /** As IF-MIB calls it. */
  readonly type: string;
  readonly speedBps: number | null;
  readonly adminStatus: OperStatus | null;
  readonly operStatus: OperStatus | null;
  readonly mtu: number | null;
  readonly mac: string | null;
};

export type PortNow = PortCounters & { readonly id: string; readonly operStatus: OperStatus | null };

/** Largest ifIndex. */
const MAX_INDEX = 2 ** 31 - 1;

/** Types that RouterOS's own SNMP agent gives for them; the others are `other` there too. */
const TYPES: Readonly<Record<string, string>> = {
  ether: 'ethernetCsmacd',
  wlan: 'ieee80211',
  wifi: 'ieee80211',
  w60g: 'ieee80211',
  'w60g-station': 'ieee80211',
  cap: 'ieee80211',
  bridge: 'bridge',
  vlan: 'l2vlan',
  bond: 'ieee8023adLag',
  eoip: 'tunnel',
  eoipv6: 'tunnel',
  'gre-tunnel': 'tunnel',
  'gre6-tunnel': 'tunnel',
  'ipip-tunnel': 'tunnel',
  'ipipv6-tunnel': 'tunnel',
  '6to4-tunnel': 'tunnel',
  vpls: 'tunnel',
  loopback: 'softwareLoopback',
};
const typeOf = (kind: string): string => TYPES[kind] ?? (/-(?:in|out)$/.test(kind) ? 'ppp' : 'other');

/** Every port with what it is called and how it stands, in the order of their numbers. @throws ProbeError */
export async function readPorts(ask: Ask, count: (reason: BadReading) => void): Promise<readonly Port[]> {
  const rows = ((await ask.rows(INTERFACES)) ?? []).filter((row) => !isSubscriber(row));
  const links = rows.filter((row) => row.text('type') === 'ether' && row.flag('running') === true);
  const names = links.map((row) => row.text('name'));
  const speeds = (await orNothing(readSpeeds(ask, names), count)) ?? new Map<string, number | null>();
  const ports: Port[] = [];
  for (const row of rows) {
    const index = indexOf(row.text('name.oid'), row.text('.id'));
    const name = row.text('name');
    if (index === null) continue;
    const kind = row.text('type');
    ports.push({
      id: row.text('.id'),
      index,
      name,
      alias: row.text('comment'),
      kind,
      type: typeOf(kind),
      speedBps: speeds.get(name) ?? null,
      adminStatus: adminStatusOf(row),
      operStatus: operStatusOf(row),
      mtu: mtuOf(row),
      mac: macOf(row.text('mac-address')),
      ...countersOf(row),
    });
  }
  return ports.sort((a, b) => a.index - b.index);
}

/** What changes of them. @throws ProbeError */
export async function readPortsNow(ask: Ask): Promise<ReadonlyMap<string, PortNow>> {
  const rows = ((await ask.rows(COUNTED)) ?? []).filter((row) => !isSubscriber(row));
  return new Map(
    rows.map((row) => [row.text('.id'), { id: row.text('.id'), operStatus: operStatusOf(row), ...countersOf(row) }]),
  );
}

/** The end of a session of one subscriber: there may be thousands, and each gets another number when it comes back. */
const isSubscriber = (row: Pick<Cells<'type' | 'dynamic'>, 'text' | 'flag'>): boolean =>
  row.text('type').endsWith('-in') && row.flag('dynamic') === true;

/** RouterOS numbers ports for SNMP by their ids: `*F00001` is ifIndex 15728641. */
function indexOf(oid: string, id: string): number | null {
  const ofOid = /\.(\d{1,10})$/.exec(oid)?.[1];
  const ofId = /^\*([0-9A-F]{1,8})$/i.exec(id)?.[1];
  const index = ofOid !== undefined ? Number(ofOid) : ofId !== undefined ? Number.parseInt(ofId, 16) : null;
  return index === null || index < 1 || index > MAX_INDEX ? null : index;
}

async function readSpeeds(ask: Ask, names: readonly string[]): Promise<ReadonlyMap<string, number | null>> {
  if (names.length === 0) return new Map();
  const rows = (await ask.rows(ETHERNET, numbersOf(names))) ?? [];
  return new Map(rows.map((row) => [row.text('name'), row.rate('rate')]));
}

type StateCells = Pick<Cells<'disabled' | 'running'>, 'flag'>;

function adminStatusOf(row: StateCells): OperStatus | null {
  const isDisabled = row.flag('disabled');
  return isDisabled === null ? null : isDisabled ? 'down' : 'up';
}

/** A row that says neither is not running: RouterOS leaves the word out of some. */
const operStatusOf = (row: StateCells): OperStatus | null => (row.flag('running') === true ? 'up' : 'down');

function mtuOf(row: Pick<Cells<'mtu' | 'actual-mtu'>, 'text'>): number | null {
  const text = [row.text('actual-mtu'), row.text('mtu')].find((candidate) => /^\d{1,9}$/.test(candidate));
  return text === undefined ? null : Number(text);
}

function macOf(text: string): string | null {
  const mac = text.toLowerCase();
  return /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/.test(mac) && mac !== '00:00:00:00:00:00' ? mac : null;
}

const countersOf = (row: Pick<Cells<(typeof COUNTERS)[number]>, 'counter'>): PortCounters => ({
  inOctets: row.counter('rx-byte'),
  outOctets: row.counter('tx-byte'),
  inErrors: row.counter('rx-error'),
  outErrors: row.counter('tx-error'),
  inDiscards: row.counter('rx-drop'),
  outDiscards: row.counter('tx-drop'),
});
