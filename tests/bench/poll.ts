import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHearing } from '../../collector/hearing.ts';
import { createPoller } from '../../collector/pipeline/poll.ts';
import { createRecorder } from '../../collector/pipeline/record.ts';
import { createSchedule } from '../../collector/pipeline/schedule.ts';
import { createSeeds } from '../../collector/pipeline/seeds.ts';
import { realTimers } from '../../collector/pipeline/timers.ts';
import type { WatchedDevice } from '../../collector/pipeline/watched-device.ts';
import { open } from '../../collector/probes/snmp.ts';
import { loadProfiles } from '../../collector/profile.ts';
import { createResolver } from '../../collector/resolve.ts';
import { countBadReadings } from '../../collector/snmp/bad-reading.ts';
import { createSnmpClient } from '../../collector/snmp/client.ts';
import { Secret } from '../../core/config/secret.ts';
import { silentLog } from '../../core/log/log.ts';
import { openSeriesStore } from '../../core/stores/series/open.ts';
import type { Bench } from '../support/bench.ts';

/**
 * What a poll of 20 objects costs, from the request to the stored sample: `--agents 5700 --interval 20 --rounds 3`
 * (agents, seconds between two polls of a device, rounds that are measured). The agents run in another process.
 */
export const bench: Bench = async ({ option, print }) => {
  const agents = option('agents', 5_700);
  const intervalMs = option('interval', 20) * 1_000;
  const rounds = option('rounds', 3);
  const responder = await startAgents(agents);
  const dataDir = await mkdtemp(join(tmpdir(), 'simpul-bench-'));
  const series = await openSeriesStore({ dataDir, influxUrl: null }, { clock: Date.now, log: silentLog });
  const bad = countBadReadings();
  const client = createSnmpClient({ count: bad.count });
  const recorder = createRecorder({ series, timers: realTimers, log: silentLog });
  const errors: unknown[] = [];
  const schedule = createSchedule({ timers: realTimers, maxInFlight: 512, onError: (error) => errors.push(error) });
  const credential = { id: 'c', name: 'public', kind: 'snmp-v2c', settings: { community: new Secret('public') } };
  const devices = responder.ports.map((port, at) => deviceOf(at, port, credential, intervalMs));
  const clock = Date.now;
  const probe = open({
    clock,
    log: silentLog,
    resolve: createResolver(clock),
    snmp: client,
    profiles: await loadProfiles(),
    hearing: createHearing(),
    count: bad.count,
    pollTimeoutMs: 2_000,
    pollRetries: 1,
    identifyEvery: Number.POSITIVE_INFINITY,
  });
  const poller = createPoller({
    probeFor: () => probe,
    probes: [probe],
    inventory: {
      devices: { targets: async () => [], identify: async () => {} },
      interfaces: { replace: async () => {} },
      findings: { save: async () => {} },
    },
    seeds: createSeeds({ series, deviceIds: [], now: Date.now(), log: silentLog }),
    record: (samples) => recorder.add(samples),
    log: silentLog,
  });

  const identified = process.cpuUsage();
  for (let at = 0; at < devices.length; at += 256)
    await Promise.all(devices.slice(at, at + 256).map((device) => poller.poll(device)));
  const identification = micros(process.cpuUsage(identified));

  for (const device of devices)
    schedule.set(device.id, { intervalMs, firstWithinMs: intervalMs, run: () => poller.poll(device) });
  // The first turns of all lie within one interval; from then on each round is like the others.
  await new Promise((done) => setTimeout(done, intervalMs));
  const before = { polls: poller.stats().polls, samples: poller.stats().samples, stored: recorder.stats().stored };
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await new Promise((done) => setTimeout(done, rounds * intervalMs));
  const used = micros(process.cpuUsage(cpu));
  const seconds = (performance.now() - startedAt) / 1_000;
  const { polls, samples, failures } = poller.stats();
  const measured = polls - before.polls;
  const { lagMs, overruns } = schedule.stats();
  print({
    agents,
    objectsPerPoll: 20,
    intervalS: intervalMs / 1_000,
    polls: measured,
    pollsPerSecond: round(measured / seconds),
    samplesPerPoll: round((samples - before.samples) / measured),
    storedPerSecond: Math.round((recorder.stats().stored - before.stored) / seconds),
    cpuMicrosPerPoll: Math.round(used / measured),
    cpuPercentOfOneCore: round(used / seconds / 10_000),
    cpuMicrosPerIdentification: Math.round(identification / devices.length),
    lagMs: { p50: round(lagMs.p50), p95: round(lagMs.p95), max: round(lagMs.max) },
    overruns,
    failures,
    badReadings: bad.snapshot(),
    unexpected: errors.length,
    rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
    heapMiB: Math.round(process.memoryUsage().heapUsed / 2 ** 20),
  });
  await schedule.stop();
  await client.close();
  await recorder.stop();
  await series.close();
  responder.stop();
  await rm(dataDir, { recursive: true, force: true });
};

async function startAgents(count: number): Promise<{ ports: readonly number[]; stop(): void }> {
  const program = fileURLToPath(new URL(`../support/bench-agents${extname(import.meta.url)}`, import.meta.url));
  const child = fork(program, [String(count)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [ports] = await once(child, 'message');
  return { ports, stop: () => void child.kill() };
}

const deviceOf = (
  at: number,
  port: number,
  credential: WatchedDevice['credential'],
  intervalMs: number,
): WatchedDevice => ({
  id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  kind: 'router',
  siteId: 'bench',
  siteKind: 'pop',
  regionCode: '16',
  host: '127.0.0.1',
  reachability: 'snmp',
  tcpPort: null,
  snmpPort: port,
  countsForSite: true,
  settings: {},
  credential,
  reachIntervalMs: intervalMs,
  pollIntervalMs: intervalMs,
  timeoutMs: null,
  retries: null,
});

const micros = ({ user, system }: NodeJS.CpuUsage): number => user + system;
const round = (value: number): number => Math.round(value * 10) / 10;
