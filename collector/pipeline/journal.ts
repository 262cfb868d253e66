import { SECOND } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import type { Log } from '../../core/log/log.ts';
import type { Codec } from '../../core/spool/segment.ts';
import { Spool, type SpoolStatus } from '../../core/spool/spool.ts';
import type { Heartbeat } from '../../core/stores/inventory/heartbeats.ts';
import type { Transition } from '../../core/stores/inventory/transitions.ts';
import type { Timers } from '../../core/timers.ts';
import type { CollectorInventory } from './inventory.ts';

/** What the store could not be told: a heartbeat, or a change of state. Plain JSON. */
export type JournalRecord =
  | { readonly kind: 'beat'; readonly heartbeat: Heartbeat }
  | { readonly kind: 'change'; readonly change: Transition };

export type JournalStatus = SpoolStatus;

/** What was judged while the inventory is away, on disk, so that it outlasts the process. */
export type Journal = {
  /** Resolves when the records are on disk. Never rejects: what could not even be kept is counted. */
  keep(records: readonly JournalRecord[]): Promise<void>;
  /** The store has all of it. */
  clear(): Promise<void>;
  /** Everything that waits, oldest first. */
  read(): Promise<readonly JournalRecord[]>;
  countDropped(records: number): void;
  status(): JournalStatus;
  close(): Promise<void>;
};

/** More changes of state than wait in memory at most. */
const JOURNAL_BYTES = 64 * 1024 * 1024;

const CODEC: Codec<JournalRecord> = {
  encode: (records) => Buffer.from(JSON.stringify(records)),
  // Only what was written here passes the checksum.
  decode: (payload) => JSON.parse(payload.toString()) as JournalRecord[],
  momentOf: (record) => (record.kind === 'beat' ? record.heartbeat.beatAt : record.change.at),
};

/**
 * @param dir made where it is missing; no two collectors may share one
 * @throws AppError `store-unavailable` where it cannot be made or read
 */
export async function openJournal(dir: string, log: Log, maxBytes = JOURNAL_BYTES): Promise<Journal> {
  const spool = await Spool.open({ dir, maxBytes, codec: CODEC, log: log.child({ store: 'journal' }) });
  let isFailing = false;
  return {
    async keep(records) {
      if (records.length === 0) return;
      try {
        await spool.put(records);
        isFailing = false;
      } catch (error) {
        spool.countDropped(records.length);
        if (!isFailing) log.error({ err: error }, 'the journal cannot be written: a restart now would lose what waits');
        isFailing = true;
      }
    },
    clear: () => (spool.isEmpty ? Promise.resolve() : spool.clear()),
    read: () => spool.readAll(),
    countDropped: (records) => spool.countDropped(records),
    status: () => spool.status(),
    close: () => spool.close(),
  };
}

/** For a collector without a directory: what waits is lost with the process. */
export const NO_JOURNAL: Journal = {
  keep: async () => {},
  clear: async () => {},
  read: async () => [],
  countDropped: () => {},
  status: () => ({ items: 0, bytes: 0, dropped: 0, oldestAt: null }),
  close: async () => {},
};

/**
 * Stores what a process before this one could not. Call it before states and heartbeats are read. What the store has
 * already stays as it is.
 * @throws AppError `store-unavailable` while the store is away: all of it goes on waiting
 */
export async function replayJournal(
  journal: Journal,
  { statuses, heartbeats }: Pick<CollectorInventory, 'statuses' | 'heartbeats'>,
  { collector, log }: { readonly collector: string; readonly log: Log },
): Promise<void> {
  const records = await journal.read();
  if (records.length === 0) return;
  const beats = records.flatMap((record) => (record.kind === 'beat' ? [record.heartbeat] : []));
  const changes = records.flatMap((record) => (record.kind === 'change' ? [record.change] : []));
  const beat = beats.at(-1);
  const stored = beat === undefined ? null : await heartbeats.get(collector);
  // One that is older than what the store has proves nothing new.
  if (beat !== undefined && beat.beatAt > (stored?.beatAt ?? Number.NEGATIVE_INFINITY))
    // It may have had another name by then.
    await heartbeats.beat({ ...beat, collector });
  let refused = 0;
  try {
    await statuses.recordLate(changes, collector);
  } catch (error) {
    if (isAway(error)) throw error;
    // One that the store will never take must not stand in the way of the others.
    for (const change of changes) {
      try {
        await statuses.recordLate([change], collector);
      } catch (single) {
        if (isAway(single)) throw single;
        refused++;
        log.error({ err: single, deviceId: change.deviceId }, 'a change of state is lost: the store refuses it');
      }
    }
  }
  journal.countDropped(refused);
  log.info({ changes: changes.length, refused }, 'what waited in the journal is stored');
  await journal.clear();
}

export const isAway = (error: unknown): boolean => error instanceof AppError && error.code === 'store-unavailable';

/**
 * A line that was cut lets a question hang for minutes: an answer that does not come in time counts as none. What the
 * store does with it all the same must do no harm.
 */
export function inTime<T>(timers: Timers, mostMs: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(mostMs, () =>
      reject(new AppError('store-unavailable', `the inventory did not answer within ${mostMs / SECOND} s`)),
    );
    answer.then(resolve, reject).finally(cancel);
  });
}
