import type { Bus } from '../bus/bus.ts';
import { type Clock, SECOND } from '../domain/clock.ts';
import type { Log } from '../log/log.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';

export type CollectorWatchParts = {
  readonly inventory: { readonly heartbeats: Pick<Inventory['heartbeats'], 'all' | 'setAway'> };
  readonly bus: Bus;
  readonly clock: Clock;
  /** @returns a function that calls it off */
  readonly timers: { readonly after: (delayMs: number, run: () => void) => () => void };
  readonly log: Log;
  /** The collector of this very process, which needs no watching. */
  readonly own: string | null;
};

export type CollectorWatch = {
  /** Looks at all heartbeats now. */
  run(): Promise<void>;
  stop(): Promise<void>;
};

/** A collector that has not signed for so long is away. It signs each 5 s. */
export const AWAY_AFTER_MS = 60 * SECOND;
const TICK_MS = 10 * SECOND;
/** A longer pause between two looks: this process stood still, or its clock was set. */
const STANDSTILL_MS = 3 * TICK_MS;

/**
 * Marks what a collector watches as unknown, from its last heartbeat on, while nothing is heard of it. What is marked is
 * mended by the collector itself when it is back and had only been cut off. Heartbeats are timed by when they are seen
 * to change, so that clocks of several machines need not agree, and time in which the store did not answer counts
 * against nobody.
 */
export function startCollectorWatch({ inventory, bus, clock, timers, log, own }: CollectorWatchParts): CollectorWatch {
  const seen = new Map<string, { readonly beatAt: number; readonly since: number }>();
  let lastLookAt = Number.NEGATIVE_INFINITY;
  let isStopped = false;
  let running: Promise<void> | null = null;
  let cancel = timers.after(TICK_MS, tick);

  async function look(): Promise<void> {
    const beats = await inventory.heartbeats.all();
    const now = clock();
    if (now < lastLookAt || now - lastLookAt > STANDSTILL_MS) seen.clear();
    lastLookAt = now;
    let marked = 0;
    for (const { collector, beatAt, awaySince } of beats) {
      if (collector === own) continue;
      const known = seen.get(collector);
      if (known?.beatAt !== beatAt) seen.set(collector, { beatAt, since: now });
      else if (awaySince === null && now - known.since >= AWAY_AFTER_MS) {
        const devices = await inventory.heartbeats.setAway(collector, beatAt, now);
        log.warn({ collector, beatAt, devices }, 'a collector is away: what it watches is unknown from then on');
        marked += devices;
      }
    }
    // One word for thousands of devices: whoever shows any of them asks again.
    if (marked > 0) bus.publish({ type: 'inventory-changed', regionCode: '', at: now });
  }

  async function once(): Promise<void> {
    try {
      await look();
    } catch (error) {
      seen.clear();
      log.warn({ err: error }, 'heartbeats of collectors could not be looked at');
    }
  }

  function run(): Promise<void> {
    running ??= once().finally(() => {
      running = null;
    });
    return running;
  }

  function tick(): void {
    void run().then(() => {
      if (!isStopped) cancel = timers.after(TICK_MS, tick);
    });
  }

  return {
    run,
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
  };
}
