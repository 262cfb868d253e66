import { DAY, MINUTE } from './clock.ts';
import { type Interval, intersection } from './intervals.ts';
import type { MinuteOfDay } from './quiet-hours.ts';
import { covers, type RegionCode } from './region.ts';
import { zoneOf } from './zone.ts';

/** What somebody is to the network, for whom messages are meant. */
export const RECIPIENT_ROLES = ['engineer', 'officer', 'manager', 'provider'] as const;
export type RecipientRole = (typeof RECIPIENT_ROLES)[number];

/** As JavaScript numbers them: 0 = Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export type ShiftTimes =
  /** On these days; into the next one where it ends at or before it begins. Days are those of the shift's zone. */
  | {
      readonly kind: 'weekly';
      readonly days: readonly Weekday[];
      readonly from: MinuteOfDay;
      readonly to: MinuteOfDay;
    }
  | { readonly kind: 'once'; readonly from: number; readonly to: number };

export type Shift = {
  readonly id: string;
  /** What it is for, and in whose zone days are counted; empty = everywhere, in western time. */
  readonly regionCode: RegionCode | '';
  readonly role: RecipientRole;
  readonly recipientId: string;
  readonly times: ShiftTimes;
};

/** Somebody is away, and another does all of their shifts; null: nobody does. */
export type Substitution = {
  readonly absentId: string;
  readonly substituteId: string | null;
  readonly from: number;
  readonly to: number;
};

export type OnDuty = {
  readonly recipientId: string;
  readonly shiftId: string;
  /** Whose shift it is, where another does it. */
  readonly insteadOf: string | null;
};

/** Whole times of a shift that touch a range, in order. */
export function timesOfShift({ times, regionCode }: Pick<Shift, 'times' | 'regionCode'>, range: Interval): Interval[] {
  if (times.kind === 'once')
    return times.from < range.to && times.to > range.from ? [{ from: times.from, to: times.to }] : [];
  const { offsetMs } = zoneOf(regionCode);
  const lasting = (times.to > times.from ? times.to - times.from : times.to - times.from + DAY / MINUTE) * MINUTE;
  const found: Interval[] = [];
  // One that began the day before may reach into the range.
  for (let day = Math.floor((range.from + offsetMs) / DAY) * DAY - DAY; day < range.to + offsetMs; day += DAY) {
    const weekday = new Date(day).getUTCDay();
    if (!times.days.some((wanted) => wanted === weekday)) continue;
    const from = day - offsetMs + times.from * MINUTE;
    if (from < range.to && from + lasting > range.from) found.push({ from, to: from + lasting });
  }
  return found;
}

/** Longer chains of those who stand in for each other are a circle. */
const MOST_SUBSTITUTIONS = 8;

/** Who does the work of somebody at a moment; null: nobody. Of several that say it, the one set up last counts. */
function actingFor(recipientId: string, substitutions: readonly Substitution[], at: number): string | null {
  let acting = recipientId;
  for (let step = 0; step < MOST_SUBSTITUTIONS; step += 1) {
    const found = substitutions.findLast(({ absentId, from, to }) => absentId === acting && from <= at && at < to);
    if (found === undefined) return acting;
    if (found.substituteId === null) return null;
    acting = found.substituteId;
  }
  return null;
}

/**
 * Who is on duty for something in a region, in a role, at a moment: those of the smallest region around it where
 * anybody is. Nobody stands there twice.
 */
export function onDuty(
  { shifts, substitutions }: { readonly shifts: readonly Shift[]; readonly substitutions: readonly Substitution[] },
  { regionCode, role, at }: { readonly regionCode: RegionCode | ''; readonly role: RecipientRole; readonly at: number },
): readonly OnDuty[] {
  let longest = -1;
  const found = new Map<string, OnDuty>();
  for (const shift of shifts) {
    if (shift.role !== role || !covers(shift.regionCode, regionCode) || shift.regionCode.length < longest) continue;
    if (timesOfShift(shift, { from: at, to: at + 1 }).length === 0) continue;
    const acting = actingFor(shift.recipientId, substitutions, at);
    if (acting === null) continue;
    if (shift.regionCode.length > longest) found.clear();
    longest = shift.regionCode.length;
    const isOwn = acting === shift.recipientId;
    if (found.has(acting) && !isOwn) continue;
    found.set(acting, { recipientId: acting, shiftId: shift.id, insteadOf: isOwn ? null : shift.recipientId });
  }
  return [...found.values()];
}

export type DutySpan = Interval & { readonly people: readonly OnDuty[] };

/** The same over a range: spans in which it does not change, without gaps; `people` is empty where nobody is. */
export function dutySpans(
  book: Parameters<typeof onDuty>[0],
  wanted: { readonly regionCode: RegionCode | ''; readonly role: RecipientRole },
  range: Interval,
): readonly DutySpan[] {
  const moments = new Set<number>([range.from, range.to]);
  const mark = (time: Interval): void => {
    for (const { from, to } of intersection([time], [range])) moments.add(from).add(to);
  };
  for (const shift of book.shifts) {
    if (shift.role !== wanted.role || !covers(shift.regionCode, wanted.regionCode)) continue;
    for (const time of timesOfShift(shift, range)) mark(time);
  }
  for (const substitution of book.substitutions) mark(substitution);
  const edges = [...moments].sort((a, b) => a - b);
  const spans: DutySpan[] = [];
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1];
    if (to === undefined) break;
    const people = onDuty(book, { ...wanted, at: from });
    const last = spans.at(-1);
    if (last !== undefined && isSame(last.people, people)) spans[spans.length - 1] = { ...last, to };
    else spans.push({ from, to, people });
  }
  return spans;
}

const keyOf = ({ recipientId, insteadOf }: OnDuty): string => `${recipientId} ${insteadOf}`;
const isSame = (a: readonly OnDuty[], b: readonly OnDuty[]): boolean =>
  a.map(keyOf).sort().join() === b.map(keyOf).sort().join();
