import type { Sample } from '../../core/domain/sample.ts';
import type { Log } from '../../core/log/log.ts';
import type { SeriesStore } from '../../core/stores/series/series-store.ts';
import type { Timers } from './timers.ts';

export type RecordStats = {
  /** Waiting to be stored. */
  readonly buffered: number;
  readonly stored: number;
  /** Given up, because the store was away for longer than the buffer lasts. */
  readonly lost: number;
  readonly failures: number;
  readonly lastFlushMs: number;
};

export type Recorder = {
  add(samples: readonly Sample[]): void;
  stats(): RecordStats;
  /** Stores what is waiting, with one attempt for each batch. */
  stop(): Promise<void>;
};

export type RecorderOptions = {
  readonly series: Pick<SeriesStore, 'append'>;
  readonly timers: Timers;
  readonly log: Log;
  readonly flushMs?: number;
  readonly batchSize?: number;
  readonly maxBuffered?: number;
};

/** Gathers samples and stores them in batches, one after the other; when there are too many, the oldest go. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { series, timers, log, flushMs = 1_000, batchSize = 5_000, maxBuffered = 500_000 } = options;
  let buffer: Sample[] = [];
  let stored = 0;
  let lost = 0;
  let failures = 0;
  let isAway = false;
  let lastFlushMs = 0;
  let flushing: Promise<void> | null = null;
  let cancel: (() => void) | null = null;
  let isStopped = false;

  function soon(): void {
    if (isStopped || cancel !== null || flushing !== null || buffer.length === 0) return;
    cancel = timers.after(flushMs, start);
  }

  function start(): void {
    cancel?.();
    cancel = null;
    if (flushing !== null) return;
    flushing = flush().then((isDone) => {
      flushing = null;
      if (isDone && buffer.length >= batchSize && !isStopped) start();
      else soon();
    });
  }

  /** @returns whether the batch was stored */
  async function flush(): Promise<boolean> {
    if (buffer.length === 0) return true;
    const batch = buffer.slice(0, batchSize);
    buffer = buffer.slice(batch.length);
    const startedAt = timers.now();
    try {
      await series.append(batch);
      stored += batch.length;
      isAway = false;
      return true;
    } catch (error) {
      if (failures++ % 60 === 0)
        log.warn({ err: error, samples: batch.length }, 'samples could not be stored, they wait');
      isAway = true;
      buffer = batch.concat(buffer);
      trim();
      return false;
    } finally {
      lastFlushMs = timers.now() - startedAt;
    }
  }

  function trim(): void {
    const excess = buffer.length - maxBuffered;
    if (excess <= 0) return;
    buffer = buffer.slice(excess);
    lost += excess;
  }

  return {
    add(samples) {
      for (const sample of samples) buffer.push(sample);
      trim();
      if (buffer.length >= batchSize && !isAway) start();
      else soon();
    },
    stats: () => ({ buffered: buffer.length, stored, lost, failures, lastFlushMs }),
    async stop() {
      isStopped = true;
      cancel?.();
      await flushing;
      while (buffer.length > 0 && (await flush()));
      lost += buffer.length;
      if (buffer.length > 0) log.error({ samples: buffer.length }, 'samples were lost at the stop');
      buffer = [];
    },
  };
}
