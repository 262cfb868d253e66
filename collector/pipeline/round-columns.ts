import type { PollRound } from '../probe.ts';

export type SeriesName = { readonly metric: string; readonly instance: string };
export type CounterName = SeriesName & {
  /** What it can grow by in a second at the very most; null where nothing is known. */
  readonly maxPerSecond: number | null;
};

/** What a device's rounds bring, in this order. Never changed: what belongs to it is kept by it. */
export type RoundLayout = { readonly gauges: readonly SeriesName[]; readonly counters: readonly CounterName[] };

/** Counters of a round as the device gave them, in the order of their names. */
export type CounterColumns = {
  /** NaN where nothing came. */
  readonly raw: Float64Array;
  /** 1 for those of 64 bits. */
  readonly is64: Uint8Array;
  /** ifCounterDiscontinuityTime of its interface; NaN where the agent has none. */
  readonly discontinuity: Float64Array;
};

/** The numbers of a round. Longer than the layout: what lies beyond means nothing. */
export type RoundColumns = CounterColumns & {
  readonly layout: RoundLayout;
  /** NaN where nothing came. */
  readonly gauges: Float64Array;
};

/** The fast form of a round: its columns hold only while it is handed over, and its gauges are what they leave out. */
export type FastRound = Omit<PollRound, 'counters'> & { readonly columns: RoundColumns };

const LEAST = 64;

/** Room for one round after the other. */
export class RoundScratch {
  #columns: RoundColumns = roomFor({ gauges: [], counters: [] }, LEAST);

  /** The columns of this layout, to be filled. */
  begin(layout: RoundLayout): RoundColumns {
    if (this.#columns.layout === layout) return this.#columns;
    const size = Math.max(layout.gauges.length, layout.counters.length);
    this.#columns = size <= this.#columns.raw.length ? { ...this.#columns, layout } : roomFor(layout, 2 * size);
    return this.#columns;
  }
}

const roomFor = (layout: RoundLayout, size: number): RoundColumns => ({
  layout,
  gauges: new Float64Array(size),
  raw: new Float64Array(size),
  is64: new Uint8Array(size),
  discontinuity: new Float64Array(size),
});

/** Columns that may be kept. */
export const copyOf = ({ layout, gauges, raw, is64, discontinuity }: RoundColumns): RoundColumns => ({
  layout,
  gauges: gauges.slice(0, layout.gauges.length),
  raw: raw.slice(0, layout.counters.length),
  is64: is64.slice(0, layout.counters.length),
  discontinuity: discontinuity.slice(0, layout.counters.length),
});
