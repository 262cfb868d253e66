import { AppError } from '../../core/domain/errors.ts';
import { type DeviceStatus, PARENT_DOWN, type Transition } from '../../core/domain/next-state.ts';
import type { Log } from '../../core/log/log.ts';
import type { Transition as StoredTransition } from '../../core/stores/inventory/statuses.ts';
import type { CollectorInventory } from './inventory.ts';
import type { Notify } from './notify.ts';
import type { Timers } from './timers.ts';
import type { WatchedDevice } from './watched-device.ts';

export type TransitionStats = {
  /** Waiting to be stored. */
  readonly waiting: number;
  readonly stored: number;
  readonly failures: number;
  /** Given up: the inventory was away for longer than the queue lasts, or the device is gone. */
  readonly lost: number;
};

export type TransitionWriter = {
  add(device: WatchedDevice, transition: Transition, status: DeviceStatus): void;
  /** Whether changes of this device wait: what is stored of it is older than what is known. */
  isWaiting(deviceId: string): boolean;
  stats(): TransitionStats;
  /** Waits until all is stored, or storing fails. */
  stop(): Promise<void>;
};

type Waiting = { readonly device: WatchedDevice; readonly transition: Transition; readonly status: DeviceStatus };

const BATCH = 500;
const MAX_WAITING = 50_000;
const PAUSE_MS = 1_000;

/**
 * Stores changes of state in their order, many in one transaction, and tells of each once it is stored. While the
 * inventory is away they wait.
 */
export function createTransitionWriter(options: {
  readonly statuses: CollectorInventory['statuses'];
  readonly notify: Notify;
  readonly timers: Timers;
  readonly log: Log;
}): TransitionWriter {
  const { statuses, notify, timers, log } = options;
  let queue: Waiting[] = [];
  const counts = new Map<string, number>();
  let writing: Promise<void> | null = null;
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
    const results = await statuses.recordTransitions(batch.map(toStored));
    const done = new Set(batch);
    queue = queue.filter((waiting) => !done.has(waiting));
    const outages = new Map(results.map(({ deviceId, outage }) => [deviceId, outage]));
    for (const waiting of batch) {
      drop(waiting);
      stored++;
      notify(waiting.device, waiting.transition, outages.get(waiting.device.id) ?? null);
    }
  }

  async function write(): Promise<void> {
    let most = BATCH;
    while (queue.length > 0) {
      const batch = nextBatch(most);
      try {
        await store(batch);
        most = BATCH;
      } catch (error) {
        failures++;
        if (failures % 60 === 1)
          log.warn({ err: error, waiting: queue.length }, 'changes of state could not be stored, they wait');
        if (isStopped) return;
        // One device that was removed meanwhile must not hold up all others.
        if (most > 1) most = 1;
        else if (isHopeless(error) && batch[0] !== undefined) discard(batch[0]);
        else await new Promise<void>((done) => timers.after(PAUSE_MS, done));
      }
    }
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

  return {
    add(device, transition, status) {
      const oldest = queue.length >= MAX_WAITING ? queue[0] : undefined;
      if (oldest !== undefined) discard(oldest);
      queue.push({ device, transition, status });
      counts.set(device.id, (counts.get(device.id) ?? 0) + 1);
      start();
    },
    isWaiting: (deviceId) => counts.has(deviceId),
    stats: () => ({ waiting: queue.length, stored, failures, lost }),
    async stop() {
      isStopped = true;
      await writing;
      if (queue.length > 0) await write();
      if (queue.length > 0) log.error({ waiting: queue.length }, 'changes of state were lost at the stop');
    },
  };
}

function toStored({ device, transition, status }: Waiting): StoredTransition {
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
