import type { Clock } from '../../core/domain/clock.ts';
import type { OperStatus } from '../../core/domain/device.ts';
import { ProbeError, type ProbeFailure } from '../../core/domain/errors.ts';
import type { Sample } from '../../core/domain/sample.ts';
import type { Log } from '../../core/log/log.ts';
import { identify } from '../identify.ts';
import type { Profiles } from '../profile.ts';
import type { InterfaceReading } from '../readings/interfaces.ts';
import type { Resolve } from '../resolve.ts';
import type { BadReading } from '../snmp/bad-reading.ts';
import type { SnmpClient, SnmpSecurity, SnmpTarget } from '../snmp/client.ts';
import type { SnmpValue } from '../snmp/value.ts';
import { createWalkPace, DEFAULT_WALK_LIMITS, type WalkPace } from '../snmp/walk.ts';
import { type CounterMemory, continueCounters } from './counters.ts';
import type { CollectorInventory } from './inventory.ts';
import { createPollPlan, type PollPlan, readPoll } from './poll-plan.ts';
import type { Seeds } from './seeds.ts';
import { createSharing } from './sharing.ts';
import type { WatchedDevice } from './watched-device.ts';

export type PollStats = {
  readonly polls: number;
  readonly identifications: number;
  readonly samples: number;
  /** Polls that failed, by why. */
  readonly failures: Readonly<Partial<Record<ProbeFailure, number>>>;
};

export type Poller = {
  /** Asks a device for its readings. A device that does not answer is counted and costs its readings, no more. */
  poll(device: WatchedDevice): Promise<void>;
  forget(deviceId: string): void;
  stats(): PollStats;
};

export type PollerOptions = {
  readonly client: SnmpClient;
  readonly resolve: Resolve;
  readonly profiles: Profiles;
  readonly inventory: Pick<CollectorInventory, 'devices' | 'interfaces'>;
  readonly seeds: Seeds;
  readonly record: (samples: readonly Sample[]) => void;
  readonly count: (reason: BadReading) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeoutMs: number;
  readonly retries: number;
  /** A device is identified anew, with names, speeds and rows of tables, after this many polls. */
  readonly identifyEvery: number;
};

type Acquaintance = {
  readonly pace: WalkPace;
  plan: PollPlan | null;
  pollsLeft: number;
  interfaces: readonly InterfaceReading[];
  counters: CounterMemory | null;
  /** What the inventory holds of it, so that only changes are written. */
  writtenIdentity: string;
  writtenInterfaces: readonly InterfaceReading[] | null;
};

export function createPoller(options: PollerOptions): Poller {
  const { client, resolve, profiles, inventory, seeds, record, count, clock, log, identifyEvery } = options;
  const known = new Map<string, Acquaintance>();
  const share = createSharing();
  let polls = 0;
  let identifications = 0;
  let sampleCount = 0;
  const failures: Partial<Record<ProbeFailure, number>> = {};

  async function meet(device: WatchedDevice): Promise<Acquaintance> {
    const acquaintance = known.get(device.id) ?? {
      pace: createWalkPace(),
      plan: null,
      pollsLeft: 0,
      interfaces: [],
      counters: await seeds.take(device.id),
      writtenIdentity: '',
      writtenInterfaces: null,
    };
    known.set(device.id, acquaintance);
    return acquaintance;
  }

  async function targetOf(device: WatchedDevice, security: SnmpSecurity): Promise<SnmpTarget> {
    const address = await resolve(device.host);
    const timeoutMs = device.timeoutMs ?? options.timeoutMs;
    return { address, port: device.snmpPort, security, timeoutMs, retries: device.retries ?? options.retries };
  }

  async function getAcquainted(
    device: WatchedDevice,
    target: SnmpTarget,
    acquaintance: Acquaintance,
  ): Promise<PollPlan> {
    identifications++;
    const walker = { client, target, pace: acquaintance.pace, limits: DEFAULT_WALK_LIMITS, count };
    const identification = await identify(walker, profiles);
    const plan = createPollPlan(identification, share);
    acquaintance.plan = plan;
    acquaintance.pollsLeft = identifyEvery;
    acquaintance.interfaces = identification.interfaces;
    const { vendor, model, os, version, serial, profile } = identification.device;
    const said = { vendor, model, os, version, serial, profile };
    const print = JSON.stringify(said);
    if (acquaintance.writtenIdentity !== print) {
      const isWritten = await write(device, () => inventory.devices.identify(device.id, said, clock()));
      if (isWritten) acquaintance.writtenIdentity = print;
    }
    return plan;
  }

  async function writeInterfaces(device: WatchedDevice, acquaintance: Acquaintance): Promise<void> {
    const { interfaces } = acquaintance;
    if (acquaintance.writtenInterfaces === interfaces) return;
    const rows = interfaces.map(({ index, name, alias, type, mac, mtu, speedBps, adminStatus, operStatus }) => ({
      index,
      name,
      alias,
      type,
      mac,
      // Loopback interfaces of some systems claim 2^32 - 1, more than the column holds.
      mtu: mtu !== null && mtu >= 0 && mtu < 2 ** 31 ? mtu : null,
      speedBps,
      adminStatus,
      operStatus,
    }));
    const isWritten = await write(device, () => inventory.interfaces.replace(device.id, rows, clock()));
    if (isWritten) acquaintance.writtenInterfaces = interfaces;
  }

  /** Samples do not wait for what the inventory cannot take now; it is offered again at the next poll. */
  async function write(device: WatchedDevice, task: () => Promise<void>): Promise<boolean> {
    try {
      await task();
      return true;
    } catch (error) {
      log.warn({ err: error, deviceId: device.id }, 'what a device says of itself could not be stored');
      return false;
    }
  }

  async function pollOnce(device: WatchedDevice, security: SnmpSecurity): Promise<void> {
    const target = await targetOf(device, security);
    const acquaintance = await meet(device);
    const isDue = acquaintance.plan === null || acquaintance.pollsLeft <= 0;
    const plan = isDue ? await getAcquainted(device, target, acquaintance) : acquaintance.plan;
    if (plan === null) return;
    acquaintance.pollsLeft--;

    const values: (SnmpValue | null)[] = [];
    let at = 0;
    for (const oids of plan.chunks) {
      const part = await client.get(target, oids);
      if (at === 0) at = clock();
      for (const value of part) values.push(value);
    }
    const readings = readPoll(plan, values, count);
    const { memory, samples: counters, hasRestarted } = continueCounters(acquaintance.counters, { at, ...readings });
    acquaintance.counters = memory;
    // Ports and tables may be others than before.
    if (hasRestarted || readings.isStale) acquaintance.pollsLeft = 0;

    const { id: deviceId } = device;
    const samples: Sample[] = [];
    for (const { metric, instance, kind, value } of readings.gauges)
      samples.push({ deviceId, metric, instance, kind, value, at });
    for (const { metric, instance, value, at: when } of counters)
      samples.push({ deviceId, metric, instance, kind: 'counter', value, at: when });
    sampleCount += samples.length;
    record(samples);

    const { interfaces } = acquaintance;
    const statusNow = (port: InterfaceReading): OperStatus | null =>
      readings.operStatuses.get(port.index) ?? port.operStatus;
    if (interfaces.some((port) => statusNow(port) !== port.operStatus))
      acquaintance.interfaces = interfaces.map((port) => ({ ...port, operStatus: statusNow(port) }));
    await writeInterfaces(device, acquaintance);
  }

  return {
    async poll(device) {
      if (device.security === null) return;
      polls++;
      try {
        await pollOnce(device, device.security);
      } catch (error) {
        if (!(error instanceof ProbeError)) throw error;
        failures[error.failure] = (failures[error.failure] ?? 0) + 1;
        log.debug({ deviceId: device.id, failure: error.failure, detail: error.detail }, 'poll failed');
      }
    },
    forget: (deviceId) => void known.delete(deviceId),
    stats: () => ({ polls, identifications, samples: sampleCount, failures: { ...failures } }),
  };
}
