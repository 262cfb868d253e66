import type { Bus } from '../core/bus/bus.ts';
import { type Clock, SECOND } from '../core/domain/clock.ts';
import type { Log } from '../core/log/log.ts';
import type { Timers } from '../core/timers.ts';
import type { CollectorInventory } from './pipeline/inventory.ts';
import { inTime, type Journal } from './pipeline/journal.ts';

export type Heart = {
  /** Signs that the collector is at work. Never rejects. @returns whether the store knows it now */
  beat(): Promise<boolean>;
  /** Latest heartbeat that was stored, UTC ms. */
  lastBeatAt(): number | null;
};

const BEAT_WITHIN_MS = 10 * SECOND;
/** While the store is away it is tried more often than a heartbeat is worth keeping. */
const KEEP_EVERY_MS = 5 * SECOND;

/** While the store is away heartbeats go to the journal: they prove how long it saw what it watches. */
export function createHeart(options: {
  readonly collector: string;
  readonly startedAt: number;
  readonly heartbeats: Pick<CollectorInventory['heartbeats'], 'beat'>;
  readonly journal: Journal;
  /** Changes of state that could not be kept, since the start. */
  readonly lost: () => number;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
}): Heart {
  const { collector, startedAt, heartbeats, journal, lost, bus, clock, timers, log } = options;
  let lastBeatAt: number | null = null;
  let keptAt = Number.NEGATIVE_INFINITY;
  return {
    async beat() {
      const heartbeat = { collector, startedAt, beatAt: clock() };
      try {
        const mended = await inTime(timers, BEAT_WITHIN_MS, heartbeats.beat(heartbeat, lost()));
        lastBeatAt = heartbeat.beatAt;
        if (mended > 0) {
          log.info({ mended }, 'the collector was cut off: what was unknown meanwhile is as it saw it');
          bus.publish({ type: 'inventory-changed', regionCode: '', at: clock() });
        }
        return true;
      } catch (error) {
        if (Math.abs(heartbeat.beatAt - keptAt) < KEEP_EVERY_MS) return false;
        keptAt = heartbeat.beatAt;
        log.warn({ err: error }, 'the heartbeat could not be stored');
        await journal.keep([{ kind: 'beat', heartbeat }]);
        return false;
      }
    },
    lastBeatAt: () => lastBeatAt,
  };
}
