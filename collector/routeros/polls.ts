import type { Clock } from '../../core/domain/clock.ts';
import { OPER_STATUSES, type OperStatus } from '../../core/domain/device.ts';
import type { Reading } from '../../core/domain/sample.ts';
import type { Identification } from '../../core/stores/inventory/devices.ts';
import type { DeviceInterface } from '../../core/stores/inventory/interfaces.ts';
import type { RawCounter } from '../pipeline/counters.ts';
import { readingNames, readingOf } from '../pipeline/reading-names.ts';
import type { Findings, PollRound } from '../probe.ts';
import type { ProbeReading } from '../profile.ts';
import { createSameFindings } from '../same-findings.ts';
import type { BadReading } from '../snmp/bad-reading.ts';
import type { ReadingGroups } from './group.ts';
import { contextOf, identifyRouter, type Router } from './identify.ts';
import type { Run } from './kept-connection.ts';
import { askRouter } from './menu.ts';
import { type Port, type PortCounters, type PortNow, readPortsNow } from './ports.ts';
import { readGroups } from './read-groups.ts';
import { readResource, uptimeOf } from './system.ts';

export type RouterOsPolls = {
  /**
   * Identifies a router now and then, and in between asks only for what changes.
   * @throws ProbeError
   */
  poll(deviceId: string, run: Run, timeoutMs: number): Promise<PollRound>;
  identifyAgain(deviceId: string): void;
  forget(deviceId: string): void;
  stats(): { readonly identifications: number };
};

/** What is known of a router between two polls. */
type Acquaintance = {
  readonly ports: readonly Port[];
  readonly present: readonly string[];
  readonly missing: Set<string>;
  readonly identity: Identification;
  readonly findings: Findings;
  interfaces: readonly DeviceInterface[];
  pollsLeft: number;
};

export function createRouterOsPolls(options: {
  readonly groups: () => Promise<ReadingGroups>;
  readonly clock: Clock;
  readonly count: (reason: BadReading) => void;
  readonly identifyEvery: number;
}): RouterOsPolls {
  const { clock, count, identifyEvery } = options;
  const known = new Map<string, Acquaintance>();
  const same = createSameFindings();
  let identifications = 0;

  async function getAcquainted(deviceId: string, run: Run, timeoutMs: number): Promise<PollRound> {
    identifications++;
    const router = await identifyRouter(run, { groups: await options.groups(), clock, timeoutMs, count });
    const found = acquaintanceOf(router, identifyEvery);
    const acquaintance = { ...found, findings: same.of(deviceId, found.findings) };
    known.set(deviceId, acquaintance);
    return roundOf(acquaintance, router.at, router.board.uptimeS, router.ports, router.readings);
  }

  async function pollAgain(acquaintance: Acquaintance, run: Run, timeoutMs: number): Promise<PollRound> {
    const { ports, present, missing } = acquaintance;
    const ask = askRouter(run, { timeoutMs, missing, count });
    const [resource, now] = await Promise.all([readResource(ask), readPortsNow(ask)]);
    const at = clock();
    const groups = [...(await options.groups())].filter(([id, { pace }]) => pace === 'poll' && present.includes(id));
    const read = await readGroups(groups, ask, contextOf(resource, ports, clock), count);

    const met = ports.flatMap((port) => {
      const found = now.get(port.id);
      return found === undefined ? [] : [{ ...found, index: port.index }];
    });
    // Ports came or went.
    if (met.length !== ports.length || met.length !== now.size) acquaintance.pollsLeft = 0;
    else acquaintance.pollsLeft--;
    takeStates(acquaintance, met);
    return roundOf(acquaintance, at, uptimeOf(resource), met, [...read.values()].flat());
  }

  return {
    async poll(deviceId, run, timeoutMs) {
      const acquaintance = known.get(deviceId);
      return acquaintance === undefined || acquaintance.pollsLeft <= 0
        ? await getAcquainted(deviceId, run, timeoutMs)
        : await pollAgain(acquaintance, run, timeoutMs);
    },
    identifyAgain(deviceId) {
      const acquaintance = known.get(deviceId);
      if (acquaintance !== undefined) acquaintance.pollsLeft = 0;
    },
    forget(deviceId) {
      known.delete(deviceId);
      same.forget(deviceId);
    },
    stats: () => ({ identifications }),
  };
}

function acquaintanceOf({ board, ports, present, missing, readings }: Router, pollsLeft: number): Acquaintance {
  const { vendor, model, os, version, serial, profile, channel, architecture, firmware, nextFirmware } = board;
  return {
    ports,
    present,
    missing,
    identity: { vendor, model, os, version, serial, profile },
    findings: { readings: readingNames(readings), routeros: { channel, architecture, firmware, nextFirmware } },
    interfaces: ports.map(({ index, name, alias, type, mac, mtu, speedBps, adminStatus, operStatus }) => ({
      index,
      name,
      alias,
      type,
      mac,
      mtu,
      speedBps,
      adminStatus,
      operStatus,
    })),
    pollsLeft,
  };
}

function takeStates(acquaintance: Acquaintance, ports: readonly Pick<Port, 'index' | 'operStatus'>[]): void {
  const states = new Map(ports.map(({ index, operStatus }) => [index, operStatus]));
  const stateOf = ({ index, operStatus }: DeviceInterface): OperStatus | null => states.get(index) ?? operStatus;
  const { interfaces } = acquaintance;
  // The same list says that nothing is to be written.
  if (interfaces.every((port) => stateOf(port) === port.operStatus)) return;
  acquaintance.interfaces = interfaces.map((port) => ({ ...port, operStatus: stateOf(port) }));
}

function roundOf(
  { identity, interfaces, findings }: Acquaintance,
  at: number,
  uptimeS: number | null,
  ports: readonly (PortNow & { readonly index: number })[],
  readings: readonly ProbeReading[],
): PollRound {
  const gauges: Reading[] = readings.map(readingOf);
  if (uptimeS !== null) gauges.push({ metric: 'system.uptime_s', instance: '', kind: 'gauge', value: uptimeS });
  for (const { index, operStatus } of ports) {
    if (operStatus === null) continue;
    const value = OPER_STATUSES.indexOf(operStatus) + 1;
    gauges.push({ metric: 'interface.ifOperStatus', instance: String(index), kind: 'gauge', value });
  }
  return {
    at,
    uptimeS,
    // The API is part of the system: it starts when the machine does.
    hostUptimeS: uptimeS,
    gauges,
    counters: ports.flatMap((port) => countersOf(port)),
    identity,
    interfaces,
    findings,
  };
}

const METRICS: readonly (readonly [keyof PortCounters, string])[] = [
  ['inOctets', 'interface.ifHCInOctets'],
  ['outOctets', 'interface.ifHCOutOctets'],
  ['inErrors', 'interface.ifInErrors'],
  ['outErrors', 'interface.ifOutErrors'],
  ['inDiscards', 'interface.ifInDiscards'],
  ['outDiscards', 'interface.ifOutDiscards'],
];

function countersOf(port: PortCounters & { readonly index: number }): RawCounter[] {
  const instance = String(port.index);
  return METRICS.flatMap(([field, metric]) => {
    const value = port[field];
    if (value === null) return [];
    const key = `${metric}/${instance}`;
    return [{ key, metric, instance, raw: Number(value), bits: 64, maxPerSecond: null, discontinuity: null }];
  });
}
