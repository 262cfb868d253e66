import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Type } from 'typebox';
import { type Collector, startCollector } from '../../collector/main.ts';
import { openJournal } from '../../collector/pipeline/journal.ts';
import type { ProbeModule } from '../../collector/probe.ts';
import { memoryBus } from '../../core/bus/memory.ts';
import { MINUTE } from '../../core/domain/clock.ts';
import { AppError, ProbeError } from '../../core/domain/errors.ts';
import { silentLog } from '../../core/log/log.ts';
import { type CollectorWatch, startCollectorWatch } from '../../core/services/collector-watch.ts';
import { type Correlator, startCorrelator } from '../../core/services/incidents/correlator.ts';
import type { IncidentMessage } from '../../core/services/incidents/incident-messages.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { type HandClock, handClock } from './hand-clock.ts';
import type { TestInventory } from './inventory.ts';
import { memorySeries } from './memory-series.ts';
import { simulatedSeries } from './simulation/series.ts';
import { layVillage } from './watched-village.ts';

const PROBE = 'hand-held';
const ROUND_TRIP_MS = 12;

/** A device that is reached through another, by their places. */
type Behind = { readonly child: number; readonly parent: number };

/**
 * A real collector over a store that it can be cut off from, with time in the test's hand, and beside it what works in
 * another process: the watch over collectors and the correlation, whose line to the store is never cut.
 */
export type CutOffCollector = {
  readonly time: HandClock;
  readonly inventory: Inventory;
  readonly deviceIds: readonly string[];
  /** What people were told, in order. */
  readonly messages: IncidentMessage[];
  collector(): Collector;
  silence(deviceId: string): void;
  answer(deviceId: string): void;
  /** Its line to the store is cut, or mended. */
  setAway(isAway: boolean): void;
  /** As if its process were killed: nothing is flushed. */
  kill(): void;
  /** Another life of it, on the same disk. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

export async function cutOffCollector(
  store: TestInventory,
  { devices, parents = [] }: { readonly devices: number; readonly parents?: readonly Behind[] },
): Promise<CutOffCollector> {
  const { inventory } = store;
  const underWay = createUnderWay();
  const time = handClock(1_800_000_000_000, underWay.settle);
  const outside = createLine(inventory, underWay);
  let line = outside;
  await inventory.sql.run('TRUNCATE region, credential, collector_heartbeat, setting, incident CASCADE', []);
  const village = await layVillage(inventory);
  const deviceIds: string[] = [];
  for (let at = 0; at < devices; at++) {
    const device = await village.addDevice(at % 2 === 0 ? 'office' : 'public', { reachability: PROBE });
    deviceIds.push(device.id);
  }
  for (const { child, parent } of parents) {
    await inventory.sql.run('INSERT INTO dependency (child_id, parent_id) VALUES ($1, $2)', [
      deviceIds[child],
      deviceIds[parent],
    ]);
  }
  const silent = new Set<string>();
  const messages: IncidentMessage[] = [];
  const bus = memoryBus((error) => {
    throw error;
  });
  const { clock } = time;
  const correlator: Correlator = await startCorrelator({
    inventory: outside.inventory,
    series: simulatedSeries(),
    bus,
    clock,
    timers: time,
    log: silentLog,
    tell: async (_, told) => void messages.push(...told.filter(({ what }) => what !== 'judged')),
  });
  const watch: CollectorWatch = startCollectorWatch({
    inventory: outside.inventory,
    bus,
    clock,
    timers: time,
    log: silentLog,
    own: null,
  });
  let collector: Collector | null = null;
  let life = 0;
  const journalDir = join(store.dataDir, `journal-${randomUUID()}`);
  const ending: Promise<void>[] = [];
  let endLife = (): void => {};

  async function start(): Promise<void> {
    const own = ++life;
    const ownLine = createLine(inventory, underWay);
    line = ownLine;
    const opened = await openJournal(journalDir, silentLog);
    const isAlive = (): boolean => life === own;
    const timers = {
      now: time.now,
      after: (delayMs: number, run: () => void) => time.after(delayMs, () => void (isAlive() && run())),
    };
    collector = await startCollector({
      inventory: ownLine.inventory,
      series: memorySeries(),
      bus,
      journal: {
        ...opened,
        keep: (records) => underWay.hold(() => opened.keep(records)),
        clear: () => underWay.hold(opened.clear),
      },
      clock,
      timers,
      log: silentLog,
      probes: new Map([[PROBE, probeOf(time, (id) => silent.has(id))]]),
    });
    const started = collector;
    endLife = () => {
      life++;
      ownLine.state = 'dead';
      // It closes what it has open, as the end of its process would; nothing of it reaches the store any more.
      ending.push(
        started
          .stop()
          .catch(() => {})
          .then(opened.close),
      );
    };
  }
  await start();

  return {
    time,
    inventory,
    deviceIds,
    messages,
    collector() {
      if (collector === null) throw new Error('it never ran');
      return collector;
    },
    silence: (id) => void silent.add(id),
    answer: (id) => void silent.delete(id),
    setAway(isAway) {
      line.state = isAway ? 'cut' : 'open';
    },
    kill: () => endLife(),
    start,
    async stop() {
      endLife();
      await Promise.all([correlator.stop(), watch.stop()]);
      await time.advance(MINUTE);
      await Promise.all(ending);
    },
  };
}

type UnderWay = {
  hold<T>(work: () => Promise<T>): Promise<T>;
  /** Until stores and disk have answered, and whoever waited for them has gone on. */
  settle(): Promise<void>;
};

function createUnderWay(): UnderWay {
  let count = 0;
  let wake = (): void => {};
  return {
    async hold(work) {
      count++;
      try {
        return await work();
      } finally {
        count--;
        if (count === 0) wake();
      }
    },
    async settle() {
      do {
        if (count > 0)
          await new Promise<void>((done) => {
            wake = done;
          });
        await new Promise<void>((done) => setImmediate(done));
      } while (count > 0);
    },
  };
}

type Line = { readonly inventory: Inventory; state: 'open' | 'cut' | 'dead' };
const isDead = ({ state }: Line): boolean => state === 'dead';

/** The same store, over a line of its own. Of a process that is dead no call returns. */
function createLine(inventory: Inventory, underWay: UnderWay): Line {
  const line: Line = {
    state: 'open',
    inventory: new Proxy(inventory, {
      get(of, key) {
        const part: unknown = Reflect.get(of, key);
        return typeof part === 'object' && part !== null ? through(part) : part;
      },
    }),
  };
  const through = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get(of, key) {
        const value: unknown = Reflect.get(of, key);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) =>
          underWay.hold(async () => {
            if (line.state !== 'open') throw new AppError('store-unavailable', 'the line is cut');
            const result: unknown = await Reflect.apply(value, of, args);
            if (isDead(line)) throw new AppError('store-unavailable', 'the process is dead');
            return result;
          });
      },
    });
  return line;
}

function probeOf(time: HandClock, isSilent: (deviceId: string) => boolean): ProbeModule {
  return {
    kind: { title: { id: 'Tangan', en: 'By hand' }, settings: Type.Object({}), credentials: [] },
    open: () => ({
      reach: ({ id }, timeoutMs) =>
        new Promise((resolve, reject) => {
          if (isSilent(id)) time.after(timeoutMs, () => reject(new ProbeError('timeout', 'no answer')));
          else time.after(ROUND_TRIP_MS, () => resolve({ roundTripMs: ROUND_TRIP_MS }));
        }),
      async close() {},
    }),
  };
}
