import type { Sample } from '../../core/domain/sample.ts';
import type { Log } from '../../core/log/log.ts';
import type { SampleColumns } from '../../core/stores/series/sample-columns.ts';
import type { SeriesHandle, SeriesNames } from '../../core/stores/series/series-names.ts';
import type { SeriesStore } from '../../core/stores/series/series-store.ts';
import type { Timers } from '../../core/timers.ts';

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
  /** One sample, of a series that `names` knows; `kick` must follow when all are in. */
  put(series: SeriesHandle, at: number, value: number): void;
  kick(): void;
  readonly names: SeriesNames;
  stats(): RecordStats;
  /** Stores what is waiting, with one attempt for each batch. */
  stop(): Promise<void>;
};

export type RecorderOptions = {
  readonly series: Pick<SeriesStore, 'appendColumns' | 'names'>;
  readonly timers: Timers;
  readonly log: Log;
  readonly flushMs?: number;
  readonly batchSize?: number;
  readonly maxBuffered?: number;
};

/** Samples of one append: those from `first` to before `end`. */
type Batch = {
  readonly series: Int32Array;
  readonly at: Float64Array;
  readonly value: Float64Array;
  first: number;
  end: number;
};

/** Empty batches that are kept to be filled again. */
const SPARE_BATCHES = 2;

/** Gathers samples and stores them in batches, one after the other; when there are too many, the oldest go. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { series, timers, log, flushMs = 1_000, batchSize = 50_000, maxBuffered = 500_000 } = options;
  const { names } = series;
  const spare: Batch[] = [];
  /** Oldest first; the last one is being filled. */
  let batches: Batch[] = [];
  let filling = emptyBatch();
  let buffered = 0;
  let stored = 0;
  let lost = 0;
  let failures = 0;
  let isAway = false;
  let lastFlushMs = 0;
  let flushing: Promise<void> | null = null;
  let cancel: (() => void) | null = null;
  let isStopped = false;
  batches.push(filling);

  function emptyBatch(): Batch {
    const batch = spare.pop() ?? {
      series: new Int32Array(batchSize),
      at: new Float64Array(batchSize),
      value: new Float64Array(batchSize),
      first: 0,
      end: 0,
    };
    batch.first = 0;
    batch.end = 0;
    return batch;
  }

  function fillNext(): Batch {
    filling = emptyBatch();
    batches.push(filling);
    return filling;
  }

  function put(handle: SeriesHandle, at: number, value: number): void {
    const batch = filling.end === batchSize ? fillNext() : filling;
    batch.series[batch.end] = handle;
    batch.at[batch.end] = at;
    batch.value[batch.end] = value;
    batch.end++;
    buffered++;
  }

  function kick(): void {
    if (buffered > maxBuffered) trim();
    if (buffered >= batchSize && !isAway) start();
    else soon();
  }

  function soon(): void {
    if (isStopped || cancel !== null || flushing !== null || buffered === 0) return;
    cancel = timers.after(flushMs, start);
  }

  function start(): void {
    cancel?.();
    cancel = null;
    if (flushing !== null) return;
    flushing = flush().then((isDone) => {
      flushing = null;
      if (isDone && buffered >= batchSize && !isStopped) start();
      else soon();
    });
  }

  /** @returns whether the batch was stored */
  async function flush(): Promise<boolean> {
    const batch = batches[0];
    if (batch === undefined || buffered === 0) return true;
    batches.shift();
    if (batch === filling) fillNext();
    const length = batch.end - batch.first;
    buffered -= length;
    const startedAt = timers.now();
    try {
      await series.appendColumns(columnsOf(batch));
      stored += length;
      isAway = false;
      if (spare.length < SPARE_BATCHES) spare.push(batch);
      return true;
    } catch (error) {
      if (failures++ % 60 === 0) log.warn({ err: error, samples: length }, 'samples could not be stored, they wait');
      isAway = true;
      batches.unshift(batch);
      buffered += length;
      trim();
      return false;
    } finally {
      lastFlushMs = timers.now() - startedAt;
    }
  }

  function columnsOf({ series: handles, at, value, first, end }: Batch): SampleColumns {
    return {
      names,
      length: end - first,
      series: handles.subarray(first, end),
      at: at.subarray(first, end),
      value: value.subarray(first, end),
    };
  }

  function trim(): void {
    let excess = buffered - maxBuffered;
    while (excess > 0) {
      const [oldest] = batches;
      if (oldest === undefined) return;
      const gone = Math.min(excess, oldest.end - oldest.first);
      oldest.first += gone;
      if (oldest.first === oldest.end && oldest !== filling) batches.shift();
      excess -= gone;
      buffered -= gone;
      lost += gone;
    }
  }

  return {
    names,
    put,
    kick,
    add(samples) {
      for (const { deviceId, metric, instance, kind, at, value } of samples)
        put(names.of(deviceId, metric, instance, kind), at, value);
      kick();
    },
    stats: () => ({ buffered, stored, lost, failures, lastFlushMs }),
    async stop() {
      isStopped = true;
      cancel?.();
      await flushing;
      while (buffered > 0 && (await flush()));
      lost += buffered;
      if (buffered > 0) log.error({ samples: buffered }, 'samples were lost at the stop');
      batches = [];
      buffered = 0;
    },
  };
}
