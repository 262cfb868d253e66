import type { Bus } from '../core/bus/bus.ts';
import { loadDeviceKinds } from '../core/device-kinds.ts';
import type { Clock } from '../core/domain/clock.ts';
import { LINE_POLICIES, policyOf } from '../core/domain/line-policy.ts';
import type { StatePolicy } from '../core/domain/next-state.ts';
import type { Log } from '../core/log/log.ts';
import type { SeriesStore } from '../core/stores/series/series-store.ts';
import { realTimers, repeat, type Timers } from '../core/timers.ts';
import { answerAsks } from './answer-asks.ts';
import { type CollectorConfig, DEFAULT_COLLECTOR_CONFIG } from './config.ts';
import { createHearing } from './hearing.ts';
import { createHeart } from './heartbeat.ts';
import { loadListeners } from './listener.ts';
import { roundOf, startListening } from './listening.ts';
import { createAvailability } from './pipeline/availability.ts';
import { createCheck } from './pipeline/check.ts';
import { createEvaluator } from './pipeline/evaluate.ts';
import type { CollectorInventory } from './pipeline/inventory.ts';
import { type Journal, NO_JOURNAL, replayJournal } from './pipeline/journal.ts';
import { createKinship } from './pipeline/kinship.ts';
import { createNotify } from './pipeline/notify.ts';
import { createPoller } from './pipeline/poll.ts';
import { createRecorder } from './pipeline/record.ts';
import { restoreStatus } from './pipeline/restore.ts';
import { createSchedule } from './pipeline/schedule.ts';
import { createSeeds } from './pipeline/seeds.ts';
import { watchSight } from './pipeline/sight.ts';
import { NO_SIGHTINGS, type Sightings } from './pipeline/sightings.ts';
import { createTransitionWriter } from './pipeline/transitions.ts';
import { followVillages } from './pipeline/villages.ts';
import { createWatchList } from './pipeline/watch-list.ts';
import type { WatchedDevice } from './pipeline/watched-device.ts';
import { loadProbes, type ProbeModule, type ProbeTools, pollersOf } from './probe.ts';
import { loadProfiles } from './profile.ts';
import { createResolver } from './resolve.ts';
import { askSentinel } from './sentinel.ts';
import { countBadReadings } from './snmp/bad-reading.ts';
import { createSnmpClient } from './snmp/client.ts';
import type { CollectorStats } from './stats.ts';

export type CollectorParts = {
  readonly inventory: CollectorInventory;
  readonly series: Pick<SeriesStore, 'appendColumns' | 'names' | 'latest'>;
  readonly bus: Bus;
  /** Where changes of state wait while the inventory is away; in memory alone where nothing is said. */
  readonly journal?: Journal;
  /** Where it is kept when devices were last seen; nowhere where nothing is said. */
  readonly sightings?: Sightings;
  /** What is left out has its default. */
  readonly config?: Partial<CollectorConfig>;
  readonly clock: Clock;
  readonly timers?: Timers;
  readonly log: Log;
  /** What devices are asked by, by id; those of `probes/` where nothing is said. */
  readonly probes?: ReadonlyMap<string, ProbeModule>;
  /** Looks into the captive portal; without it nothing is said of its logins. */
  readonly loginOutcomes?: ProbeTools['loginOutcomes'];
  /** Resolves with whether a sentinel answers; over the network where nothing is said. */
  readonly sentinel?: (sentinel: string, timeoutMs: number) => Promise<boolean>;
};

export type Collector = {
  /** Resolves when each device that was there at the start was asked once, whether or not it answered. */
  readonly firstRound: Promise<void>;
  stats(): CollectorStats;
  /** Asks a device now, whether it lives and for its readings. @returns false where no such device is watched */
  pollNow(deviceId: string): Promise<boolean>;
  /** Ends what is under way and stores what is left. */
  stop(): Promise<void>;
};

/** Changes come in bursts, an import above all. */
const REFRESH_AFTER_CHANGE_MS = 300;
const TOUCH_CHUNK = 1_000;

export async function startCollector(parts: CollectorParts): Promise<Collector> {
  const {
    inventory,
    series,
    bus,
    clock,
    log,
    timers = realTimers,
    journal = NO_JOURNAL,
    sightings = NO_SIGHTINGS,
  } = parts;
  const config: CollectorConfig = { ...DEFAULT_COLLECTOR_CONFIG, ...parts.config };
  const [kinds, profiles, modules] = await Promise.all([
    loadDeviceKinds(),
    loadProfiles(),
    parts.probes ?? loadProbes(),
  ]);
  const probeKinds = new Map([...modules].map(([id, { kind }]) => [id, kind]));
  const startedAt = clock();
  await replayJournal(journal, inventory, { collector: config.name, log });
  const [beat, stored, seen] = await Promise.all([
    inventory.heartbeats.get(config.name),
    inventory.statuses.all(),
    sightings.read(),
  ]);
  const watch = createWatchList(inventory, config, probeKinds, log);
  const { all: firstDevices } = await watch.refresh();

  const bad = countBadReadings();
  const snmp = createSnmpClient({ count: bad.count });
  const resolve = createResolver(clock);
  const hearing = createHearing();
  const { pollTimeoutMs, pollRetries, identifyEvery } = config;
  const tools = {
    clock,
    log,
    resolve,
    snmp,
    profiles,
    hearing,
    loginOutcomes: parts.loginOutcomes ?? null,
    count: bad.count,
    pollTimeoutMs,
    pollRetries,
    identifyEvery,
  };
  const probes = new Map([...modules].map(([id, { open }]) => [id, open(tools)]));
  const pollers = pollersOf(modules, probes);
  const recorder = createRecorder({ series, timers, log });
  const availability = createAvailability(config.reachWindowMs);
  let isStopping = false;

  const reachSchedule = createSchedule({ timers, maxInFlight: config.maxReachInFlight, onError: logged });
  const pollSchedule = createSchedule({ timers, maxInFlight: config.maxPollsInFlight, onError: logged });
  function logged(error: unknown, deviceId: string): void {
    log.error({ err: error, deviceId }, 'a check of a device failed unexpectedly');
  }

  const villages = followVillages((id) => evaluator.stateOf(id));
  const heart = createHeart({
    collector: config.name,
    startedAt,
    heartbeats: inventory.heartbeats,
    journal,
    lost: () => Math.max(writer.stats().lost, journal.status().dropped),
    bus,
    clock,
    timers,
    log,
  });
  const writer = createTransitionWriter({
    collector: config.name,
    statuses: inventory.statuses,
    journal,
    notify: createNotify(bus, villages),
    beat: heart.beat,
    timers,
    log,
  });
  const sight = watchSight({
    clock,
    timers,
    sentinels: config.sentinels,
    ask: parts.sentinel ?? ((sentinel, timeoutMs) => askSentinel(sentinel, timeoutMs, resolve)),
    onBlind(since, reason) {
      log.warn({ since, reason }, 'the collector cannot see: what it watches is unknown from then on');
      evaluator.blind(watch.all(), since, reason);
    },
    blindAfterMs: config.blindAfterMs,
  });
  const policies = new Map<string, StatePolicy>();
  const policyFor = ({ kind, reachability, medium }: WatchedDevice): StatePolicy => {
    const key = `${kind}/${reachability}/${medium}`;
    const known = policies.get(key);
    if (known !== undefined) return known;
    const line = medium === null ? undefined : LINE_POLICIES[medium].policy;
    const { thresholds } = kinds.get(kind) ?? {};
    const policy = policyOf(config.policy, line, probeKinds.get(reachability)?.thresholds, thresholds);
    policies.set(key, policy);
    return policy;
  };
  const kinship = createKinship(firstDevices);
  const evaluator = createEvaluator({
    clock,
    timers,
    statuses: new Map(stored.map((row) => [row.deviceId, restoreStatus(row, seen.get(row.deviceId))])),
    policyOf: policyFor,
    kinship,
    sight,
    availability,
    recorder,
    writer,
    checkAgain: (id, delayMs) => reachSchedule.hasten(id, delayMs),
  });
  villages.replace(firstDevices);
  const lastSightAt = beat?.beatAt ?? 0;
  if (startedAt - lastSightAt > config.blindAfterMs) evaluator.blind(firstDevices, lastSightAt, 'collector-stopped');

  const poller = createPoller({
    probeFor: (credentialKind) => pollers.get(credentialKind),
    probes: probes.values(),
    inventory,
    seeds: createSeeds({ series, deviceIds: firstDevices.map(({ id }) => id), now: startedAt, log }),
    recorder,
    log,
  });

  const awaited = new Set(firstDevices.map(({ id }) => id));
  let endFirstRound = () => {};
  const firstRound = new Promise<void>((done) => {
    endFirstRound = done;
  });
  const asked = (id: string): void => {
    if (awaited.delete(id) && awaited.size === 0) endFirstRound();
  };
  if (awaited.size === 0) endFirstRound();

  const patienceWith = ({ timeoutMs, reachability, medium }: WatchedDevice): number =>
    timeoutMs ??
    probeKinds.get(reachability)?.reachTimeoutMs ??
    (medium === null ? null : LINE_POLICIES[medium].timeoutMs) ??
    config.reachTimeoutMs;

  const checkDevice = createCheck({
    clock,
    timers,
    probeOf: ({ reachability }) => probes.get(reachability),
    patienceOf: patienceWith,
    evaluator,
    isStopping: () => isStopping,
  });

  async function check(id: string): Promise<void> {
    const device = watch.get(id);
    if (device === undefined) return;
    try {
      const checked = await checkDevice(device);
      if (checked?.answer?.readings === undefined && checked?.answer?.findings === undefined) return;
      const { readings = [], findings = {} } = checked.answer;
      await poller.take(id, roundOf({ at: checked.observation.at, readings, findings }));
    } finally {
      asked(id);
    }
  }

  async function poll(id: string): Promise<void> {
    const device = watch.get(id);
    // Of a device that is down nothing is to be read; the heartbeat tells when it is back.
    if (device === undefined || isStopping || evaluator.stateOf(id) === 'down') return;
    await poller.poll(device);
  }

  function schedule(device: WatchedDevice): void {
    const { id, reachIntervalMs, pollIntervalMs } = device;
    // What is asked seldom is met soon all the same: until then nobody knows whether it lives.
    const firstWithinMs = Math.min(reachIntervalMs, config.reachIntervalMs);
    reachSchedule.set(id, { intervalMs: reachIntervalMs, firstWithinMs, run: () => check(id) });
    if (!poller.canPoll(device)) pollSchedule.remove(id);
    else
      pollSchedule.set(id, {
        intervalMs: pollIntervalMs,
        firstWithinMs: config.firstPollWithinMs,
        run: () => poll(id),
      });
  }
  firstDevices.forEach(schedule);

  const followers = new Set<() => void>();
  async function refresh(): Promise<void> {
    try {
      const { all, changed, removedIds } = await watch.refresh();
      if (changed.length === 0 && removedIds.length === 0) return;
      changed.forEach(schedule);
      for (const id of removedIds) {
        reachSchedule.remove(id);
        pollSchedule.remove(id);
        recorder.add(availability.flush(id));
        poller.forget(id);
        hearing.forget(id);
        asked(id);
      }
      villages.replace(all);
      kinship.replace(all);
      for (const run of followers) run();
    } catch (error) {
      log.warn({ err: error }, 'the inventory could not be read anew');
    }
  }

  const listening = await startListening(await loadListeners(), {
    clock,
    timers,
    log,
    settings: config.listeners,
    hearing,
    watch,
    onDevicesChanged(run) {
      followers.add(run);
      return () => void followers.delete(run);
    },
    async observe(device, observation) {
      if (!isStopping) await evaluator.observe(device, observation, observation.at);
    },
    async take(device, round) {
      if (!isStopping) await poller.take(device.id, round);
    },
    pollSoon(deviceId) {
      reachSchedule.hasten(deviceId, 0);
      pollSchedule.hasten(deviceId, 0);
    },
    onError: logged,
  });

  let cancelRefresh: (() => void) | null = null;
  let refreshing = Promise.resolve();
  const refreshSoon = (): void => {
    cancelRefresh ??= timers.after(REFRESH_AFTER_CHANGE_MS, () => {
      cancelRefresh = null;
      refreshing = refreshing.then(refresh);
    });
  };
  const unsubscribe = bus.subscribe(({ type }) => {
    if (type === 'inventory-changed' && !isStopping) refreshSoon();
  });

  async function pollNow(deviceId: string): Promise<boolean> {
    if (watch.get(deviceId) === undefined) return false;
    await Promise.all([reachSchedule.runNow(deviceId), pollSchedule.runNow(deviceId)]);
    return true;
  }
  const asks = answerAsks({
    bus,
    name: config.name,
    clock,
    timers,
    log,
    deviceOf: (id) => watch.get(id),
    watcherOf: (device) => ({ probe: probes.get(device.reachability), patienceMs: patienceWith(device) }),
    pollerOf(credentialKind) {
      const [id] = [...modules].find(([, { kind }]) => kind.credentials.includes(credentialKind)) ?? [];
      const probe = pollers.get(credentialKind);
      return id === undefined || probe === undefined ? undefined : { id, probe };
    },
    pollNow,
  });

  async function sign(): Promise<void> {
    if ((await heart.beat()) && writer.stats().waiting === 0) await journal.clear();
  }
  async function touch(): Promise<void> {
    const touches = evaluator.takeTouches();
    try {
      for (let at = 0; at < touches.length; at += TOUCH_CHUNK)
        await inventory.statuses.touch(touches.slice(at, at + TOUCH_CHUNK), clock(), config.name);
    } catch (error) {
      log.warn({ err: error }, 'what was seen could not be stored');
    }
  }
  await sign();
  const repeated = [
    repeat(timers, config.heartbeatMs, sign),
    repeat(timers, config.touchMs, touch),
    repeat(timers, config.sightingsMs, () => sightings.save(evaluator.lastSeen())),
    repeat(timers, config.refreshMs, async () => {
      refreshing = refreshing.then(refresh);
      await refreshing;
    }),
  ];

  return {
    firstRound,
    stats() {
      const devices = { up: 0, degraded: 0, down: 0, unknown: 0 };
      const byProbe: Record<string, number> = {};
      for (const { id, reachability } of watch.all()) {
        devices[evaluator.stateOf(id)]++;
        byProbe[reachability] = (byProbe[reachability] ?? 0) + 1;
      }
      return {
        startedAt,
        firstRoundDone: awaited.size === 0,
        devices,
        byProbe,
        reach: reachSchedule.stats(),
        poll: pollSchedule.stats(),
        polls: poller.stats(),
        samples: recorder.stats(),
        transitions: writer.stats(),
        sight: sight.stats(),
        badReadings: bad.snapshot(),
        listeners: listening.stats(),
        lastBeatAt: heart.lastBeatAt(),
      };
    },
    pollNow,
    async stop() {
      if (isStopping) return;
      isStopping = true;
      unsubscribe();
      cancelRefresh?.();
      const wasSeeing = sight.stats().canSee;
      evaluator.stop();
      const asksEnded = asks.stop();
      await listening.close();
      await Promise.all([...repeated.map((task) => task.stop()), sight.stop(), refreshing]);
      // What is under way ends at once, and is not held against any device.
      const ended = Promise.all([reachSchedule.stop(), pollSchedule.stop()]);
      await Promise.all([snmp.close(), ...[...probes.values()].map((probe) => probe.close())]);
      await Promise.all([ended, asksEnded]);
      recorder.add(availability.flush());
      await Promise.all([recorder.stop(), writer.stop()]);
      await touch();
      if (wasSeeing) await sign();
    },
  };
}
