import { ProbeError, type ProbeFailure } from '../../core/domain/errors.ts';
import type { Reading } from '../../core/domain/sample.ts';
import type { Log } from '../../core/log/log.ts';
import type { SeriesHandle } from '../../core/stores/series/series-names.ts';
import { canPoll, type PollRound, type Probe } from '../probe.ts';
import { type CounterMemory, continueCounters } from './counters.ts';
import type { CollectorInventory } from './inventory.ts';
import { createNewsKeeper, type NewsMemory, NOTHING_KNOWN } from './news.ts';
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
type Memory = NewsMemory & {
  counters: CounterMemory | null;
  /**
   * Series of the last layout: gauges, then counters, each as its distance from the first. Devices that were met in the
   * same way share the distances.
   */
  layout: RoundLayout | null;
  firstSeries: SeriesHandle;
  distances: readonly number[];
  /** Of other readings, in the order in which they came. */
  readingSeries: SeriesHandle[];
};

const NO_SERIES: readonly number[] = [];

export function createPoller(options: PollerOptions): Poller {
  const { probeFor, inventory, seeds, recorder, log } = options;
  const probes = [...options.probes];
  const memories = new Map<string, Memory>();
  const plain = createPlainRounds();
  const { isNews, keep } = createNewsKeeper({ inventory, log });
  const usualDistances = new WeakMap<RoundLayout, readonly number[]>();
  let polls = 0;
  let sampleCount = 0;
  const failures: Partial<Record<ProbeFailure, number>> = {};

  async function meet(deviceId: string): Promise<Memory> {
    const counters = await seeds.take(deviceId);
    const memory = memories.get(deviceId) ?? {
      counters,
      layout: null,
      firstSeries: 0,
      distances: NO_SERIES,
      readingSeries: [],
      ...NOTHING_KNOWN,
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
    if (memory.layout !== layout && layout.gauges.length + layout.counters.length > 0) layOut(deviceId, memory, layout);
    const { firstSeries, distances } = memory;
    for (let place = 0; place < layout.gauges.length; place++)
      put(firstSeries + (distances[place] ?? 0), columns.gauges[place] ?? Number.NaN, at);
    if (memory.readingSeries.length < gauges.length)
      memory.readingSeries = gauges.map(({ metric, instance, kind }) =>
        recorder.names.of(deviceId, metric, instance, kind),
      );
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
        (counter, value, when) => put(firstSeries + (distances[layout.gauges.length + counter] ?? 0), value, when),
      );
      memory.counters = counted.memory;
      hasRestarted = counted.hasRestarted;
    }
    recorder.kick();
    return hasRestarted;
  }

  function layOut(deviceId: string, memory: Memory, layout: RoundLayout): void {
    const seriesOf = ({ metric, instance }: SeriesName, kind: Reading['kind']): SeriesHandle =>
      recorder.names.of(deviceId, metric, instance, kind);
    const series = [
      ...layout.gauges.map((name) => seriesOf(name, 'gauge')),
      ...layout.counters.map((name) => seriesOf(name, 'counter')),
    ];
    const first = series[0] ?? 0;
    const distances = series.map((each) => each - first);
    const usual = usualDistances.get(layout);
    if (usual === undefined) usualDistances.set(layout, distances);
    const isUsual = usual?.every((distance, place) => distance === distances[place]) === true;
    memory.firstSeries = first;
    memory.distances = isUsual ? usual : distances;
    memory.layout = layout;
  }

  function put(series: SeriesHandle, value: number, at: number): void {
    if (Number.isNaN(value)) return;
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
