import type { Timers } from '../../core/timers.ts';

export type Task = {
  readonly intervalMs: number;
  /** The first run comes within this time, spread by the id like all others. */
  readonly firstWithinMs: number;
  run(): Promise<void>;
};

export type ScheduleStats = {
  readonly tasks: number;
  /** Due, and waiting for a free place. */
  readonly due: number;
  readonly inFlight: number;
  readonly runs: number;
  /** How late the latest runs started. */
  readonly lagMs: { readonly p50: number; readonly p95: number; readonly max: number };
  /** Turns left out because the run before was still under way. */
  readonly overruns: number;
};

export type Schedule = {
  /** Adds a task, or changes it: a changed interval holds from its next run on. */
  set(id: string, task: Task): void;
  /** A run under way ends by itself. */
  remove(id: string): void;
  /** Brings the next run forward; called from within a run it counts from that run's end. */
  hasten(id: string, delayMs: number): void;
  /** Runs it now, or waits for the run under way; false where there is no such task. */
  runNow(id: string): Promise<boolean>;
  stats(): ScheduleStats;
  /** Starts nothing more and waits for what is under way. */
  stop(): Promise<void>;
};

export type ScheduleOptions = {
  readonly timers: Timers;
  readonly maxInFlight: number;
  /** A run must not reject; one that does is told here and comes again at its next turn. */
  readonly onError: (error: unknown, id: string) => void;
};

type Entry = {
  readonly id: string;
  task: Task;
  /** Where in its interval it has its turn: 0 to below 1. */
  readonly phase: number;
  dueAt: number;
  hastenMs: number | null;
  running: Promise<void> | null;
  isRemoved: boolean;
};
type Turn = { readonly entry: Entry; readonly dueAt: number };

/** Runs that come due within this time start together. */
const TICK_MS = 20;
const LAGS_KEPT = 2_048;

/**
 * Gives each task its turn once an interval, spread over the interval by a hash of its id. A task never runs twice at
 * once; one that overruns leaves out turns of its own and takes one place of `maxInFlight`, no more.
 */
export function createSchedule({ timers, maxInFlight, onError }: ScheduleOptions): Schedule {
  const entries = new Map<string, Entry>();
  const turns = createTurns();
  const ready: Entry[] = [];
  const lags = new Float64Array(LAGS_KEPT);
  let runs = 0;
  let overruns = 0;
  let inFlight = 0;
  let isStopped = false;
  let cancel: (() => void) | null = null;
  let wakesAt = Number.POSITIVE_INFINITY;

  function plan(entry: Entry, dueAt: number): void {
    entry.dueAt = dueAt;
    turns.push({ entry, dueAt });
    arm();
  }

  function arm(): void {
    const next = turns.peek();
    if (isStopped || next === undefined || next.dueAt >= wakesAt) return;
    cancel?.();
    wakesAt = next.dueAt;
    cancel = timers.after(Math.max(TICK_MS, next.dueAt - timers.now()), tick);
  }

  function tick(): void {
    wakesAt = Number.POSITIVE_INFINITY;
    const now = timers.now();
    for (let next = turns.peek(); next !== undefined && next.dueAt <= now; next = turns.peek()) {
      turns.pop();
      // A turn that was moved meanwhile has another entry in the heap.
      if (next.entry.isRemoved || next.entry.dueAt !== next.dueAt || next.entry.running !== null) continue;
      ready.push(next.entry);
    }
    drain(now);
    arm();
  }

  function drain(now: number): void {
    while (!isStopped && inFlight < maxInFlight) {
      const entry = ready.shift();
      if (entry === undefined) return;
      if (!entry.isRemoved && entry.running === null) void start(entry, now);
    }
  }

  function start(entry: Entry, startedAt: number): Promise<void> {
    lags[runs++ % LAGS_KEPT] = Math.max(0, startedAt - entry.dueAt);
    inFlight++;
    entry.hastenMs = null;
    // Under way before its first line runs, so that it may hasten itself from there.
    entry.running = Promise.resolve();
    entry.running = entry.task.run().then(
      () => end(entry, startedAt),
      (error: unknown) => {
        onError(error, entry.id);
        end(entry, startedAt);
      },
    );
    return entry.running;
  }

  function end(entry: Entry, startedAt: number): void {
    entry.running = null;
    inFlight--;
    const now = timers.now();
    if (!entry.isRemoved) planNext(entry, startedAt, now);
    if (ready.length > 0) drain(now);
  }

  function planNext(entry: Entry, startedAt: number, now: number): void {
    const { intervalMs } = entry.task;
    const regular = nextTurn(entry, Math.max(now, startedAt + intervalMs / 4));
    overruns += Math.max(0, Math.floor((now - startedAt) / intervalMs));
    plan(entry, entry.hastenMs === null ? regular : Math.min(regular, now + entry.hastenMs));
  }

  return {
    set(id, task) {
      const known = entries.get(id);
      if (known !== undefined) {
        known.task = task;
        return;
      }
      const entry: Entry = { id, task, phase: phaseOf(id), dueAt: 0, hastenMs: null, running: null, isRemoved: false };
      entries.set(id, entry);
      plan(entry, timers.now() + entry.phase * Math.min(task.firstWithinMs, task.intervalMs));
    },
    remove(id) {
      const entry = entries.get(id);
      if (entry !== undefined) entry.isRemoved = true;
      entries.delete(id);
    },
    hasten(id, delayMs) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      if (entry.running !== null) entry.hastenMs = delayMs;
      else if (timers.now() + delayMs < entry.dueAt) plan(entry, timers.now() + delayMs);
    },
    async runNow(id) {
      const entry = entries.get(id);
      if (entry === undefined || isStopped) return false;
      // Its turn in the heap no longer fits its dueAt and is passed over.
      if (entry.running === null) entry.dueAt = timers.now();
      await (entry.running ?? start(entry, timers.now()));
      return true;
    },
    stats() {
      const kept = lags.slice(0, Math.min(runs, LAGS_KEPT)).sort();
      const at = (share: number): number => kept[Math.min(kept.length - 1, Math.floor(share * kept.length))] ?? 0;
      const lagMs = { p50: at(0.5), p95: at(0.95), max: kept.at(-1) ?? 0 };
      return { tasks: entries.size, due: ready.length, inFlight, runs, lagMs, overruns };
    },
    async stop() {
      isStopped = true;
      cancel?.();
      ready.length = 0;
      await Promise.all([...entries.values()].map((entry) => entry.running));
    },
  };
}

/** The first moment of its own in the interval that lies after `after`. */
function nextTurn({ phase, task: { intervalMs } }: Entry, after: number): number {
  const offset = phase * intervalMs;
  return (Math.floor((after - offset) / intervalMs) + 1) * intervalMs + offset;
}

/** FNV-1a, as a share of its range: near ids lie far apart. */
function phaseOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x0100_0193);
  // The last bits are the best mixed ones: fold them into the first.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  return ((hash ^ (hash >>> 12)) >>> 0) / 2 ** 32;
}

/** A heap with the earliest turn on top. */
function createTurns(): { push(turn: Turn): void; pop(): void; peek(): Turn | undefined } {
  const heap: Turn[] = [];
  const dueAt = (at: number): number => heap[at]?.dueAt ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number): void => {
    const [left, right] = [heap[a], heap[b]];
    if (left === undefined || right === undefined) return;
    heap[a] = right;
    heap[b] = left;
  };
  return {
    peek: () => heap[0],
    push(turn) {
      let at = heap.push(turn) - 1;
      while (at > 0 && dueAt((at - 1) >> 1) > dueAt(at)) {
        swap(at, (at - 1) >> 1);
        at = (at - 1) >> 1;
      }
    },
    pop() {
      const last = heap.pop();
      if (last === undefined || heap.length === 0) return;
      heap[0] = last;
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        const child = dueAt(left + 1) < dueAt(left) ? left + 1 : left;
        if (dueAt(child) >= dueAt(at)) return;
        swap(at, child);
        at = child;
      }
    },
  };
}
