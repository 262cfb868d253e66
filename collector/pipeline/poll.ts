import { ProbeError, type ProbeFailure } from '../../core/domain/errors.ts';
import type { Sample } from '../../core/domain/sample.ts';
import type { Log } from '../../core/log/log.ts';
import type { Identification } from '../../core/stores/inventory/devices.ts';
import type { DeviceInterface } from '../../core/stores/inventory/interfaces.ts';
import type { Findings, PollRound, Probe } from '../probe.ts';
import { type CounterMemory, continueCounters } from './counters.ts';
import type { CollectorInventory } from './inventory.ts';
import type { Seeds } from './seeds.ts';
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
  /** Takes in what a device told, asked or not. @returns whether it started again since it last did */
  take(deviceId: string, round: PollRound): Promise<boolean>;
  /** Whether any probe can poll the device. */
  canPoll(device: WatchedDevice): boolean;
  forget(deviceId: string): void;
  stats(): PollStats;
};

export type PollerOptions = {
  /** The probe that polls devices with this kind of credential. */
  readonly probeFor: (credentialKind: string) => Probe | undefined;
  readonly probes: Iterable<Probe>;
  readonly inventory: Pick<CollectorInventory, 'devices' | 'interfaces' | 'findings'>;
  readonly seeds: Seeds;
  readonly record: (samples: readonly Sample[]) => void;
  readonly log: Log;
};

/** What the inventory holds of a device, so that only changes are written, and its counters. */
type Memory = {
  counters: CounterMemory | null;
  identity: Identification | undefined;
  identityPrint: string;
  interfaces: readonly DeviceInterface[] | undefined;
  /** By section. */
  findings: Record<string, unknown>;
};

export function createPoller(options: PollerOptions): Poller {
  const { probeFor, inventory, seeds, record, log } = options;
  const probes = [...options.probes];
  const memories = new Map<string, Memory>();
  let polls = 0;
  let sampleCount = 0;
  const failures: Partial<Record<ProbeFailure, number>> = {};

  async function meet(deviceId: string): Promise<Memory> {
    const memory = memories.get(deviceId) ?? {
      counters: await seeds.take(deviceId),
      identity: undefined,
      identityPrint: '',
      interfaces: undefined,
      findings: {},
    };
    memories.set(deviceId, memory);
    return memory;
  }

  const probeOf = ({ credential }: WatchedDevice): Probe | undefined =>
    credential === null ? undefined : probeFor(credential.kind);

  async function take(deviceId: string, round: PollRound): Promise<boolean> {
    const memory = await meet(deviceId);
    const { at } = round;
    const { memory: counters, samples: grown, hasRestarted } = continueCounters(memory.counters, round);
    memory.counters = counters;
    const samples: Sample[] = [];
    for (const { metric, instance, kind, value } of round.gauges)
      samples.push({ deviceId, metric, instance, kind, value, at });
    for (const { metric, instance, value, at: when } of grown)
      samples.push({ deviceId, metric, instance, kind: 'counter', value, at: when });
    sampleCount += samples.length;
    record(samples);
    await keep(deviceId, memory, round);
    return hasRestarted;
  }

  /** Writes what is new of who the device is. Samples do not wait for what the inventory cannot take now. */
  async function keep(deviceId: string, memory: Memory, round: PollRound): Promise<void> {
    const { at, identity, interfaces, findings } = round;
    if (identity !== undefined && identity !== memory.identity) {
      const print = JSON.stringify(identity);
      const isNew = print !== memory.identityPrint;
      if (!isNew || (await write(deviceId, () => inventory.devices.identify(deviceId, identity, at)))) {
        memory.identity = identity;
        memory.identityPrint = print;
      }
    }
    if (interfaces !== undefined && interfaces !== memory.interfaces) {
      if (await write(deviceId, () => inventory.interfaces.replace(deviceId, interfaces, at)))
        memory.interfaces = interfaces;
    }
    const fresh = findings === undefined ? [] : newOf(findings, memory.findings);
    if (
      fresh.length > 0 &&
      (await write(deviceId, () => inventory.findings.save(deviceId, Object.fromEntries(fresh), at)))
    )
      for (const [section, data] of fresh) memory.findings[section] = data;
  }

  /** It is offered again at the next poll. */
  async function write(deviceId: string, task: () => Promise<void>): Promise<boolean> {
    try {
      await task();
      return true;
    } catch (error) {
      log.warn({ err: error, deviceId }, 'what a device says of itself could not be stored');
      return false;
    }
  }

  return {
    async poll(device) {
      const probe = probeOf(device);
      if (probe?.poll === undefined) return;
      polls++;
      try {
        const hasRestarted = await take(device.id, await probe.poll(device));
        // Ports and tables may be others than before.
        if (hasRestarted) probe.identifyAgain?.(device.id);
      } catch (error) {
        if (!(error instanceof ProbeError)) throw error;
        failures[error.failure] = (failures[error.failure] ?? 0) + 1;
        log.debug({ deviceId: device.id, failure: error.failure, detail: error.detail }, 'poll failed');
      }
    },
    take,
    canPoll: (device) => probeOf(device)?.poll !== undefined,
    forget(deviceId) {
      memories.delete(deviceId);
      for (const probe of probes) probe.forget?.(deviceId);
    },
    stats() {
      const identifications = probes.reduce((sum, probe) => sum + (probe.stats?.().identifications ?? 0), 0);
      return { polls, identifications, samples: sampleCount, failures: { ...failures } };
    },
  };
}

const newOf = (findings: Findings, known: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(findings).filter(([section, data]) => known[section] !== data);
