import { DAY, MINUTE } from '../../../core/domain/clock.ts';
import { type RangeId, SPAN_MS } from '../../span.ts';

/** What the charts of a page show: the time that just went by, or a stretch that was zoomed into. UTC ms. */
export type ChartSpan =
  | { readonly kind: 'last'; readonly range: RangeId; readonly lengthMs: number }
  | { readonly kind: 'fixed'; readonly from: number; readonly to: number };
export type Stretch = { readonly from: number; readonly to: number };

/** Devices are asked once a minute or so: less shows nothing. */
export const LEAST_MS = 5 * MINUTE;
/** As far as states are answered in one go. */
export const MOST_MS = 400 * DAY;

type Asked = {
  readonly range?: RangeId | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

/** The span of an address; a stretch that is none counts as not given. */
export function spanOf({ range = '24h', from, to }: Asked): ChartSpan {
  const isStretch = from !== undefined && to !== undefined && to - from >= LEAST_MS && to - from <= MOST_MS;
  return isStretch ? { kind: 'fixed', from, to } : { kind: 'last', range, lengthMs: SPAN_MS[range] };
}

export const stretchOf = (span: ChartSpan, now: number): Stretch =>
  span.kind === 'fixed' ? { from: span.from, to: span.to } : { from: now - span.lengthMs, to: now };

/** Within what can be shown, never beyond now, in whole seconds. */
export function clamped({ from, to }: Stretch, now: number): Stretch {
  const length = Math.min(MOST_MS, Math.max(LEAST_MS, to - from));
  const middle = (from + to) / 2;
  const end = Math.min(now, middle + length / 2);
  const round = (at: number): number => Math.round(at / 1000) * 1000;
  return { from: round(end - length), to: round(end) };
}

/** @param factor below 1 looks closer @param at what stays where it is; the middle by default */
export function zoomed({ from, to }: Stretch, factor: number, now: number, at = (from + to) / 2): Stretch {
  return clamped({ from: at - (at - from) * factor, to: at + (to - at) * factor }, now);
}

/** @param share of its own length, later where it is positive */
export const panned = ({ from, to }: Stretch, share: number, now: number): Stretch =>
  clamped({ from: from + (to - from) * share, to: to + (to - from) * share }, now);

/** Values of a series that was asked for some time away, at the moments of this one; null where it has none. */
export function shifted(
  times: readonly number[],
  other: { readonly times: readonly number[]; readonly values: readonly (number | null)[] },
  shiftMs: number,
): readonly (number | null)[] {
  const at = new Map(other.times.map((time, index) => [time + shiftMs, other.values[index] ?? null]));
  return times.map((time) => at.get(time) ?? null);
}
