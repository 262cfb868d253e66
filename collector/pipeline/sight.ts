import type { Clock } from '../../core/domain/clock.ts';
import type { BlindReason } from '../../core/domain/next-state.ts';
import { repeat, type Timers } from '../../core/timers.ts';

/** Whether the collector itself can see: its own process runs, and its own way out works. */
export type Sight = {
  /** False while every sentinel is silent. Always true without sentinels. */
  canSee(): boolean;
  /**
   * Whether something outside answered after `since`; asks the sentinels once more where none did. What fell silent
   * while nothing else could be seen either may be well.
   */
  hasSeenSince(since: number): Promise<boolean>;
  /** Whether the process stood still at some time after `since`: silence since then proves nothing. */
  stoodStillSince(since: number): boolean;
  stats(): SightStats;
  stop(): Promise<void>;
};

export type SightStats = {
  readonly canSee: boolean;
  readonly sentinels: number;
  /** Latest answer of any sentinel, UTC ms; null before the first and without sentinels. */
  readonly lastAnswerAt: number | null;
  /** Times the process stood still for long enough to miss answers. */
  readonly stalls: number;
  readonly blindTimes: number;
};

export type SightOptions = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly sentinels: readonly string[];
  /** Asks one sentinel. Resolves with whether it answered. */
  readonly ask: (sentinel: string, timeoutMs: number) => Promise<boolean>;
  /** Told at once, with the moment from which nothing was seen. */
  readonly onBlind: (since: number, reason: BlindReason) => void;
  readonly blindAfterMs: number;
};

const TICK_MS = 500;
/** A pause of the process shorter than this loses no answer: they wait in the sockets. */
const STALL_MS = 1_500;
const SENTINEL_PAUSE_MS = 2_000;
const SENTINEL_TIMEOUT_MS = 1_000;
/** Rounds of silence of all sentinels before the way out counts as closed. */
const SENTINEL_FAILURES = 2;

export function watchSight(options: SightOptions): Sight {
  const { clock, timers, sentinels, ask, onBlind, blindAfterMs } = options;
  let lastTickAt = clock();
  let stalledUntil = Number.NEGATIVE_INFINITY;
  let stalls = 0;
  let lastAnswerAt: number | null = null;
  let failures = 0;
  let isOpen = true;
  let blindTimes = 0;
  let asking: Promise<boolean> | null = null;
  const startedAt = lastTickAt;

  function noticeStall(): void {
    const now = clock();
    const gap = now - lastTickAt;
    const since = lastTickAt;
    lastTickAt = now;
    if (gap < TICK_MS + STALL_MS) return;
    stalls++;
    stalledUntil = now;
    if (gap < blindAfterMs) return;
    blindTimes++;
    onBlind(since, 'collector-stopped');
  }

  /** One round over all sentinels; one answer is enough. */
  function askAll(): Promise<boolean> {
    asking ??= Promise.all(sentinels.map((sentinel) => ask(sentinel, SENTINEL_TIMEOUT_MS)))
      .then((answers) => settle(answers.includes(true)))
      .finally(() => {
        asking = null;
      });
    return asking;
  }

  function settle(hasAnswer: boolean): boolean {
    if (hasAnswer) {
      lastAnswerAt = clock();
      failures = 0;
      isOpen = true;
    } else if (++failures >= SENTINEL_FAILURES && isOpen) {
      isOpen = false;
      blindTimes++;
      onBlind(lastAnswerAt ?? startedAt, 'collector-blind');
    }
    return hasAnswer;
  }

  const ticking = repeat(timers, TICK_MS, async () => noticeStall());
  const watching =
    sentinels.length === 0
      ? null
      : repeat(timers, SENTINEL_PAUSE_MS, async () => {
          if (!(await askAll()) && isOpen) await askAll();
        });

  return {
    canSee: () => isOpen,
    async hasSeenSince(since) {
      if (sentinels.length === 0) return true;
      if (lastAnswerAt !== null && lastAnswerAt >= since) return true;
      return (await askAll()) || (await askAll());
    },
    stoodStillSince(since) {
      noticeStall();
      return stalledUntil >= since;
    },
    stats: () => ({ canSee: isOpen, sentinels: sentinels.length, lastAnswerAt, stalls, blindTimes }),
    async stop() {
      await Promise.all([ticking.stop(), watching?.stop()]);
    },
  };
}
