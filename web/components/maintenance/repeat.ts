import { parseRecurrence, type Recurrence } from '../../../core/domain/recurrence.ts';
import type { Zone } from '../../../core/domain/zone.ts';
import type { Format } from '../../i18n/format.ts';
import { dayText, endOfDay } from '../form/local-time.ts';
import type { MaintenanceDictionary } from './words/id.ts';

/** As RFC 5545 writes them and JavaScript numbers them: 0 = Sunday. */
const WEEKDAY_NAMES = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
/** Weeks begin on Monday. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0] as const;

export const REPEATS = ['none', 'daily', 'weekly', 'monthly'] as const;
export type RepeatKind = (typeof REPEATS)[number];

export type RepeatEnd =
  | { readonly kind: 'never' }
  | { readonly kind: 'count'; readonly count: number }
  /** A day in the zone: `2026-12-31`, which still belongs to it. */
  | { readonly kind: 'day'; readonly day: string };

/** A recurrence as people set it. */
export type Repeat = {
  readonly kind: RepeatKind;
  readonly interval: number;
  /** Of a week; empty: the day of the first time. */
  readonly weekdays: readonly number[];
  /** Of a month: null = the date of the first time, else the nth of its weekday, from the end where negative. */
  readonly nth: number | null;
  readonly end: RepeatEnd;
};

export const ONCE: Repeat = { kind: 'none', interval: 1, weekdays: [], nth: null, end: { kind: 'never' } };

const weekdayAt = (at: number, { offsetMs }: Pick<Zone, 'offsetMs'>): number => new Date(at + offsetMs).getUTCDay();

/** Which one of its weekday in the month the day of a moment is: 1 to 4, and -1 for a fifth, which not every month has. */
export function nthOf(at: number, { offsetMs }: Pick<Zone, 'offsetMs'>): number {
  const nth = Math.ceil(new Date(at + offsetMs).getUTCDate() / 7);
  return nth > 4 ? -1 : nth;
}

function untilText(day: string, zone: Pick<Zone, 'offsetMs'>): string | null {
  const end = endOfDay(day, zone);
  return end === null ? null : `${new Date(end).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** The rule in the words of RFC 5545; null = once. */
export function ruleOf(repeat: Repeat, firstAt: number, zone: Pick<Zone, 'offsetMs'>): string | null {
  if (repeat.kind === 'none') return null;
  const parts = [`FREQ=${repeat.kind.toUpperCase()}`];
  if (repeat.interval > 1) parts.push(`INTERVAL=${repeat.interval}`);
  if (repeat.kind === 'weekly' && repeat.weekdays.length > 0) {
    const days = WEEKDAYS.filter((day) => repeat.weekdays.includes(day));
    parts.push(`BYDAY=${days.map((day) => WEEKDAY_NAMES[day] ?? '').join(',')}`);
  }
  if (repeat.kind === 'monthly' && repeat.nth !== null)
    parts.push(`BYDAY=${repeat.nth}${WEEKDAY_NAMES[weekdayAt(firstAt, zone)] ?? ''}`);
  if (repeat.end.kind === 'count') parts.push(`COUNT=${repeat.end.count}`);
  if (repeat.end.kind === 'day') {
    const until = untilText(repeat.end.day, zone);
    if (until !== null) parts.push(`UNTIL=${until}`);
  }
  return parts.join(';');
}

/** What a form can show of a rule; null where it was written by hand and says more. */
export function repeatOf(rule: string | null, zone: Pick<Zone, 'offsetMs'>): Repeat | null {
  if (rule === null) return ONCE;
  let parsed: Recurrence;
  try {
    parsed = parseRecurrence(rule, zone.offsetMs);
  } catch {
    return null;
  }
  const { frequency, interval, days, count, until } = parsed;
  const end: RepeatEnd =
    count !== null
      ? { kind: 'count', count }
      : until === null
        ? { kind: 'never' }
        : { kind: 'day', day: dayText(until, zone) };
  const [first, ...more] = days;
  if (frequency === 'weekly') {
    return { kind: frequency, interval, weekdays: days.map(({ weekday }) => weekday), nth: null, end };
  }
  if (first === undefined) return { kind: frequency, interval, weekdays: [], nth: null, end };
  if (frequency === 'daily' || more.length > 0 || first.nth === null) return null;
  return { kind: frequency, interval, weekdays: [], nth: first.nth, end };
}

/** The rule in a sentence: *Setiap 2 minggu pada Sen, Kam, sampai 31 Des 2026*. */
export function repeatText(
  rule: string | null,
  firstAt: number,
  words: MaintenanceDictionary['repeat'],
  f: Format,
): string {
  const repeat = repeatOf(rule, f.zone);
  if (repeat === null) return rule ?? '';
  if (repeat.kind === 'none') return words.once;
  const every =
    repeat.interval === 1 ? words.every[repeat.kind] : words.everyOther[repeat.kind](f.number(repeat.interval));
  const first = weekdayAt(firstAt, f.zone);
  const days = repeat.weekdays.length === 0 ? [first] : WEEKDAYS.filter((day) => repeat.weekdays.includes(day));
  const named = days.map((day) => words.weekday[day] ?? '').join(', ');
  const on =
    repeat.kind === 'weekly'
      ? words.on(named)
      : repeat.kind === 'daily'
        ? ''
        : repeat.nth === null
          ? words.onDate(f.number(Number(dayText(firstAt, f.zone).slice(8))))
          : words.onNth(words.nth(repeat.nth), words.weekday[first] ?? '');
  const { end } = repeat;
  const ending =
    end.kind === 'count'
      ? words.times(f.number(end.count))
      : end.kind === 'day'
        ? words.until(f.date(endOfDay(end.day, f.zone) ?? firstAt))
        : '';
  return [[every, on].filter((part) => part !== '').join(' '), ending].filter((part) => part !== '').join(', ');
}
