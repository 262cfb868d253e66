import { SECOND } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { type DeviceStatus, PARENT_DOWN, type Transition } from '../../core/domain/next-state.ts';
import type { Log } from '../../core/log/log.ts';
import type { Transition as StoredTransition } from '../../core/stores/inventory/transitions.ts';
import type { Timers } from '../../core/timers.ts';
import type { CollectorInventory } from './inventory.ts';
import { inTime, isAway, type Journal, type JournalStatus } from './journal.ts';
import type { Notify } from './notify.ts';
import type { WatchedDevice } from './watched-device.ts';

export type TransitionStats = {
  /** Waiting to be stored. */
  readonly waiting: number;
  readonly stored: number;
  readonly failures: number;
  /** Given up: the inventory was away for longer than the queue lasts, or the device is gone. */
  readonly lost: number;
  /** What is on disk in case the process ends before the store is back. */
  readonly journal: JournalStatus;
};

export type TransitionWriter = {
  add(device: WatchedDevice, transition: Transition, status: DeviceStatus): void;
  /** Whether changes of this device wait: what is stored of it is older than what is known. */
  isWaiting(deviceId: string): boolean;
  stats(): TransitionStats;
  /** Waits until all is stored, or storing fails: then what is left waits in the journal. */
  stop(): Promise<void>;
};

type Waiting = {
  readonly device: WatchedDevice;
  readonly transition: Transition;
  readonly change: StoredTransition;
  isKept: boolean;
};

const BATCH = 500;
const MAX_WAITING = 50_000;
const PAUSE_MS = 1_000;
/** What waits for longer goes to the journal. */
const KEEP_AFTER_MS = 1_000;
const STORE_WITHIN_MS = 20 * SECOND;
/** The slowest store takes no longer for each change of many. */
const STORE_EACH_WITHIN_MS = 2;

/**
 * Stores changes of state in their order, many in one transaction, and tells of each once it is stored. While the
 * inventory is away they wait, in the journal too, and go in together when it is back: nobody shall take an outage that
 * is over for one that goes on.
 */
export function createTransitionWriter(options: {
  readonly collector: string;
  readonly statuses: Pick<CollectorInventory['statuses'], 'recordTransitions' | 'recordLate'>;
  readonly journal: Journal;
  readonly notify: Notify;
  /** Signs that the collector is at work, before anything of the time when the store was away. */
  readonly beat: () => Promise<boolean>;
  readonly timers: Timers;
  readonly log: Log;
}): TransitionWriter {
  const { collector, statuses, journal, notify, beat, timers, log } = options;
  let queue: Waiting[] = [];
  const counts = new Map<string, number>();
  let writing: Promise<void> | null = null;
  let keeping: Promise<void> = Promise.resolve();
  let cancelKeeping: (() => void) | null = null;
  let wakeFromPause = (): void => {};
  let isLate = false;
  let isStopped = false;
  let stored = 0;
  let failures = 0;
  let lost = 0;

  const drop = ({ device: { id } }: Waiting): void => {
    const left = (counts.get(id) ?? 1) - 1;
    if (left > 0) counts.set(id, left);
    else counts.delete(id);
  };

  /** The oldest changes, at most one of each device. */
  function nextBatch(most: number): Waiting[] {
    const seen = new Set<string>();
    const batch: Waiting[] = [];
    for (const waiting of queue) {
      if (batch.length >= most) break;
      if (seen.has(waiting.device.id)) continue;
      seen.add(waiting.device.id);
      batch.push(waiting);
    }
    return batch;
  }

  async function store(batch: readonly Waiting[]): Promise<void> {
    const changes = batch.map(({ change }) => change);
    if (isLate && !(await beat())) throw new AppError('store-unavailable', 'the inventory does not answer');
    const results = await inTime(
      timers,
      STORE_WITHIN_MS + STORE_EACH_WITHIN_MS * batch.length,
      isLate ? statuses.recordLate(changes, collector) : statuses.recordTransitions(changes, collector),
    );
    const done = new Set(batch);
    queue = queue.filter((waiting) => !done.has(waiting));
    for (const [place, waiting] of batch.entries()) {
      drop(waiting);
      stored++;
      notify(waiting.device, waiting.transition, results[place]?.outage ?? null);
    }
  }

  async function write(): Promise<void> {
    let most = BATCH;
    while (queue.length > 0) {
      const batch = isLate && most > 1 ? [...queue] : nextBatch(most);
      try {
        await store(batch);
        most = BATCH;
        if (queue.length === 0) isLate = false;
      } catch (error) {
        failures++;
        if (failures % 60 === 1)
          log.warn({ err: error, waiting: queue.length }, 'changes of state could not be stored, they wait');
        if (isAway(error)) isLate = true;
        if (isStopped) return;
        // One device that was removed meanwhile must not hold up all others.
        if (!isAway(error) && most > 1) most = 1;
        else if (isHopeless(error) && batch[0] !== undefined) discard(batch[0]);
        else await pause();
      }
    }
    await keeping;
    if (queue.length === 0) await journal.clear();
  }

  function pause(): Promise<void> {
    return new Promise((done) => {
      const cancel = timers.after(PAUSE_MS, done);
      wakeFromPause = () => {
        cancel();
        done();
      };
    });
  }

  function discard(waiting: Waiting): void {
    queue = queue.filter((other) => other !== waiting);
    drop(waiting);
    lost++;
  }

  function start(): void {
    if (writing !== null) return;
    writing = write().finally(() => {
      writing = null;
      if (queue.length > 0 && !isStopped) start();
    });
  }

  function keepSoon(): void {
    cancelKeeping ??= timers.after(KEEP_AFTER_MS, () => {
      cancelKeeping = null;
      keepWaiting();
    });
  }

  function keepWaiting(): void {
    const waiting = queue.filter(({ isKept }) => !isKept);
    for (const one of waiting) one.isKept = true;
    const records = waiting.map(({ change }) => ({ kind: 'change', change }) as const);
    keeping = keeping.then(() => journal.keep(records));
  }

  return {
    add(device, transition, status) {
      const oldest = queue.length >= MAX_WAITING ? queue[0] : undefined;
      if (oldest !== undefined) discard(oldest);
      queue.push({ device, transition, change: toStored(device, transition, status), isKept: false });
      counts.set(device.id, (counts.get(device.id) ?? 0) + 1);
      keepSoon();
      start();
    },
    isWaiting: (deviceId) => counts.has(deviceId),
    stats: () => ({ waiting: queue.length, stored, failures, lost, journal: journal.status() }),
    async stop() {
      isStopped = true;
      wakeFromPause();
      await writing;
      if (queue.length > 0) await write();
      cancelKeeping?.();
      keepWaiting();
      await keeping;
      if (queue.length > 0)
        log.warn({ waiting: queue.length }, 'changes of state wait in the journal for the next start');
    },
  };
}

function toStored(device: WatchedDevice, transition: Transition, status: DeviceStatus): StoredTransition {
  const { to, from, at, reason } = transition;
  return {
    deviceId: device.id,
    state: to,
    previous: from,
    at,
    reason,
    lastSeenAt: status.lastSeenAt,
    memory: status.memory,
    outage: outageOf(transition),
  };
}

function outageOf({ at, detectedAt, reason, outage }: Transition): StoredTransition['outage'] {
  switch (outage) {
    case null:
      return undefined;
    case 'open':
      return { open: { startedAt: at, detectedAt, ...(reason === PARENT_DOWN ? { cause: 'parent' } : {}) } };
    case 'close':
      return { endedAt: at };
    case 'own':
      return { ownSince: at };
  }
}

/** What no later attempt makes good: the device no longer exists, or a value is refused. */
const isHopeless = (error: unknown): boolean =>
  error instanceof AppError && ['conflict', 'not-found', 'bad-input'].includes(error.code);
