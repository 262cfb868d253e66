import type { Clock } from '../../core/domain/clock.ts';
import { decimals, type ProbeReport } from '../probe-host.ts';
import type { ProbeReading } from '../profile.ts';
import { type BadReading, countBadReadings } from '../snmp/bad-reading.ts';
import type { GroupContext, ReadingGroups } from './group.ts';
import type { Run } from './kept-connection.ts';
import { askRouter } from './menu.ts';
import { type Port, readPorts } from './ports.ts';
import { readGroups } from './read-groups.ts';
import { type Board, readBoard, readResource } from './system.ts';

export type RouterOptions = {
  readonly groups: ReadingGroups;
  readonly clock: Clock;
  /** For each command. */
  readonly timeoutMs: number;
  readonly count: (reason: BadReading) => void;
};

export type Router = {
  readonly board: Board;
  /** In the order of their numbers. */
  readonly ports: readonly Port[];
  readonly readings: readonly ProbeReading[];
  /** Groups that gave readings: the others are not there, or have nothing. */
  readonly present: readonly string[];
  /** Commands that it does not have. */
  readonly missing: Set<string>;
  /** When its counters were read, UTC ms. */
  readonly at: number;
};

/** Asks a router once for everything. @throws ProbeError */
export async function identifyRouter(run: Run, { groups, clock, timeoutMs, count }: RouterOptions): Promise<Router> {
  const missing = new Set<string>();
  const ask = askRouter(run, { timeoutMs, missing, count });
  const resource = await readResource(ask);
  const board = await readBoard(ask, resource, count);
  const ports = await readPorts(ask, count);
  const at = clock();
  const read = await readGroups([...groups], ask, contextOf(resource, ports, clock), count);
  return {
    board,
    ports,
    readings: [...read.values()].flat(),
    present: [...read].filter(([, readings]) => readings.length > 0).map(([id]) => id),
    missing,
    at,
  };
}

export function contextOf(resource: GroupContext['resource'], ports: readonly Port[], clock: Clock): GroupContext {
  return { resource, clock, ports: new Map(ports.map(({ name, index, kind }) => [name, { index, type: kind }])) };
}

/** What `simpul probe` prints of a router. @throws ProbeError */
export async function identifyRouterOs(run: Run, options: Omit<RouterOptions, 'count'>): Promise<ProbeReport> {
  const bad = countBadReadings();
  const { board, ports, readings } = await identifyRouter(run, { ...options, count: bad.count });
  const { vendor, os, model, version, name, serial, uptimeS, profile } = board;
  const badReadings = bad.snapshot();
  return {
    device: { vendor, os, model, version, name, serial, uptimeS, profile },
    interfaces: ports.map((port) => ({
      index: port.index,
      name: port.name,
      alias: port.alias || port.name,
      type: port.type,
      speedBps: port.speedBps,
      adminStatus: port.adminStatus,
      operStatus: port.operStatus,
      mtu: port.mtu,
      mac: port.mac,
      ...decimals(port),
    })),
    readings,
    ...(Object.keys(badReadings).length === 0 ? {} : { badReadings }),
  };
}
