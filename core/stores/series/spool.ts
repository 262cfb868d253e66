import { type Clock, SECOND } from '../../domain/clock.ts';
import { AppError } from '../../domain/errors.ts';
import type { Sample } from '../../domain/sample.ts';
import type { Log } from '../../log/log.ts';
import { type SpoolStatus as ItemsStatus, Spool } from '../../spool/spool.ts';
import { SAMPLE_CODEC } from './sample-codec.ts';
import { samplesOf } from './sample-columns.ts';
import type { SeriesStore } from './series-store.ts';

export type SpoolStatus = Omit<ItemsStatus, 'items'> & {
  /** Samples that wait. */
  readonly samples: number;
};

export type SpoolOptions = {
  /** Made where it is missing. No two stores may share one. */
  readonly dir: string;
  readonly maxBytes: number;
  readonly log: Log;
  readonly clock: Clock;
};

export type SpooledSeriesStore = SeriesStore & {
  /** Tries to store what waits. Never rejects: what still waits is in `spoolStatus`. */
  drain(): Promise<void>;
  spoolStatus(): SpoolStatus;
};

/** An append that finds samples waiting tries the store again at most this often. */
const RETRY_MS = 2 * SECOND;

const isAway = (error: unknown): boolean => error instanceof AppError && error.code === 'store-unavailable';

/**
 * A store whose samples wait on disk while it is away, and go in later, in order and before newer ones. An append that
 * resolves is safe, in the store or in the spool.
 */
export async function spooled(
  store: SeriesStore,
  { dir, maxBytes, log, clock }: SpoolOptions,
): Promise<SpooledSeriesStore> {
  const spool = await Spool.open({ dir, maxBytes, codec: SAMPLE_CODEC, log });
  const spoolStatus = (): SpoolStatus => {
    const { items, ...status } = spool.status();
    return { samples: items, ...status };
  };
  let draining: Promise<void> | null = null;
  let lastTriedAt = -Infinity;
  let isClosing = false;

  async function drainAll(): Promise<void> {
    if (spool.isEmpty) return;
    lastTriedAt = clock();
    try {
      await spool.takeAll(async (samples) => {
        if (isClosing) throw new AppError('store-unavailable', 'the series store is closing');
        try {
          await store.append(samples);
        } catch (error) {
          if (isAway(error)) throw error;
          // Samples that the store will never take must not stand in the way of the others.
          spool.countDropped(samples.length);
          log.error({ lost: samples.length, reason: String(error) }, 'samples lost: store refuses them');
        }
      });
      log.info({}, 'all samples that waited are stored');
    } catch (error) {
      log.warn({ ...spoolStatus(), reason: String(error) }, 'samples wait in the spool');
    }
  }

  function drain(): Promise<void> {
    draining ??= drainAll().finally(() => {
      draining = null;
    });
    return draining;
  }

  async function put(samples: readonly Sample[]): Promise<void> {
    await spool.put(samples);
    if (!isClosing && clock() - lastTriedAt >= RETRY_MS) void drain();
  }

  /** @param samples as the spool takes them: nearly always the store does */
  async function storeOrPut(store: () => Promise<void>, samples: () => readonly Sample[]): Promise<void> {
    if (!spool.isEmpty) {
      await put(samples());
      return;
    }
    try {
      await store();
    } catch (error) {
      if (!isAway(error)) throw error;
      lastTriedAt = clock();
      log.warn({ reason: String(error) }, 'series store is away: samples go to the spool');
      await put(samples());
    }
  }

  return {
    names: store.names,

    async append(samples) {
      if (samples.length === 0) return;
      await storeOrPut(
        () => store.append(samples),
        () => samples,
      );
    },

    async appendColumns(columns) {
      if (columns.length === 0) return;
      await storeOrPut(
        () => store.appendColumns(columns),
        () => samplesOf(columns),
      );
    },

    async rollUp(now) {
      await drain();
      // Rolling up before old samples are in would only mean doing it again.
      if (!spool.isEmpty)
        throw new AppError('store-unavailable', 'samples wait in the spool: roll-up comes after them');
      await store.rollUp(now);
    },

    appendRollUps: (resolution, rollUps) => store.appendRollUps(resolution, rollUps),
    query: (query) => store.query(query),
    group: (query) => store.group(query),
    latest: (query) => store.latest(query),
    expire: (now) => store.expire(now),
    status: () => store.status(),
    drain,
    spoolStatus,

    async close() {
      isClosing = true;
      await draining;
      await spool.close();
      await store.close();
    },
  };
}
