import type { RollUp } from '../../../core/stores/series/series-store.ts';
import type { PastPoll, PastSeries } from './readings.ts';

type Mutable<Of> = { -readonly [Key in keyof Of]: Of[Key] };

/**
 * Gathers the polls of one device into buckets of one width, as a store rolls up samples: a counter grows between
 * neighbours of one life, and the growth belongs to the bucket of the later one.
 */
export class PastBuckets {
  readonly #deviceId: string;
  readonly #series: readonly PastSeries[];
  readonly #widthMs: number;
  #open: Mutable<RollUp>[] = [];
  readonly #done: RollUp[] = [];

  constructor(deviceId: string, series: readonly PastSeries[], widthMs: number) {
    this.#deviceId = deviceId;
    this.#series = series;
    this.#widthMs = widthMs;
  }

  /** @param before the poll before, whichever bucket it was in */
  add(poll: PastPoll, before: PastPoll | null): void {
    const start = poll.at - (poll.at % this.#widthMs);
    if (this.#open[0]?.at !== start) this.#begin(start);
    const follows = before !== null && before.life === poll.life;
    for (const [position, bucket] of this.#open.entries()) {
      const value = poll.values[position] ?? 0;
      bucket.count++;
      bucket.min = Math.min(bucket.min, value);
      bucket.max = Math.max(bucket.max, value);
      bucket.sum += value;
      bucket.last = value;
      if (!follows || bucket.kind === 'gauge') continue;
      bucket.increase += Math.max(0, value - (before.values[position] ?? 0));
      bucket.spanMs += poll.at - before.at;
    }
  }

  /** All buckets so far; the next poll begins a new one. */
  take(): RollUp[] {
    this.#begin(null);
    return this.#done.splice(0);
  }

  #begin(at: number | null): void {
    for (const bucket of this.#open) this.#done.push(bucket);
    this.#open = [];
    if (at === null) return;
    const deviceId = this.#deviceId;
    this.#open = this.#series.map(({ metric, instance, kind }) => ({
      deviceId,
      metric,
      instance,
      at,
      kind,
      count: 0,
      min: Number.POSITIVE_INFINITY,
      max: Number.NEGATIVE_INFINITY,
      sum: 0,
      last: 0,
      increase: 0,
      spanMs: 0,
    }));
  }
}
