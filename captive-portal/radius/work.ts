import type { Timers } from '../../core/timers.ts';
import type { RadiusLimits } from './limits.ts';

export type Lane = 'access' | 'accounting';

/** Work under way, bounded in number and time. */
export type Work = {
  isFull(lane: Lane, nasId: string): boolean;
  /**
   * Runs work. Exactly one of `done`, `failed` and `late` is called, and after `late` nothing of it is heard any more.
   */
  run<Result>(
    lane: Lane,
    nasId: string,
    work: () => Promise<Result>,
    end: {
      readonly done: (result: Result) => void;
      readonly failed: (error: unknown) => void;
      readonly late: () => void;
    },
  ): void;
  pending(): number;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
};

export function createWork(timers: Timers, limits: RadiusLimits): Work {
  const total: Record<Lane, number> = { access: 0, accounting: 0 };
  const byNas: Record<Lane, Map<string, number>> = { access: new Map(), accounting: new Map() };
  const waiting = new Set<() => void>();

  function release(lane: Lane, nasId: string): void {
    total[lane] -= 1;
    const left = (byNas[lane].get(nasId) ?? 1) - 1;
    if (left === 0) byNas[lane].delete(nasId);
    else byNas[lane].set(nasId, left);
    if (total.access + total.accounting > 0) return;
    for (const resolve of waiting) resolve();
    waiting.clear();
  }

  return {
    isFull: (lane, nasId) => total[lane] >= limits.inFlight || (byNas[lane].get(nasId) ?? 0) >= limits.inFlightPerNas,
    run(lane, nasId, work, { done, failed, late }) {
      total[lane] += 1;
      byNas[lane].set(nasId, (byNas[lane].get(nasId) ?? 0) + 1);
      let isOver = false;
      const over = (tell: () => void) => {
        if (isOver) return;
        isOver = true;
        cancel();
        try {
          tell();
        } finally {
          release(lane, nasId);
        }
      };
      const cancel = timers.after(limits.answerMs, () => over(late));
      // A policy that throws at once is one that rejects.
      void (async () => work())().then(
        (result) => over(() => done(result)),
        (error: unknown) => over(() => failed(error)),
      );
    },
    pending: () => total.access + total.accounting,
    async idle() {
      if (total.access + total.accounting === 0) return;
      await new Promise<void>((resolve) => waiting.add(resolve));
    },
  };
}
