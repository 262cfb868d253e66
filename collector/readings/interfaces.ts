import { OPER_STATUSES, type OperStatus } from '../../core/domain/device.ts';
import type { PolledField } from '../profile.ts';
import { BadReadingError } from '../snmp/bad-reading.ts';
import { macOf, numberOf, type Oid, type SnmpValue, textOf } from '../snmp/value.ts';
import { type Table, type TableRow, type Walker, walkTable } from '../snmp/walk.ts';
import { interfaceTypeName } from './interface-types.ts';

const IF_ENTRY = '1.3.6.1.2.1.2.2.1';
const IF_X_ENTRY = '1.3.6.1.2.1.31.1.1.1';

/** Columns of IF-MIB (RFC 2863). */
export const IF_COLUMNS = {
  descr: `${IF_ENTRY}.2`,
  type: `${IF_ENTRY}.3`,
  mtu: `${IF_ENTRY}.4`,
  speed: `${IF_ENTRY}.5`,
  physAddress: `${IF_ENTRY}.6`,
  adminStatus: `${IF_ENTRY}.7`,
  operStatus: `${IF_ENTRY}.8`,
  inOctets: `${IF_ENTRY}.10`,
  inDiscards: `${IF_ENTRY}.13`,
  inErrors: `${IF_ENTRY}.14`,
  outOctets: `${IF_ENTRY}.16`,
  outDiscards: `${IF_ENTRY}.19`,
  outErrors: `${IF_ENTRY}.20`,
  name: `${IF_X_ENTRY}.1`,
  hcInOctets: `${IF_X_ENTRY}.6`,
  hcOutOctets: `${IF_X_ENTRY}.10`,
  highSpeed: `${IF_X_ENTRY}.15`,
  alias: `${IF_X_ENTRY}.18`,
  discontinuity: `${IF_X_ENTRY}.19`,
} as const satisfies Record<string, Oid>;
export type IfColumn = keyof typeof IF_COLUMNS;

const IDENTITY = ['descr', 'type', 'mtu', 'speed', 'physAddress', 'adminStatus', 'operStatus'] as const;
const COUNTERS = ['inOctets', 'inDiscards', 'inErrors', 'outOctets', 'outDiscards', 'outErrors'] as const;
const HIGH_CAPACITY = ['hcInOctets', 'hcOutOctets'] as const;
const EXTENSION = ['name', 'highSpeed', 'alias', 'discontinuity'] as const;

export type InterfaceReading = {
  readonly index: number;
  readonly name: string;
  /** What the agent calls the interface (ifDescr); empty where it does not say. */
  readonly descr: string;
  /** What people called it (ifAlias); empty where nobody did. */
  readonly alias: string;
  readonly type: string;
  readonly speedBps: number | null;
  readonly adminStatus: OperStatus | null;
  readonly operStatus: OperStatus | null;
  readonly mtu: number | null;
  readonly mac: string | null;
  /** Whether the octets below are 64 or 32 bits wide; null where there are none. */
  readonly octetBits: 64 | 32 | null;
  readonly inOctets: bigint | null;
  readonly outOctets: bigint | null;
  readonly inErrors: bigint | null;
  readonly outErrors: bigint | null;
  readonly inDiscards: bigint | null;
  readonly outDiscards: bigint | null;
  /** Whether ifCounterDiscontinuityTime is there. */
  readonly hasDiscontinuity: boolean;
  /** Whether the agent tells a speed of 0: a port without bandwidth, or one that is down. */
  readonly hasNoSpeed: boolean;
  /** Where what changes is asked for instead of IF-MIB: whole OIDs. Absent with most makes. */
  readonly own?: OwnFields;
};

export type OwnFields = {
  readonly oids: Readonly<Partial<Record<PolledField, Oid>>>;
  /** What the values of `operStatus` mean; IF-MIB's numbers when absent. */
  readonly states?: Readonly<Record<string, OperStatus>>;
};

/** ifTable and ifXTable joined, in the order of ifIndex. Agents without them give an empty list. */
export async function readInterfaces(walker: Walker): Promise<readonly InterfaceReading[]> {
  const rows = new Map<string, TableRow<IfColumn>>();
  // SNMPv1 has no Counter64: agents would pass over whole columns in search of a value that they may give.
  const extension = walker.target.security.version === '1' ? EXTENSION : [...EXTENSION, ...HIGH_CAPACITY];
  for (const columns of [IDENTITY, COUNTERS, extension]) {
    const table: Table<IfColumn> = await walkTable(walker, pick(columns));
    for (const [index, row] of table) rows.set(index, { ...rows.get(index), ...row });
    if (columns === IDENTITY && table.size === 0) break;
  }
  const interfaces: InterfaceReading[] = [];
  for (const [index, row] of rows) {
    // A row that only the extension knows is no interface.
    if (!/^\d{1,10}$/.test(index) || !IDENTITY.some((column) => row[column] !== undefined)) continue;
    interfaces.push(interfaceOf(Number(index), row, walker.count));
  }
  return interfaces.sort((a, b) => a.index - b.index);
}

const pick = (columns: readonly IfColumn[]): Readonly<Record<IfColumn, Oid>> =>
  Object.fromEntries(columns.map((column) => [column, IF_COLUMNS[column]])) as Record<IfColumn, Oid>;

function interfaceOf(index: number, row: TableRow<IfColumn>, count: Walker['count']): InterfaceReading {
  const number = (column: IfColumn): number | null => orNothing(() => numberOf(row[column]), count);
  const counter = (column: IfColumn): bigint | null => orNothing(() => counterOf(row[column]), count);
  const hcIn = counter('hcInOctets');
  const hcOut = counter('hcOutOctets');
  const in32 = counter('inOctets');
  const out32 = counter('outOctets');
  // Some agents have 64-bit counters that never count beside 32-bit ones that do.
  const isHc =
    hcIn !== null && hcOut !== null && !(hcIn === 0n && hcOut === 0n && ((in32 ?? 0n) > 0n || (out32 ?? 0n) > 0n));
  const descr = textOf(row.descr);
  const [high, low] = [number('highSpeed'), number('speed')];
  const speedBps = speedOf(high, low);
  return {
    index,
    name: textOf(row.name) || descr,
    descr,
    alias: textOf(row.alias),
    type: interfaceTypeName(number('type') ?? 1),
    speedBps,
    adminStatus: adminStatusOf(number('adminStatus')),
    operStatus: operStatusOf(number('operStatus')),
    mtu: number('mtu'),
    mac: macOf(row.physAddress),
    octetBits: isHc ? 64 : in32 === null && out32 === null ? null : 32,
    inOctets: isHc ? hcIn : in32,
    outOctets: isHc ? hcOut : out32,
    inErrors: counter('inErrors'),
    outErrors: counter('outErrors'),
    inDiscards: counter('inDiscards'),
    outDiscards: counter('outDiscards'),
    hasDiscontinuity: row.discontinuity !== undefined,
    hasNoSpeed: speedBps === null && (high === 0 || low === 0),
  };
}

/** A cell that makes no sense costs itself, not the port. */
function orNothing<Result>(read: () => Result, count: Walker['count']): Result | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadReadingError)) throw error;
    count(error.reason);
    return null;
  }
}

/** More than any port carries. */
const MAX_MBPS = 10_000_000;

/** ifSpeed ends at 4.3 Gbit/s; ifHighSpeed counts in Mbit/s and is 0 where it says nothing. */
function speedOf(high: number | null, low: number | null): number | null {
  // Some agents put bit/s there too.
  if (high !== null && high > 0) return high > MAX_MBPS ? high : high * 1_000_000;
  return low !== null && low > 0 ? low : null;
}

export const operStatusOf = (number: number | null): OperStatus | null =>
  number === null ? null : (OPER_STATUSES[number - 1] ?? null);

/** ifAdminStatus knows up, down and testing only. */
const adminStatusOf = (number: number | null): OperStatus | null =>
  number === null || number > 3 ? null : operStatusOf(number);

/** @throws BadReadingError */
export function counterOf(value: SnmpValue | undefined): bigint | null {
  if (value === undefined) return null;
  if (value.type === 'counter64') return value.value;
  const number = numberOf(value);
  if (number === null) return null;
  if (!Number.isInteger(number)) throw new BadReadingError('wrong-type', { value });
  // A few agents keep counters as INTEGER, negative from 2^31 on.
  return BigInt(number < 0 ? number + 2 ** 32 : number);
}
