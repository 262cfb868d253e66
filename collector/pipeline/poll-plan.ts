import { OPER_STATUSES, type OperStatus } from '../../core/domain/device.ts';
import type { Reading } from '../../core/domain/sample.ts';
import type { Identification, ReadTable } from '../identify.ts';
import type { ReadingName } from '../probe.ts';
import type { PolledField, ProbeReading, ReadingContext } from '../profile.ts';
import { readTable } from '../read-table.ts';
import { IF_COLUMNS, type InterfaceReading, operStatusOf } from '../readings/interfaces.ts';
import { HR_SYSTEM_UPTIME, SYS_UP_TIME, seconds } from '../readings/system.ts';
import { type BadReading, BadReadingError } from '../snmp/bad-reading.ts';
import { numberOf, type Oid, type SnmpValue, textOf } from '../snmp/value.ts';
import type { RawCounter } from './counters.ts';
import type { Share } from './sharing.ts';

/** What is asked of a device at every poll: only what changes. Made from its identification. */
export type PollPlan = {
  /** Lists of objects, each for one GET; never changed, so that their encoding can be kept. */
  readonly chunks: readonly (readonly Oid[])[];
  /** Those chunks after these ask for what lies behind the device: without an answer only that is missing. */
  readonly ownChunks: number;
  readonly hostUptime: number | null;
  readonly ports: readonly PortPlan[];
  readonly tables: readonly TablePlan[];
};

type CounterPlan = Pick<RawCounter, 'key' | 'metric' | 'maxPerSecond'> & {
  readonly slot: number;
  readonly isOctets: boolean;
};
type PortPlan = {
  readonly instance: string;
  readonly operStatus: number | null;
  /** What the numbers of `operStatus` mean; null for IF-MIB's. */
  readonly states: Readonly<Record<string, OperStatus>> | null;
  readonly discontinuity: number | null;
  readonly counters: readonly CounterPlan[];
};
type TablePlan = {
  readonly table: ReadTable['table'];
  readonly context: ReadingContext;
  /** As they were read last; what changes is written into them at every poll. */
  readonly rows: ReadonlyMap<string, Record<string, SnmpValue>>;
  readonly cells: readonly {
    readonly row: Record<string, SnmpValue>;
    readonly column: string;
    readonly slot: number;
  }[];
};

/** What a poll brought, counters still as the device gave them. */
export type PollReadings = {
  readonly uptimeS: number | null;
  readonly hostUptimeS: number | null;
  readonly gauges: readonly Reading[];
  readonly counters: readonly RawCounter[];
  readonly operStatuses: ReadonlyMap<number, OperStatus>;
  /** Something that was there at the identification is gone: it is time for another. */
  readonly isStale: boolean;
};

/** Answers of this many counters fit an unfragmented datagram. */
const OBJECTS_PER_GET = 40;
/** Of tables of terminals, each of whose figures the device must itself ask for over the fibre. */
const TERMINAL_OBJECTS_PER_GET = 10;
/** A device with more is asked for its first ports only. */
const MAX_OBJECTS = 8_000;
/** Far above any true rate, and below what a set-back counter seems to grow by. */
const SPEED_SLACK = 10;
const LEAST_MAX_BYTES_PER_SECOND = 12_500_000;
/** Errors and discards never come to 2^31 between two polls: what looks like it was set back. */
const MAX_EVENTS_PER_SECOND = 2 ** 31 / 600;

export function createPollPlan({ system, interfaces, tables }: Identification, share: Share): PollPlan {
  const oids: Oid[] = [];
  const slot = (oid: Oid): number => oids.push(oid) - 1;
  slot(SYS_UP_TIME);
  const hostUptime = system.hostUptimeS === null ? null : slot(HR_SYSTEM_UPTIME);
  const planTable = ({ table, rows }: ReadTable): TablePlan => {
    const cells: TablePlan['cells'][number][] = [];
    const own = new Map<string, Record<string, SnmpValue>>();
    for (const [index, read] of rows) {
      const row = { ...read } as Record<string, SnmpValue>;
      own.set(index, row);
      const isWanted = table.wants === undefined || table.wants(read, index);
      for (const column of table.dynamic) {
        const oid = table.columns[column];
        if (oid === undefined || read[column] === undefined) continue;
        // What is not asked for again says nothing about now.
        if (!isWanted || oids.length >= MAX_OBJECTS) delete row[column];
        else cells.push({ row, column, slot: slot(`${oid}.${index}`) });
      }
    }
    return { table, context: { system, interfaces }, rows: own, cells };
  };
  const ownTables = tables.filter(({ table }) => table.maxRows === undefined).map(planTable);
  const ports: PortPlan[] = [];
  for (const port of interfaces) {
    if (oids.length >= MAX_OBJECTS) break;
    ports.push(portPlan(port, slot));
  }
  const ownObjects = oids.length;
  const terminalTables = tables.filter(({ table }) => table.maxRows !== undefined).map(planTable);
  const chunks: (readonly Oid[])[] = [];
  const add = (from: number, to: number, size: number): void => {
    for (let at = from; at < to; at += size) chunks.push(share(oids.slice(at, Math.min(at + size, to))));
  };
  add(0, ownObjects, OBJECTS_PER_GET);
  const ownChunks = chunks.length;
  add(ownObjects, oids.length, TERMINAL_OBJECTS_PER_GET);
  return { chunks, ownChunks, hostUptime, ports: share(ports), tables: [...ownTables, ...terminalTables] };
}

function portPlan(port: InterfaceReading, slot: (oid: Oid) => number): PortPlan {
  const instance = String(port.index);
  const { oids = {}, states = null } = port.own ?? {};
  const at = (column: Oid, field?: PolledField): number =>
    slot((field === undefined ? undefined : oids[field]) ?? `${column}.${instance}`);
  const counters: CounterPlan[] = [];
  const add = (metric: string, column: Oid, field: Exclude<PolledField, 'operStatus'>, isOctets: boolean): void => {
    if (port[field] === null) return;
    const maxPerSecond = isOctets ? maxBytesPerSecond(port) : MAX_EVENTS_PER_SECOND;
    counters.push({ key: `${metric}/${instance}`, metric, slot: at(column, field), isOctets, maxPerSecond });
  };
  const isHc = port.octetBits === 64;
  const { hcInOctets, hcOutOctets, inOctets, outOctets } = IF_COLUMNS;
  add('interface.ifHCInOctets', isHc ? hcInOctets : inOctets, 'inOctets', true);
  add('interface.ifHCOutOctets', isHc ? hcOutOctets : outOctets, 'outOctets', true);
  add('interface.ifInErrors', IF_COLUMNS.inErrors, 'inErrors', false);
  add('interface.ifOutErrors', IF_COLUMNS.outErrors, 'outErrors', false);
  add('interface.ifInDiscards', IF_COLUMNS.inDiscards, 'inDiscards', false);
  add('interface.ifOutDiscards', IF_COLUMNS.outDiscards, 'outDiscards', false);
  return {
    instance,
    operStatus: port.operStatus === null ? null : at(IF_COLUMNS.operStatus, 'operStatus'),
    states: oids.operStatus === undefined ? null : states,
    // 64-bit counters do not wrap, and need nobody to tell that from a set-back.
    discontinuity: !isHc && port.hasDiscontinuity ? at(IF_COLUMNS.discontinuity) : null,
    counters,
  };
}

const maxBytesPerSecond = ({ speedBps }: InterfaceReading): number | null =>
  speedBps === null ? null : Math.max((SPEED_SLACK * speedBps) / 8, LEAST_MAX_BYTES_PER_SECOND);

/** @param values of all chunks, one after the other */
export function readPoll(
  plan: PollPlan,
  values: readonly (SnmpValue | null)[],
  count: (reason: BadReading) => void,
): PollReadings {
  const number = (slot: number | null): number | null => {
    if (slot === null) return null;
    try {
      return numberOf(values[slot]);
    } catch (error) {
      if (!(error instanceof BadReadingError)) throw error;
      count(error.reason);
      return null;
    }
  };
  const uptimeS = seconds(number(0));
  const gauges: Reading[] = [];
  const counters: RawCounter[] = [];
  const operStatuses = new Map<number, OperStatus>();
  let isStale = false;
  if (uptimeS !== null) gauges.push({ metric: 'system.uptime_s', instance: '', kind: 'gauge', value: uptimeS });

  for (const { instance, operStatus, states, discontinuity, counters: plans } of plan.ports) {
    const status = states === null ? operStatusOf(number(operStatus)) : ownStatus(states, operStatus, values);
    if (status !== null) {
      const value = OPER_STATUSES.indexOf(status) + 1;
      gauges.push({ metric: 'interface.ifOperStatus', instance, kind: 'gauge', value });
      operStatuses.set(Number(instance), status);
    }
    const discontinuityAt = number(discontinuity);
    for (const { key, metric, slot, isOctets, maxPerSecond } of plans) {
      const raw = number(slot);
      if (raw === null || raw < 0) {
        isStale ||= isOctets;
        continue;
      }
      const bits = values[slot]?.type === 'counter64' ? 64 : 32;
      counters.push({ key, metric, instance, raw, bits, maxPerSecond, discontinuity: discontinuityAt });
    }
  }
  for (const table of plan.tables) gauges.push(...readTablePlan(table, values, count));
  return { uptimeS, hostUptimeS: seconds(number(plan.hostUptime)), gauges, counters, operStatuses, isStale };
}

const ownStatus = (
  states: Readonly<Record<string, OperStatus>>,
  slot: number | null,
  values: readonly (SnmpValue | null)[],
): OperStatus | null => (slot === null ? null : (states[textOf(values[slot]).trim()] ?? null));

function readTablePlan(
  { table, context, rows, cells }: TablePlan,
  values: readonly (SnmpValue | null)[],
  count: (reason: BadReading) => void,
): Reading[] {
  for (const { row, column, slot } of cells) {
    const value = values[slot];
    if (value === null || value === undefined) delete row[column];
    else row[column] = value;
  }
  return readTable(table, rows, context, count).map(readingOf);
}

const METRIC_OF: Readonly<Record<string, string>> = {
  'usage/processor': 'cpu.usage_percent',
  'usage/memory': 'mem.used_percent',
  'usage/storage': 'disk.used_percent',
};

/** The metric that a profile's reading is stored as: one of `core/domain/metrics.ts`, or group and class as they are. */
export const metricOf = ({ group, class: kind }: Pick<ProbeReading, 'group' | 'class'>): string =>
  METRIC_OF[`${group}/${kind}`] ?? `${group}.${kind.replaceAll('-', '_')}`;

export const readingOf = (reading: ProbeReading): Reading => ({
  metric: metricOf(reading),
  instance: reading.index,
  value: reading.value,
  kind: 'gauge',
});

/** How people know the readings of a device. */
export const readingNames = (readings: readonly ProbeReading[]): readonly ReadingName[] =>
  readings.map((reading) => ({
    metric: metricOf(reading),
    instance: reading.index,
    label: reading.label,
    unit: reading.unit,
    ...(reading.limits === undefined ? {} : { limits: reading.limits }),
  }));
