import { ProbeError, type ProbeFailure } from '../../core/domain/errors.ts';
import type { Reading } from '../../core/domain/sample.ts';
import type { Log } from '../../core/log/log.ts';
import type { Identification } from '../../core/stores/inventory/devices.ts';
import type { DeviceInterface } from '../../core/stores/inventory/interfaces.ts';
import type { SeriesHandle } from '../../core/stores/series/series-names.ts';
import { canPoll, type Findings, type PollRound, type Probe } from '../probe.ts';
import { type CounterMemory, continueCounters } from './counters.ts';
import type { CollectorInventory } from './inventory.ts';
import { createPlainRounds, NO_COUNTERS } from './plain-rounds.ts';
import type { Recorder } from './record.ts';
import { copyOf, type FastRound, type RoundLayout, type SeriesName } from './round-columns.ts';
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
  readonly recorder: Pick<Recorder, 'names' | 'put' | 'kick'>;
  readonly log: Log;
};

/** What is known of a device between two rounds. */
type Memory = {
  counters: CounterMemory | null;
  /** Series of the gauges and counters of the last layout, and of other readings in the order in which they came. */
  layout: RoundLayout | null;
  gaugeSeries: readonly SeriesHandle[];
  counterSeries: readonly SeriesHandle[];
  readingSeries: SeriesHandle[];
  /** What the inventory holds, so that only changes are written. */
  identity: Identification | undefined;
  interfaces: readonly DeviceInterface[] | undefined;
  findings: Findings | undefined;
  /** By section. */
  sections: Record<string, unknown>;
};

const NO_SERIES: readonly SeriesHandle[] = [];

export function createPoller(options: PollerOptions): Poller {
  const { probeFor, inventory, seeds, recorder, log } = options;
  const probes = [...options.probes];
  const memories = new Map<string, Memory>();
  const plain = createPlainRounds();
  let polls = 0;
  let sampleCount = 0;
  const failures: Partial<Record<ProbeFailure, number>> = {};

  async function meet(deviceId: string): Promise<Memory> {
    const counters = await seeds.take(deviceId);
    const memory = memories.get(deviceId) ?? {
      counters,
      layout: null,
      gaugeSeries: NO_SERIES,
      counterSeries: NO_SERIES,
      readingSeries: [],
      identity: undefined,
      interfaces: undefined,
      findings: undefined,
      sections: {},
    };
    memories.set(deviceId, memory);
    return memory;
  }

  const probeOf = ({ credential }: WatchedDevice): Probe | undefined =>
    credential === null ? undefined : probeFor(credential.kind);

  /** Puts the samples of a round on their way. @returns whether the device started again since the last one */
  function absorb(deviceId: string, memory: Memory, round: FastRound): boolean {
    const { at, columns, gauges, uptimeS, hostUptimeS } = round;
    const { layout } = columns;
    if (memory.layout !== layout && layout.gauges.length + layout.counters.length > 0) {
      const seriesOf = ({ metric, instance }: SeriesName, kind: Reading['kind']): SeriesHandle =>
        recorder.names.of(deviceId, metric, instance, kind);
      memory.gaugeSeries = layout.gauges.map((name) => seriesOf(name, 'gauge'));
      memory.counterSeries = layout.counters.map((name) => seriesOf(name, 'counter'));
      memory.layout = layout;
    }
    for (let place = 0; place < layout.gauges.length; place++)
      put(memory.gaugeSeries[place], columns.gauges[place] ?? Number.NaN, at);
    for (let place = 0; place < gauges.length; place++) {
      const reading = gauges[place];
      if (reading !== undefined) put(readingSeries(deviceId, memory, reading, place), reading.value, at);
    }
    let hasRestarted = false;
    // What came without counters and uptime, such as the time of a web page, says nothing of them.
    if (layout.counters.length > 0 || uptimeS !== null || hostUptimeS !== null) {
      const names = layout.counters.length > 0 ? layout.counters : (memory.counters?.names ?? []);
      const place = layout.counters.length > 0 ? columns : NO_COUNTERS;
      const counted = continueCounters(
        memory.counters,
        { at, uptimeS, hostUptimeS, names, columns: place },
        (counter, value, when) => put(memory.counterSeries[counter], value, when),
      );
      memory.counters = counted.memory;
      hasRestarted = counted.hasRestarted;
    }
    recorder.kick();
    return hasRestarted;
  }

  function put(series: SeriesHandle | undefined, value: number, at: number): void {
    if (series === undefined || Number.isNaN(value)) return;
    sampleCount++;
    recorder.put(series, at, value);
  }

  function readingSeries(deviceId: string, memory: Memory, reading: Reading, place: number): SeriesHandle {
    const { metric, instance, kind } = reading;
    const known = memory.readingSeries[place];
    if (known !== undefined && recorder.names.is(known, metric, instance)) return known;
    const found = recorder.names.of(deviceId, metric, instance, kind);
    memory.readingSeries[place] = found;
    return found;
  }

  async function take(deviceId: string, round: PollRound): Promise<boolean> {
    const memory = memories.get(deviceId) ?? (await meet(deviceId));
    const hasRestarted = absorb(deviceId, memory, plain(memory.layout, round));
    if (isNews(memory, round)) await keep(deviceId, memory, round);
    return hasRestarted;
  }

  /** As `take`, at once where the device is known and says nothing new of itself. */
  function takeFast(probe: Probe, deviceId: string, round: FastRound): Promise<void> | null {
    const memory = memories.get(deviceId);
    if (memory === undefined) {
      const kept = { ...round, columns: copyOf(round.columns) };
      return meet(deviceId).then((met) => takeMet(probe, deviceId, met, kept) ?? undefined);
    }
    return takeMet(probe, deviceId, memory, round);
  }

  function takeMet(probe: Probe, deviceId: string, memory: Memory, round: FastRound): Promise<void> | null {
    // Ports and tables may be others than before.
    if (absorb(deviceId, memory, round)) probe.identifyAgain?.(deviceId);
    return isNews(memory, round) ? keep(deviceId, memory, round) : null;
  }

  /** Writes what is new of who the device is. Samples do not wait for what the inventory cannot take now. */
  async function keep(deviceId: string, memory: Memory, round: About): Promise<void> {
    const { at, identity, interfaces, findings } = round;
    if (identity !== undefined && identity !== memory.identity) {
      const isNew = JSON.stringify(identity) !== JSON.stringify(memory.identity);
      if (!isNew || (await write(deviceId, () => inventory.devices.identify(deviceId, identity, at))))
        memory.identity = identity;
    }
    if (interfaces !== undefined && interfaces !== memory.interfaces) {
      if (await write(deviceId, () => inventory.interfaces.replace(deviceId, interfaces, at)))
        memory.interfaces = interfaces;
    }
    if (findings === undefined || findings === memory.findings) return;
    const fresh = newOf(findings, memory.sections);
    if (
      fresh.length === 0 ||
      (await write(deviceId, () => inventory.findings.save(deviceId, Object.fromEntries(fresh), at)))
    ) {
      for (const [section, data] of fresh) memory.sections[section] = data;
      memory.findings = findings;
    }
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

  function ask(probe: Probe, device: WatchedDevice): Promise<void> {
    return probe.pollFast === undefined
      ? askPlainly(probe, device)
      : probe.pollFast(device, (round) => takeFast(probe, device.id, round));
  }

  async function askPlainly(probe: Probe, device: WatchedDevice): Promise<void> {
    const round = await probe.poll?.(device);
    // Ports and tables may be others than before.
    if (round !== undefined && (await take(device.id, round))) probe.identifyAgain?.(device.id);
  }

  function noteFailure(device: WatchedDevice, error: unknown): void {
    if (!(error instanceof ProbeError)) throw error;
    failures[error.failure] = (failures[error.failure] ?? 0) + 1;
    log.debug({ deviceId: device.id, failure: error.failure, detail: error.detail }, 'poll failed');
  }

  return {
    poll(device) {
      const probe = probeOf(device);
      if (probe === undefined || !canPoll(probe)) return Promise.resolve();
      polls++;
      return ask(probe, device).catch((error: unknown) => noteFailure(device, error));
    },
    take,
    canPoll(device) {
      const probe = probeOf(device);
      return probe !== undefined && canPoll(probe);
    },
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

/** What a round says of the device itself. */
type About = Pick<PollRound, 'at' | 'identity' | 'interfaces' | 'findings'>;

const isNews = (memory: Memory, { identity, interfaces, findings }: About): boolean =>
  (identity !== undefined && identity !== memory.identity) ||
  (interfaces !== undefined && interfaces !== memory.interfaces) ||
  (findings !== undefined && findings !== memory.findings);

const newOf = (findings: Findings, known: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(findings).filter(([section, data]) => known[section] !== data);
