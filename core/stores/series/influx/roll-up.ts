import { DAY, MINUTE } from '../../../domain/clock.ts';
import { alignDown, coarser, finer, ROLLED, type RolledResolution, WIDTH_MS } from '../resolution.ts';
import type { RollUp } from '../series-store.ts';
import type { Buckets } from './buckets.ts';
import type { InfluxClient } from './client.ts';
import type { Ledger } from './ledger.ts';
import { Mending } from './mend.ts';
import type { Neighbour } from './read.ts';
import type { Touched } from './touched.ts';

/** Buckets that one round makes, about; the span it reads grows and shrinks towards it. */
const BUCKETS_PER_ROUND = 50_000;
const MIN_CHUNK_MS = 5 * MINUTE;
const MAX_CHUNK_MS = 32 * DAY;

export type RollUpParts = {
  readonly client: InfluxClient;
  readonly ledger: Ledger;
  readonly touched: Touched;
  readonly buckets: Buckets;
};

/** Rolls samples up. Nothing runs in the server: the same works on every engine that speaks the API. */
export class InfluxRollUp {
  readonly #parts: RollUpParts;
  readonly #mending: Mending;
  /** Newest sample of each counter before `#tipsAt`, so that they need not be asked for each minute. */
  readonly #tips = new Map<string, Neighbour>();
  #tipsAt = Number.NaN;

  constructor(parts: RollUpParts) {
    this.#parts = parts;
    this.#mending = new Mending(parts);
  }

  async run(now: number): Promise<void> {
    const upTo = (resolution: RolledResolution): Promise<void> =>
      this.#rollTo(resolution, alignDown(now, WIDTH_MS[resolution]));
    // A mended sample may be the neighbour of the next round's first.
    if (await this.#mending.run(() => upTo('1m'))) this.#tipsAt = Number.NaN;
    await upTo('1h');
    await upTo('1d');
  }

  /** Rolls up what stands before `end` in finer resolutions, so that `resolution` may count as rolled up to there. */
  async runBefore(resolution: RolledResolution, end: number): Promise<void> {
    for (const each of ROLLED) {
      await this.#rollTo(each, alignDown(end, WIDTH_MS[each]));
      if (each === resolution) return;
    }
  }

  async #rollTo(resolution: RolledResolution, end: number): Promise<void> {
    const { ledger, touched, buckets: store } = this.#parts;
    const width = WIDTH_MS[resolution];
    const rolledTo = ledger.rolledTo[resolution];
    let from = rolledTo > -Infinity ? rolledTo : alignDown(ledger.since[finer(resolution)], width);
    if (from >= end) return;
    // What is stored from now on may come too late for this round.
    if (resolution === '1m') touched.before(end);
    let chunkMs = Math.max(MIN_CHUNK_MS, width);
    while (from < end) {
      const to = Math.min(end, alignDown(from + chunkMs, width));
      const buckets = resolution === '1m' ? await this.#rollRaw(from, to) : await store.regroup(resolution, from, to);
      await store.write(resolution, buckets);
      const next = buckets.length > 0 ? to : Math.min(end, alignDown(await store.nextAt(finer(resolution), to), width));
      await ledger.setRolledTo(resolution, next);
      from = next;
      if (buckets.length < BUCKETS_PER_ROUND / 2) chunkMs = Math.min(chunkMs * 2, MAX_CHUNK_MS);
      if (buckets.length > BUCKETS_PER_ROUND) chunkMs = Math.max(chunkMs / 2, MIN_CHUNK_MS, width);
    }
  }

  async #rollRaw(from: number, to: number): Promise<readonly RollUp[]> {
    if (this.#tipsAt !== from) this.#tips.clear();
    const samples = await this.#parts.buckets.samples(from, to);
    const buckets = await this.#parts.buckets.toMinutes(samples, from, this.#tips);
    this.#tipsAt = to;
    return buckets;
  }

  /** Marks what must be rolled up again because buckets of a finer resolution were laid down. */
  async touchAround(resolution: RolledResolution, buckets: readonly RollUp[]): Promise<void> {
    const { ledger, touched } = this.#parts;
    const above = coarser(resolution);
    if (above === null) return;
    await touched.mark(buckets.filter(({ at }) => at < ledger.rolledTo[above]));
  }
}
