import type { Timers } from '../../core/timers.ts';

/** Time held in the hand: nothing happens until it is moved. */
export type HandClock = Timers & {
  /** Wall clock and timers alike. */
  readonly clock: () => number;
  /** Moves time on, step by step over all that comes due, and lets what it started go on in between. */
  advance(ms: number): Promise<void>;
  /** Moves time without anything running: as if the process stood still. */
  leap(ms: number): void;
};

/** @param settle lets what is under way go on until it waits for time; stores and sockets need more than a few turns */
export function handClock(startsAt = 1_800_000_000_000, settle = aFewTurns): HandClock {
  let now = startsAt;
  let sequence = 0;
  const due = new Map<number, { readonly at: number; readonly run: () => void }>();

  function next(until: number): readonly [number, { at: number; run: () => void }] | null {
    let first: readonly [number, { at: number; run: () => void }] | null = null;
    for (const entry of due) {
      if (entry[1].at > until) continue;
      if (first === null || entry[1].at < first[1].at) first = entry;
    }
    return first;
  }

  return {
    now: () => now,
    clock: () => now,
    after(delayMs, run) {
      const id = sequence++;
      due.set(id, { at: now + Math.max(0, delayMs), run });
      return () => due.delete(id);
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (let entry = next(until); entry !== null; entry = next(until)) {
        const [id, { at, run }] = entry;
        due.delete(id);
        now = Math.max(now, at);
        run();
        await settle();
      }
      now = until;
      await settle();
    },
    leap(ms) {
      now += ms;
    },
  };
}

async function aFewTurns(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}
