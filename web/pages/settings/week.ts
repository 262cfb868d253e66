import type { DutyRoster } from '../../../core/contract/duty.ts';
import { DAY } from '../../../core/domain/clock.ts';
import type { Zone } from '../../../core/domain/zone.ts';

type Span = DutyRoster['spans'][number];

/** Midnight of the Monday on or before a moment, in the zone; UTC ms. */
export function mondayOf(at: number, { offsetMs }: Pick<Zone, 'offsetMs'>): number {
  const midnight = Math.floor((at + offsetMs) / DAY) * DAY;
  const sinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  return midnight - sinceMonday * DAY - offsetMs;
}

/** What of the spans falls into one day, cut at its ends; those with the same people one after the other are one. */
export function spansOfDay(
  spans: readonly Span[],
  day: { readonly from: number; readonly to: number },
): readonly Span[] {
  const cut: Span[] = [];
  for (const span of spans) {
    const [from, to] = [Math.max(span.from, day.from), Math.min(span.to, day.to)];
    if (from >= to) continue;
    const last = cut.at(-1);
    const isSame = last !== undefined && last.to === from && keyOf(last) === keyOf(span);
    if (isSame) cut[cut.length - 1] = { ...last, to };
    else cut.push({ ...span, from, to });
  }
  return cut;
}

const keyOf = ({ people }: Span): string =>
  people.map(({ recipientId, insteadOf }) => `${recipientId} ${insteadOf}`).join();
