import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createPoller, type Poller } from '../../collector/pipeline/poll.ts';
import { createRecorder, type Recorder, type RecorderOptions } from '../../collector/pipeline/record.ts';
import { createSchedule } from '../../collector/pipeline/schedule.ts';
import { createSeeds } from '../../collector/pipeline/seeds.ts';
import type { WatchedDevice } from '../../collector/pipeline/watched-device.ts';
import type { Probe } from '../../collector/probe.ts';
import { open } from '../../collector/probes/snmp.ts';
import { AnswerSlots } from '../../collector/snmp/answer-slots.ts';
import { countBadReadings } from '../../collector/snmp/bad-reading.ts';
import { createSnmpClient } from '../../collector/snmp/client.ts';
import { securityOf } from '../../collector/snmp/security-of.ts';
import { Secret } from '../../core/config/secret.ts';
import { MINUTE } from '../../core/domain/clock.ts';
import { silentLog } from '../../core/log/log.ts';
import { openSeriesStore } from '../../core/stores/series/open.ts';
import { SeriesNames } from '../../core/stores/series/series-names.ts';
import { realTimers } from '../../core/timers.ts';
import { type Bench, cpuSince, rounded } from '../support/bench.ts';
import { benchClient, benchDevices, benchProfiles } from '../support/bench-devices.ts';
import { peersOf } from '../support/bench-peers.ts';
import { cpuOf } from '../support/cpu-of.ts';
import { probeTools } from '../support/probe-tools.ts';
import { AUTH_PASSPHRASE, PRIV_PASSPHRASE, startSnmpd } from '../support/snmpd.ts';

/** Until the machine code is what it will be: a collector runs for months. */
const WARM_UP_POLLS = 60_000;
/** The pace at which codec, pipeline and store are told apart, where none is asked for. */
const DEFAULT_INTERVAL_S = 15;

/**
 * What a poll of some 20 objects costs from the request to the stored sample, in CPU time of this process alone;
 * Debian's `snmpd` answers, for an address of 127.0.0.0/8 a device. Where they are installed, Debian's
 * `prometheus-snmp-exporter` and `collectd` do the same work. Options: `--agents 5700`, `--interval 15` (seconds between
 * two polls of a device) or `--pace 167500` (polls a minute of all devices together), `--rounds 2` (of each phase),
 * `--v3 1` (authPriv with SHA and AES instead of v2c), `--peers 0`.
 */
export const bench: Bench = async ({ option, print }) => {
  const agents = option('agents', 5_700);
  const pace = option('pace', 0);
  const intervalMs = pace > 0 ? (agents * MINUTE) / pace : option('interval', DEFAULT_INTERVAL_S) * 1_000;
  const rounds = option('rounds', 2);
  const isV3 = option('v3', 0) === 1;
  const snmpd = await startSnmpd({ address: '0.0.0.0' });
  const dataDir = await mkdtemp(join(tmpdir(), 'simpul-bench-'));
  const series = await openSeriesStore({ dataDir, influxUrl: null }, { clock: Date.now, log: silentLog });
  const bad = countBadReadings();
  const client = createSnmpClient({ count: bad.count });
  const credential = isV3 ? V3 : V2C;
  const security = securityOf(credential);
  if (security === null) throw new Error('a credential that is none of SNMP');
  const target = { address: '127.0.0.1', port: snmpd.port, security, timeoutMs: 2_000, retries: 1 };
  const snmp = await benchClient(client, target);
  const questions = new Set<readonly string[]>();
  const probe = open(
    probeTools({
      snmp: {
        ...snmp,
        read(asked, question, ...rest) {
          questions.add(question.oids);
          snmp.read(asked, question, ...rest);
        },
      },
      profiles: benchProfiles,
      count: bad.count,
      pollTimeoutMs: 2_000,
      pollRetries: 1,
      identifyEvery: Number.POSITIVE_INFINITY,
    }),
  );

  try {
    const forgetting = { names: new SeriesNames(), appendColumns: async () => {} };
    const before = memory();
    const devices = benchDevices(agents, snmpd.port, credential);
    const dry = collector(probe, forgetting);
    const identified = process.cpuUsage();
    await inTurn(devices, (device) => dry.poller.poll(device));
    const identification = cpuSince(identified) / agents;
    const known = memory();
    const objects = [...questions][0] ?? [];

    const measure = (ask: (device: WatchedDevice) => Promise<void>, stored = () => [0, 0]): Promise<Measured> =>
      measured({ devices, ask, intervalMs, rounds, agentPid: snmpd.pid, figures: stored });
    const codec = await measure((device) => {
      const asked = { ...target, address: device.host };
      return new Promise((done) =>
        client.read(asked, { oids: objects, wholeFrom: 0, wholeTo: 0 }, slots, 0, () => done()),
      );
    });
    const pipeline = await measure((device) => dry.poller.poll(device));
    await dry.recorder.stop();
    const whole = collector(probe, series);
    const all = await measure(
      (device) => whole.poller.poll(device),
      () => [whole.poller.stats().samples, whole.recorder.stats().stored],
    );
    const [samples = 0, stored = 0] = all.grown;
    const samplesPerPoll = samples / all.polls;
    await whole.recorder.stop();
    const withSeries = memory();
    const rollCpu = process.cpuUsage();
    await series.rollUp(Date.now() + MINUTE);
    const rollUp = cpuSince(rollCpu) / whole.recorder.stats().stored;

    print({
      version: isV3 ? '3 authPriv, SHA and AES' : '2c',
      agents,
      objectsPerPoll: objects.length,
      intervalS: rounded(intervalMs / 1_000),
      polls: all.polls,
      pollsPerMinute: Math.round(all.pollsPerSecond * 60),
      samplesPerPoll: rounded(samplesPerPoll),
      storedPerSecond: Math.round(stored / all.seconds),
      cpuMicrosPerPoll: rounded(all.cpuMicros),
      ofThat: {
        codec: rounded(codec.cpuMicros),
        pipeline: rounded(pipeline.cpuMicros - codec.cpuMicros),
        store: rounded(all.cpuMicros - pipeline.cpuMicros),
      },
      flatOutMicrosPerPoll: rounded(all.flatOutMicros),
      ofThatFlatOut: {
        codec: rounded(codec.flatOutMicros),
        pipeline: rounded(pipeline.flatOutMicros - codec.flatOutMicros),
        store: rounded(all.flatOutMicros - pipeline.flatOutMicros),
      },
      rollUpMicrosPerPoll: rounded(rollUp * samplesPerPoll),
      cpuPercentOfOneCore: rounded((all.cpuMicros * all.pollsPerSecond) / 10_000),
      agentCpuPercentOfOneCore: rounded(all.agentPercent),
      cpuMicrosPerIdentification: Math.round(identification),
      lagMs: all.lagMs,
      overruns: all.overruns,
      failures: whole.poller.stats().failures,
      badReadings: bad.snapshot(),
      bytesPerIdleDevice: {
        collector: Math.round((known - before) / agents),
        storeAndSecondRecorder: Math.round((withSeries - known) / agents),
      },
      rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
    });
    if (option('peers', 1) === 1 && !isV3)
      for await (const { name, ...figures } of peersOf(objects, snmpd.port))
        print({
          peer: name,
          ...figures,
          ...ratio(figures, figures.pace === 'flat out' ? all.flatOutMicros : all.cpuMicros),
        });
  } finally {
    await client.close();
    await series.close();
    await snmpd.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};

type Measured = {
  readonly polls: number;
  readonly seconds: number;
  readonly pollsPerSecond: number;
  /** Of this process, for one poll. */
  readonly cpuMicros: number;
  /** The same where the next question goes out as soon as an answer is there: the process never sleeps between two. */
  readonly flatOutMicros: number;
  readonly agentPercent: number;
  /** What the figures asked for grew by. */
  readonly grown: readonly number[];
  readonly lagMs: object;
  readonly overruns: number;
};

/** Polls at the pace for a round, and then for those that are measured. */
async function measured(options: {
  readonly devices: readonly WatchedDevice[];
  readonly ask: (device: WatchedDevice) => Promise<void>;
  readonly intervalMs: number;
  readonly rounds: number;
  readonly agentPid: number;
  readonly figures: () => readonly number[];
}): Promise<Measured> {
  const { devices, ask, intervalMs, rounds, agentPid, figures } = options;
  for (let warmed = 0; warmed < WARM_UP_POLLS; warmed += devices.length) await inTurn(devices, ask);
  const flatOut = process.cpuUsage();
  for (let round = 0; round < rounds; round++) await inTurn(devices, ask);
  const flatOutMicros = cpuSince(flatOut) / (rounds * devices.length);
  let polls = 0;
  const schedule = createSchedule({
    timers: realTimers,
    maxInFlight: 512,
    onError(error) {
      throw error;
    },
  });
  for (const device of devices)
    schedule.set(device.id, {
      intervalMs,
      firstWithinMs: intervalMs,
      run() {
        polls++;
        return ask(device);
      },
    });
  // The first turns of all lie within one interval; from then on each round is like the others.
  await new Promise((done) => setTimeout(done, intervalMs));
  const before = figures();
  const [first, agentBefore, startedAt, cpu] = [polls, cpuOf(agentPid), performance.now(), process.cpuUsage()];
  await new Promise((done) => setTimeout(done, rounds * intervalMs));
  const used = cpuSince(cpu);
  const seconds = (performance.now() - startedAt) / 1_000;
  const grown = figures().map((figure, at) => figure - (before[at] ?? 0));
  const agentPercent = (cpuOf(agentPid) - agentBefore) / seconds / 10_000;
  const done = polls - first;
  const { lagMs, overruns } = schedule.stats();
  await schedule.stop();
  return {
    polls: done,
    seconds,
    pollsPerSecond: done / seconds,
    cpuMicros: used / done,
    flatOutMicros,
    agentPercent,
    grown,
    lagMs: { p50: rounded(lagMs.p50), p95: rounded(lagMs.p95), max: rounded(lagMs.max) },
    overruns,
  };
}

function collector(probe: Probe, series: RecorderOptions['series']): { poller: Poller; recorder: Recorder } {
  const recorder = createRecorder({ series, timers: realTimers, log: silentLog });
  const poller = createPoller({
    probeFor: () => probe,
    probes: [probe],
    inventory: {
      devices: { targets: async () => [], identify: async () => {} },
      interfaces: { replace: async () => {}, setStates: async () => {} },
      findings: { save: async () => {} },
    },
    seeds: createSeeds({ series: { latest: async () => [] }, deviceIds: [], now: Date.now(), log: silentLog }),
    recorder,
    log: silentLog,
  });
  return { poller, recorder };
}

async function inTurn(devices: readonly WatchedDevice[], ask: (device: WatchedDevice) => Promise<void>): Promise<void> {
  for (let at = 0; at < devices.length; at += 64) await Promise.all(devices.slice(at, at + 64).map(ask));
}

/** What is held after a full collection. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const ratio = (figures: object, ours: number): object =>
  'cpuMicrosPerPoll' in figures && typeof figures.cpuMicrosPerPoll === 'number'
    ? { timesOurs: rounded(figures.cpuMicrosPerPoll / ours) }
    : {};

const slots = new AnswerSlots(64);
const V2C = { id: 'c', name: 'public', kind: 'snmp-v2c', settings: { community: new Secret('public') } };
const V3 = {
  id: 'c',
  name: 'noc',
  kind: 'snmp-v3',
  settings: {
    user: 'noc',
    level: 'authPriv',
    authProtocol: 'sha',
    authKey: new Secret(AUTH_PASSPHRASE),
    privProtocol: 'aes',
    privKey: new Secret(PRIV_PASSPHRASE),
  },
};
