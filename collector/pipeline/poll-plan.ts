import { OPER_STATUSES, type OperStatus } from '../../core/domain/device.ts';
import type { Reading } from '../../core/domain/sample.ts';
import type { Identification, ReadTable } from '../identify.ts';
import type { PolledField } from '../profile.ts';
import { IF_COLUMNS, type InterfaceReading } from '../readings/interfaces.ts';
import { HR_SYSTEM_UPTIME, SYS_UP_TIME } from '../readings/system.ts';
import type { AnswerSlots, SlotQuestion } from '../snmp/answer-slots.ts';
import { type BadReading, BadReadingError } from '../snmp/bad-reading.ts';
import { OBJECTS_PER_GET } from '../snmp/questions.ts';
import type { Oid } from '../snmp/value.ts';
import {
  type CounterName,
  type RoundColumns,
  type RoundLayout,
  RoundScratch,
  type SeriesName,
} from './round-columns.ts';
import type { Share } from './sharing.ts';
import { planTable, readTablePlan, type TablePlan } from './table-plan.ts';

/** What is asked of a device at every poll: only what changes. Made from its identification. */
export type PollPlan = {
  /** The same for devices that have the same ports and rows. */
  readonly shape: PollShape;
  readonly tables: readonly TablePlan[];
};

/** Never changed. What is asked for has a slot each, in the order of the questions. */
export type PollShape = {
  readonly questions: readonly PollQuestion[];
  readonly size: number;
  readonly hostUptime: number | null;
  /** Its gauges are the uptime, and what the ports are in. */
  readonly layout: RoundLayout;
  readonly ports: readonly PortPlan[];
  /** In the order of the layout. */
  readonly counters: readonly CounterPlan[];
};
/** `isBehind`: it asks for what lies behind the device: without an answer only that is missing. */
export type PollQuestion = SlotQuestion & { readonly isBehind: boolean };

type CounterPlan = { readonly slot: number; readonly isOctets: boolean; readonly discontinuity: number | null };
/** How a port is. */
type PortPlan = {
  /** Its place among the interfaces of the identification, and among the gauges. */
  readonly port: number;
  readonly gauge: number;
  readonly slot: number;
  /** What the numbers mean; null for IF-MIB's. */
  readonly states: Readonly<Record<string, OperStatus>> | null;
};
/** What a poll brought, counters still as the device gave them. What is not numbers is written anew by the next one. */
export type PollReadings = {
  readonly uptimeS: number | null;
  readonly hostUptimeS: number | null;
  readonly columns: RoundColumns;
  /** Of the profile's tables. */
  readonly gauges: readonly Reading[];
  /** By place among the interfaces of the identification; null where the device did not say. */
  readonly operStatuses: readonly (OperStatus | null)[];
  /** Something that was there at the identification is gone: it is time for another. */
  readonly isStale: boolean;
};

/** Of tables of terminals, each of whose figures the device must itself ask for over the fibre. */
const TERMINAL_OBJECTS_PER_GET = 10;
/** A device with more is asked for its first ports only. */
const MAX_OBJECTS = 8_000;
/** Far above any true rate, and below what a set-back counter seems to grow by. */
const SPEED_SLACK = 10;
const LEAST_MAX_BYTES_PER_SECOND = 12_500_000;
/** Errors and discards never come to 2^31 between two polls: what looks like it was set back. */
const MAX_EVENTS_PER_SECOND = 2 ** 31 / 600;

/** @param share gives the same object for the same content, so that devices of one model share their plan */
export function createPollPlan({ system, interfaces, tables }: Identification, share: Share): PollPlan {
  const oids: Oid[] = [];
  const slot = (oid: Oid): number => oids.push(oid) - 1;
  slot(SYS_UP_TIME);
  const hostUptime = system.hostUptimeS === null ? null : slot(HR_SYSTEM_UPTIME);
  const planned = ({ table, rows }: ReadTable): TablePlan =>
    planTable({ table, rows }, { system, interfaces }, (oid) => (oids.length >= MAX_OBJECTS ? null : slot(oid)), share);
  const wholeFrom = oids.length;
  const ownTables = tables.filter(({ table }) => table.maxRows === undefined).map(planned);
  const wholeTo = oids.length;
  const gauges: SeriesName[] = [{ metric: 'system.uptime_s', instance: '' }];
  const names: CounterName[] = [];
  const ports: PortPlan[] = [];
  const counters: CounterPlan[] = [];
  for (const [at, port] of interfaces.entries()) {
    if (oids.length >= MAX_OBJECTS) break;
    const planned = planPort(port, slot);
    if (planned.status !== null) {
      gauges.push({ metric: 'interface.ifOperStatus', instance: String(port.index) });
      ports.push({ ...planned.status, port: at, gauge: gauges.length - 1 });
    }
    for (const { name, plan } of planned.counters) {
      names.push(name);
      counters.push(plan);
    }
  }
  const ownObjects = oids.length;
  const terminalTables = tables.filter(({ table }) => table.maxRows !== undefined).map(planned);
  const questions: PollQuestion[] = [];
  const add = (from: number, to: number, size: number, isBehind: boolean): void => {
    for (let at = from; at < to; at += size) {
      const asked = share(oids.slice(at, Math.min(at + size, to)));
      const whole = isBehind
        ? { wholeFrom: 0, wholeTo: size }
        : { wholeFrom: Math.max(0, wholeFrom - at), wholeTo: Math.max(0, wholeTo - at) };
      questions.push({ oids: asked, isBehind, ...whole });
    }
  };
  add(0, ownObjects, OBJECTS_PER_GET, false);
  add(ownObjects, oids.length, TERMINAL_OBJECTS_PER_GET, true);
  const layout = { gauges, counters: names };
  const shape = share({ questions, size: oids.length, hostUptime, layout, ports, counters });
  const says = ({ constant }: TablePlan): boolean => constant === null || constant.length > 0;
  const said = [...ownTables, ...terminalTables].filter(says);
  return { shape, tables: said.length === 0 ? NO_TABLES : said };
}

type PlannedPort = {
  readonly status: Pick<PortPlan, 'slot' | 'states'> | null;
  readonly counters: readonly { readonly name: CounterName; readonly plan: CounterPlan }[];
};

function planPort(port: InterfaceReading, slot: (oid: Oid) => number): PlannedPort {
  const instance = String(port.index);
  const { oids = {}, states = null } = port.own ?? {};
  const at = (column: Oid, field?: PolledField): number =>
    slot((field === undefined ? undefined : oids[field]) ?? `${column}.${instance}`);
  const isHc = port.octetBits === 64;
  const { hcInOctets, hcOutOctets, inOctets, outOctets } = IF_COLUMNS;
  const status =
    port.operStatus === null
      ? null
      : {
          slot: at(IF_COLUMNS.operStatus, 'operStatus'),
          states: oids.operStatus === undefined ? null : states,
        };
  // 64-bit counters do not wrap, and need nobody to tell that from a set-back.
  const discontinuity = !isHc && port.hasDiscontinuity ? at(IF_COLUMNS.discontinuity) : null;
  const counters: PlannedPort['counters'][number][] = [];
  const add = (metric: string, column: Oid, field: Exclude<PolledField, 'operStatus'>, isOctets: boolean): void => {
    if (port[field] === null) return;
    const maxPerSecond = isOctets ? maxBytesPerSecond(port) : MAX_EVENTS_PER_SECOND;
    counters.push({
      name: { metric, instance, maxPerSecond },
      plan: { slot: at(column, field), isOctets, discontinuity },
    });
  };
  add('interface.ifHCInOctets', isHc ? hcInOctets : inOctets, 'inOctets', true);
  add('interface.ifHCOutOctets', isHc ? hcOutOctets : outOctets, 'outOctets', true);
  add('interface.ifInErrors', IF_COLUMNS.inErrors, 'inErrors', false);
  add('interface.ifOutErrors', IF_COLUMNS.outErrors, 'outErrors', false);
  add('interface.ifInDiscards', IF_COLUMNS.inDiscards, 'inDiscards', false);
  add('interface.ifOutDiscards', IF_COLUMNS.outDiscards, 'outDiscards', false);
  return { status, counters };
}

const maxBytesPerSecond = ({ speedBps }: InterfaceReading): number | null =>
  speedBps === null ? null : Math.max((SPEED_SLACK * speedBps) / 8, LEAST_MAX_BYTES_PER_SECOND);

/** Room for what one poll brings, used again for the next. */
export type PollScratch = { readonly columns: RoundScratch; readonly operStatuses: (OperStatus | null)[] };
export const createPollScratch = (): PollScratch => ({ columns: new RoundScratch(), operStatuses: [] });

/** @param slots of all questions, one after the other */
export function readPoll(
  { shape, tables }: PollPlan,
  slots: AnswerSlots,
  { columns: scratch, operStatuses }: PollScratch,
  count: (reason: BadReading) => void,
): PollReadings {
  const { layout, ports, counters } = shape;
  const columns = scratch.begin(layout);
  const uptimeS = numberAt(slots, 0, count) / 100;
  columns.gauges[0] = uptimeS;
  operStatuses.length = 0;
  for (const { port, gauge, slot, states } of ports) {
    while (operStatuses.length < port) operStatuses.push(null);
    const status =
      states === null
        ? (OPER_STATUSES[numberAt(slots, slot, count) - 1] ?? null)
        : (states[slots.text(slot).trim()] ?? null);
    operStatuses.push(status);
    columns.gauges[gauge] = status === null ? Number.NaN : OPER_STATUSES.indexOf(status) + 1;
  }
  let isStale = false;
  let lastSlot = -1;
  let discontinuityAt = Number.NaN;
  for (let at = 0; at < counters.length; at++) {
    const plan = counters[at];
    if (plan === undefined) break;
    const { slot, isOctets, discontinuity } = plan;
    if (discontinuity !== null && discontinuity !== lastSlot) {
      lastSlot = discontinuity;
      discontinuityAt = numberAt(slots, discontinuity, count);
    }
    const raw = numberAt(slots, slot, count);
    const isGone = !(raw >= 0);
    if (isGone && isOctets) isStale = true;
    columns.raw[at] = isGone ? Number.NaN : raw;
    columns.is64[at] = slots.isCounter64(slot) ? 1 : 0;
    columns.discontinuity[at] = discontinuity === null ? Number.NaN : discontinuityAt;
  }
  const gauges = tables.length === 0 ? NO_READINGS : tables.flatMap((table) => readTablePlan(table, slots, count));
  const hostUptimeS = shape.hostUptime === null ? Number.NaN : numberAt(slots, shape.hostUptime, count) / 100;
  return {
    uptimeS: Number.isNaN(uptimeS) ? null : uptimeS,
    hostUptimeS: Number.isNaN(hostUptimeS) ? null : hostUptimeS,
    columns,
    gauges,
    operStatuses,
    isStale,
  };
}

const NO_READINGS: readonly Reading[] = [];
const NO_TABLES: readonly TablePlan[] = [];

/** NaN, and counted, where it is no number. */
function numberAt(slots: AnswerSlots, slot: number, count: (reason: BadReading) => void): number {
  try {
    return slots.number(slot);
  } catch (error) {
    if (!(error instanceof BadReadingError)) throw error;
    count(error.reason);
    return Number.NaN;
  }
}
