import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Incident } from '../../../core/contract/incidents.ts';
import type { Outage } from '../../../core/contract/outages.ts';
import { SECOND } from '../../../core/domain/clock.ts';
import type { Interval } from '../../../core/domain/intervals.ts';
import type { Log } from '../../../core/log/log.ts';
import type { Inventory } from '../../../core/stores/inventory/inventory.ts';
import { type HandClock, handClock } from '../hand-clock.ts';
import { openTestInventory } from '../inventory.ts';
import { type Provider, startProvider } from '../provider.ts';
import { seededRandom } from '../random.ts';
import { clearInventory, layOut } from './lay-out.ts';
import type { Plan } from './plan.ts';
import { SIMULATED, simulatedProbe } from './probe.ts';
import { simulatedSeries } from './series.ts';
import { type Simpul, startSimpul } from './simpul.ts';
import { createWorld, type World } from './world.ts';

/** A message as it came out at the channel. */
export type Heard = {
  readonly id: string;
  readonly to: string;
  readonly what: 'down' | 'up';
  readonly incidentId: string;
  readonly at: number;
};

/** What outlives simulations: a store that is emptied for each, and the listener at the channel's end. */
export type Stage = {
  readonly inventory: Inventory;
  readonly provider: Provider;
  readonly dir: string;
  close(): Promise<void>;
};

export const RECIPIENTS = ['noc', 'field'] as const;
const STARTS_AT = Date.UTC(2026, 10, 21, 5);

export async function openStage(): Promise<Stage> {
  const stores = await openTestInventory();
  const provider = await startProvider(() => ({}));
  return {
    inventory: stores.inventory,
    provider,
    dir: stores.dataDir,
    async close() {
      await provider.stop();
      await stores.close();
    },
  };
}

export type Simulation = {
  readonly time: HandClock;
  readonly world: World;
  readonly inventory: Inventory;
  readonly series: ReturnType<typeof simulatedSeries>;
  readonly startedAt: number;
  idOf(name: string): string;
  /** Moves time on; nothing happens in the store's or channel's own time. */
  run(ms: number): Promise<void>;
  /** The process under test; the last one where it is dead. */
  simpul(): Simpul;
  /** Starts it again, once it is dead. */
  start(): Promise<void>;
  /** Times at which no process ran. */
  deadTimes(): readonly Interval[];
  heard(): readonly Heard[];
  incidents(): Promise<readonly Incident[]>;
  outagesOf(name: string): Promise<readonly Outage[]>;
};

/** A province that is really so and so, watched by a real Simpul that can die at any moment. */
export async function simulate(
  stage: Stage,
  plan: Plan,
  options: { readonly seed?: number; readonly log?: Log } = {},
): Promise<Simulation> {
  const { inventory, provider } = stage;
  const { seed = 1, log } = options;
  let alive: Simpul | null = null;
  /** Until nothing goes on without time: stores and sockets have answered, and whoever waited for them has gone on. */
  async function settle(): Promise<void> {
    do {
      await alive?.guard.idle();
      await new Promise<void>((resolve) => setImmediate(resolve));
    } while (alive !== null && !alive.guard.isIdle());
  }
  const time = handClock(STARTS_AT, settle);
  await clearInventory(inventory);
  const ids = await layOut(inventory, plan);
  const names = new Map([...ids].map(([name, id]) => [id, name]));
  const idOf = (name: string): string => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`there is no device ${name}`);
    return id;
  };
  const world = createWorld(plan, time, seededRandom(seed));
  const probe = simulatedProbe(world, time, (id) => names.get(id) ?? '');
  const settings = { url: `${provider.url}/`, secret: 'a secret that is long enough' };
  const channel = await inventory.channels.create({ name: 'NOC', kind: 'webhook', settings });
  for (const name of RECIPIENTS) {
    const addresses = [{ channelId: channel.id, to: name }];
    await inventory.recipients.create({ name, role: 'engineer', regionCode: '', addresses });
  }
  const step = {
    afterMinutes: 0,
    minSeverity: 'minor',
    channelIds: null,
    repeat: null,
    evenIfAcknowledged: false,
  } as const;
  const steps = [{ ...step, to: [{ kind: 'role' as const, role: 'engineer' as const }] }];
  await inventory.noticePolicies.create({ regionCode: '', enabled: true, quietHours: null, steps }, STARTS_AT - SECOND);
  const journalDir = await mkdtemp(join(stage.dir, 'journal-'));
  const series = simulatedSeries();
  const firstAsked = provider.asked.length;
  const heardAt: number[] = [];
  const deaths: { from: number; to: number | null }[] = [];

  async function start(): Promise<void> {
    if (alive?.isAlive() === true) throw new Error('it still runs');
    alive = await startSimpul({
      time,
      inventory,
      series,
      probes: new Map([[SIMULATED, probe]]),
      canSeeOut: () => !world.isCovered(),
      journalDir,
      ...(log && { log }),
    });
    const last = deaths.at(-1);
    if (last?.to === null) last.to = time.clock();
  }
  await start();

  return {
    time,
    world,
    inventory,
    series,
    startedAt: STARTS_AT,
    idOf,
    async run(ms) {
      const until = time.clock() + ms;
      while (time.clock() < until) {
        await time.advance(Math.min(SECOND, until - time.clock()));
        while (heardAt.length < provider.asked.length - firstAsked) heardAt.push(time.clock());
        if (alive?.isAlive() === false && deaths.at(-1)?.to !== null) deaths.push({ from: time.clock(), to: null });
      }
    },
    simpul() {
      if (alive === null) throw new Error('it never ran');
      return alive;
    },
    start,
    deadTimes: () => deaths.map(({ from, to }) => ({ from, to: to ?? time.clock() })),
    heard: () =>
      provider.asked.slice(firstAsked).map(({ body }, at) => {
        const { id, to, event } = JSON.parse(body);
        const what = event.type === 'incident-opened' ? 'down' : 'up';
        return { id, to, what, incidentId: event.incident.incidentId, at: heardAt[at] ?? time.clock() };
      }),
    async incidents() {
      const { items } = await inventory.incidents.list({ pageSize: 500 });
      return items.filter(({ mergedInto }) => mergedInto === null).toSorted((a, b) => a.number - b.number);
    },
    async outagesOf(name) {
      const { items } = await inventory.outages.list({ deviceId: idOf(name), pageSize: 500 });
      return items.toSorted((a, b) => a.startedAt - b.startedAt);
    },
  };
}
