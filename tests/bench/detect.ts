import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Collector, startCollector } from '../../collector/main.ts';
import { memoryBus } from '../../core/bus/memory.ts';
import { MINUTE } from '../../core/domain/clock.ts';
import { silentLog } from '../../core/log/log.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { type Bench, cpuSince, rounded, spread } from '../support/bench.ts';
import { openEmbeddedTestInventory } from '../support/inventory.ts';
import type { ScreenReport } from '../support/live-screen.ts';
import type { MuteOrder, MuteReport } from '../support/mute-agents.ts';
import { layProvince } from '../support/watched-province.ts';

/** Devices of a trunk, more or less. */
const BEHIND_A_TRUNK = 200;
/** A fall is waited for so long; what is not found by then is missed. */
const PATIENCE_MS = 20_000;

/**
 * How long a device that fell silent is not yet said to be down: from its last answer, by its own watch, to the moment
 * when an open screen hears of it on the API's live stream. Collector and API work in one process as in earnest, on
 * embedded stores of their own; SNMP agents in another process answer, lose packets and fall silent, and the screen is a
 * third one. `--devices 11000` (5,700 and 11,000 when absent), `--outages 300` (single ones, spread over `--seconds 60`),
 * `--loss 2` (percent of packets), then a trunk is cut.
 */
export const bench: Bench = async ({ option, print }) => {
  const asked = option('devices', 0);
  for (const devices of asked === 0 ? [5_700, 11_000] : [asked])
    await detect({
      devices,
      outages: Math.min(option('outages', 300), Math.floor(devices / 4)),
      spreadMs: option('seconds', 60) * 1_000,
      lossPercent: option('loss', 2),
      print,
    });
};

type Options = {
  readonly devices: number;
  readonly outages: number;
  readonly spreadMs: number;
  readonly lossPercent: number;
  readonly print: (figures: object) => void;
};
/** When each device was last shown to be in a state other than up, UTC ms. */
type Falls = Map<string, { readonly state: string; readonly at: number }>;

async function detect({ devices, outages, spreadMs, lossPercent, print }: Options): Promise<void> {
  const agents = await startAgents(devices, lossPercent);
  const api = await openTestApi({ clock: Date.now, bus: memoryBus(() => {}), openStores: openEmbeddedTestInventory });
  const trunks = Math.max(1, Math.round(devices / BEHIND_A_TRUNK));
  const { deviceIds, trunkOf } = await layProvince(api.inventory, agents.ports, trunks);
  const collector = await startCollector({
    inventory: api.inventory,
    series: api.series,
    bus: api.bus,
    // Heartbeats alone: what polls cost is measured by the bench `poll`.
    config: { pollIntervalMs: 60 * MINUTE, firstPollWithinMs: 60 * MINUTE },
    clock: Date.now,
    log: silentLog,
  });
  let screen: Screen | null = null;
  try {
    await collector.firstRound;
    await untilStored(collector);
    screen = await openScreen(api);
    const { falls } = screen;

    const { runs } = collector.stats().reach;
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    const silent = await silenceOneByOne(agents, { first: trunks + 1, devices, outages, spreadMs });
    const seconds = (performance.now() - startedAt) / 1_000;
    const cpuPercent = rounded(cpuSince(cpu) / 1e4 / seconds);
    const checksPerSecond = Math.round((collector.stats().reach.runs - runs) / seconds);
    await pause(PATIENCE_MS);
    const single = timesOf(silent, deviceIds, falls);
    const strangers = [...falls].filter(([id, { state }]) => state === 'down' && !silent.has(deviceIds.indexOf(id)));
    print({
      what: 'single outages',
      devices,
      lossPercent,
      ...single,
      falseFalls: strangers.length,
      checksPerSecond,
      cpuPercent,
      lagP95Ms: rounded(collector.stats().reach.lagMs.p95),
    });

    falls.clear();
    const behind = deviceIds.flatMap((_, place) => (trunkOf(place) === 1 && !silent.has(place) ? [place] : []));
    const cut = await agents.silence([...silent.keys(), 1, ...behind]);
    await pause(PATIENCE_MS);
    const answers = new Map([1, ...behind].map((place) => [place, cut.answeredAt[place] ?? 0]));
    const states = (place: number): string | undefined => falls.get(deviceIds[place] ?? '')?.state;
    print({
      what: 'a trunk with all behind it',
      devices,
      ...timesOf(answers, deviceIds, falls),
      trunk: states(1),
      cutOff: behind.filter((place) => states(place) === 'unknown').length,
      saidDown: behind.filter((place) => states(place) === 'down').length,
    });
    if (screen.hasLost()) throw new Error('the live stream lost events: the figures do not count');
  } finally {
    await screen?.close();
    await collector.stop();
    await api.bus.close();
    await api.close();
    await agents.stop();
  }
}

type Screen = { readonly falls: Falls; hasLost(): boolean; close(): Promise<void> };

/** Opens the live stream as a signed-in engineer's browser does, over a real connection. */
async function openScreen(api: TestApi): Promise<Screen> {
  // The session is opened by the stores' own watch.
  api.time.now = Date.now();
  const { cookie } = await api.signIn('engineer');
  const address = await api.app.listen({ host: '127.0.0.1', port: 0 });
  const file = fileURLToPath(new URL(`../support/live-screen${extname(import.meta.url)}`, import.meta.url));
  const child = fork(file, [`${address}/api/v1/live`, cookie]);
  const ended = once(child, 'exit');
  const falls: Falls = new Map();
  let hasLost = false;
  await new Promise<void>((open, failed) => {
    void ended.then(() => failed(new Error('the screen ended by itself')));
    child.on('message', (report: ScreenReport) => {
      if (report === 'open') open();
      else if (report === 'lost') hasLost = true;
      else if (report.state === 'up') falls.delete(report.deviceId);
      else falls.set(report.deviceId, { state: report.state, at: report.at });
    });
  });
  return {
    falls,
    hasLost: () => hasLost,
    async close() {
      child.disconnect();
      await ended;
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function untilStored(collector: Collector): Promise<void> {
  while (collector.stats().transitions.waiting > 0) await pause(100);
}

/** @returns by place, when each answered last */
async function silenceOneByOne(
  agents: Agents,
  { first, devices, outages, spreadMs }: Record<'first' | 'devices' | 'outages' | 'spreadMs', number>,
): Promise<Map<number, number>> {
  const silent = new Map<number, number>();
  const step = Math.floor((devices - first) / outages);
  for (let outage = 0; outage < outages; outage++) {
    const place = first + outage * step;
    const { answeredAt } = await agents.silence([...silent.keys(), place]);
    silent.set(place, answeredAt[place] ?? 0);
    await pause((spreadMs / outages) * 2 * Math.random());
  }
  return silent;
}

function timesOf(answeredAt: ReadonlyMap<number, number>, deviceIds: readonly string[], falls: Falls): object {
  const times = [...answeredAt].flatMap(([place, at]) => {
    const fall = falls.get(deviceIds[place] ?? '');
    return fall === undefined || at === 0 ? [] : [fall.at - at];
  });
  return { ...spread(times), minMs: Math.min(...times), missed: answeredAt.size - times.length };
}

type Agents = {
  readonly ports: readonly number[];
  /** These and nobody else. */
  silence(places: readonly number[]): Promise<MuteReport>;
  stop(): Promise<void>;
};

async function startAgents(count: number, lossPercent: number): Promise<Agents> {
  const file = fileURLToPath(new URL(`../support/mute-agents${extname(import.meta.url)}`, import.meta.url));
  const child = fork(file, [String(count), String(lossPercent)], { serialization: 'advanced' });
  const ended = once(child, 'exit').then(() => {
    throw new Error('the agents ended by themselves');
  });
  ended.catch(() => {});
  async function nextReport(): Promise<MuteReport> {
    const [report]: MuteReport[] = await Promise.race([once(child, 'message'), ended]);
    if (report === undefined) throw new Error('the agents said nothing');
    return report;
  }
  const { ports } = await nextReport();
  return {
    ports,
    async silence(places) {
      const report = nextReport();
      child.send({ silent: places } satisfies MuteOrder);
      return await report;
    },
    async stop() {
      child.disconnect();
      await ended.catch(() => {});
    },
  };
}
