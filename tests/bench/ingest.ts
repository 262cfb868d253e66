import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Secret } from '../../core/config/secret.ts';
import { DAY, MINUTE } from '../../core/domain/clock.ts';
import type { Sample } from '../../core/domain/sample.ts';
import { silentLog } from '../../core/log/log.ts';
import { openDuckDbSeriesStore } from '../../core/stores/series/duckdb.ts';
import { openInfluxSeriesStore } from '../../core/stores/series/influx.ts';
import { DEFAULT_RETENTION, type SeriesStore } from '../../core/stores/series/series-store.ts';
import { type Bench, cpuSince, rounded, spread } from '../support/bench.ts';
import { startInflux } from '../support/influx.ts';

const VALUES = 20;

const METRICS = Array.from({ length: VALUES }, (_, index) =>
  index % 2 === 0 ? `system.load_${index}` : `interface.octets_${index}`,
);
const INSTANCES = METRICS.map((_, index) => (index % 2 === 0 ? '' : String(index)));
const deviceIds = (devices: number): readonly string[] =>
  Array.from({ length: devices }, (_, device) => `00000000-0000-4000-8000-${String(device).padStart(12, '0')}`);

/** One SNMP poll: half gauges, half counters. Names are the same strings each time, as in the collector. */
function poll(deviceId: string, at: number): Sample[] {
  return METRICS.map((metric, index) => ({
    deviceId,
    metric,
    instance: INSTANCES[index] ?? '',
    kind: index % 2 === 0 ? 'gauge' : 'counter',
    at,
    value: index % 2 === 0 ? Math.round(Math.random() * 1000) / 10 : at * index,
  }));
}

type Figures = { readonly print: (figures: object) => void; readonly devices: number; readonly minutes: number };

/** Samples of one append, as the collector sends them when there are many. */
const BATCH = 5_000;

/** As fast as the store takes them, batch after batch. */
async function flood(store: SeriesStore, name: string, { print, devices, minutes }: Figures): Promise<void> {
  const startAt = Date.now() - (Date.now() % MINUTE) - DAY;
  const ids = deviceIds(devices);
  let [ms, cpuUs] = [0, 0];
  // The first round makes the series; it is stored before the figures begin.
  for (let minute = -1; minute < minutes; minute += 1) {
    const round = ids.flatMap((id, device) =>
      poll(id, startAt + minute * MINUTE + Math.floor((device * MINUTE) / devices)),
    );
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    for (let i = 0; i < round.length; i += BATCH) await store.append(round.slice(i, i + BATCH));
    if (minute < 0) continue;
    ms += performance.now() - started;
    cpuUs += cpuSince(cpu);
  }
  const samples = devices * minutes * VALUES;
  print({
    store: name,
    what: `appends of ${BATCH} samples, one after the other`,
    samples,
    samplesPerSecond: Math.round((samples * 1000) / ms),
    cpuUsPerSample: rounded(cpuUs / samples, 2),
    cpuUsPerDevicePoll: rounded((cpuUs / samples) * VALUES),
  });

  const [rollStarted, rollCpu] = [performance.now(), process.cpuUsage()];
  await store.rollUp(startAt + minutes * MINUTE);
  print({
    store: name,
    what: 'roll-up of the same, all at once',
    ms: Math.round(performance.now() - rollStarted),
    cpuUsPerSample: rounded(cpuSince(rollCpu) / samples, 2),
  });
}

/** At the pace of real polling, one append a second: here the cost of a commit shows, which few samples share. */
async function steady(store: SeriesStore, name: string, { print, devices }: Figures, seconds: number): Promise<void> {
  const ids = deviceIds(devices);
  const latencies: number[] = [];
  let device = 0;
  let cpuUs = 0;
  for (let second = 1; second <= seconds; second += 1) {
    const samples: Sample[] = [];
    for (; device < (second * devices) / 60; device += 1) {
      samples.push(...poll(ids[device % devices] ?? '', Date.now()));
    }
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    await store.append(samples);
    latencies.push(performance.now() - began);
    cpuUs += cpuSince(cpu);
    await delay(1_000);
  }
  print({
    store: name,
    what: `one append a second at the pace of ${devices} devices a minute`,
    polls: device,
    cpuUsPerDevicePoll: rounded(cpuUs / device),
    ...spread(latencies),
  });
}

export const bench: Bench = async ({ option, print }) => {
  const figures = { print, devices: option('devices', 5_700), minutes: option('minutes', 10) };
  const seconds = option('seconds', 10);
  const dir = await mkdtemp(join(tmpdir(), 'simpul-bench-'));
  const options = { retention: DEFAULT_RETENTION, clock: Date.now, log: silentLog };
  try {
    const path = join(dir, 'series.duckdb');
    const duckdb = await openDuckDbSeriesStore({ path, ...options });
    await flood(duckdb, 'duckdb', figures);
    await steady(duckdb, 'duckdb', figures, seconds);
    await duckdb.close();
    print({ store: 'duckdb', fileMb: rounded((await stat(path)).size / 1e6) });

    const server = await startInflux().catch((error: unknown) => {
      print({ store: 'influx', skipped: String(error) });
      return null;
    });
    if (server === null) return;
    const influx = await openInfluxSeriesStore({ url: new Secret(server.url), ...options });
    await flood(influx, 'influx', { ...figures, minutes: Math.min(figures.minutes, 3) });
    await steady(influx, 'influx', figures, seconds);
    await influx.close();
    await server.stop();
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};
