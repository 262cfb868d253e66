import { DAY } from './clock.ts';
import { AppError } from './errors.ts';

/**
 * How often something comes again: the part of RFC 5545's RRULE that maintenance needs. FREQ is DAILY, WEEKLY or
 * MONTHLY, with INTERVAL, BYDAY, and COUNT or UNTIL.
 */
export type Recurrence = {
  readonly frequency: 'daily' | 'weekly' | 'monthly';
  readonly interval: number;
  /** Empty: the day of the first time. With a month, `nth` counts in it, from its end where negative; null = each. */
  readonly days: readonly { readonly weekday: number; readonly nth: number | null }[];
  readonly count: number | null;
  /** UTC ms, inclusive. */
  readonly until: number | null;
};

/** As JavaScript numbers them. */
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
const FREQUENCIES = { DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: 'monthly' } as const;
const isFrequency = (text: string): text is keyof typeof FREQUENCIES => Object.hasOwn(FREQUENCIES, text);
const MOST_TEXT = 300;

const refuse = (reason: string): never => {
  throw new AppError('bad-input', `the recurrence cannot be read: ${reason}`, {
    faults: [{ field: '/recurrence', reason }],
  });
};

/**
 * @param text with or without `RRULE:` in front, e.g. `FREQ=WEEKLY;BYDAY=SU;UNTIL=20261231T165959Z`
 * @param offsetMs of the zone, for an UNTIL that names a day
 * @throws AppError `bad-input`
 */
export function parseRecurrence(text: string, offsetMs: number): Recurrence {
  if (text.length > MOST_TEXT) refuse('it is too long');
  const parts = new Map<string, string>();
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')) {
    const [name = '', value = '', ...more] = part.split('=');
    if (value === '' || more.length > 0 || parts.has(name)) refuse(`${part} is no NAME=VALUE, or is there twice`);
    parts.set(name, value);
  }
  for (const name of parts.keys()) {
    if (!['FREQ', 'INTERVAL', 'BYDAY', 'COUNT', 'UNTIL', 'WKST'].includes(name)) refuse(`${name} is not supported`);
  }
  const frequency = parts.get('FREQ') ?? '';
  if (!isFrequency(frequency)) return refuse('FREQ must be DAILY, WEEKLY or MONTHLY');
  if ((parts.get('WKST') ?? 'MO') !== 'MO') refuse('weeks begin on Monday');
  if (parts.has('COUNT') && parts.has('UNTIL')) refuse('COUNT and UNTIL exclude each other');
  const number = (name: string, most: number): number | null => {
    const value = parts.get(name);
    if (value === undefined) return null;
    if (!/^\d{1,4}$/.test(value) || Number(value) < 1 || Number(value) > most) refuse(`${name} must be 1 to ${most}`);
    return Number(value);
  };
  return {
    frequency: FREQUENCIES[frequency],
    interval: number('INTERVAL', 366) ?? 1,
    days: (parts.get('BYDAY')?.split(',') ?? []).map((day) => readDay(day, frequency)),
    count: number('COUNT', 9_999),
    until: readUntil(parts.get('UNTIL'), offsetMs),
  };
}

function readDay(text: string, frequency: string): Recurrence['days'][number] {
  const [, nth, name = ''] = /^([+-]?[1-5])?(SU|MO|TU|WE|TH|FR|SA)$/.exec(text) ?? refuse(`${text} is no day`);
  if (nth !== undefined && frequency !== 'MONTHLY') refuse(`${text} counts in a month, and FREQ is ${frequency}`);
  return { weekday: (WEEKDAYS as readonly string[]).indexOf(name), nth: nth === undefined ? null : Number(nth) };
}

/** `20261231T165959Z`, or a day, whose last moment in the zone it is. */
function readUntil(text: string | undefined, offsetMs: number): number | null {
  if (text === undefined) return null;
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?$/.exec(text) ?? refuse('UNTIL is no moment in UTC');
  const [year = 0, month = 0, day = 0, hour, minute = 0, second = 0] = match
    .slice(1)
    .map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).getUTCDate() !== day) refuse('UNTIL names a day that does not exist');
  if (hour === undefined) return midnight - offsetMs + DAY - 1;
  return midnight + ((hour * 60 + minute) * 60 + second) * 1_000;
}

/** Periods looked at in all: a century of days. */
const MOST_PERIODS = 36_525;

/**
 * Moments at which something that first starts at `firstAt` starts again, in order, up to `before`. The first one is
 * the first that the rule names at or after `firstAt`, and COUNT begins with it.
 */
export function* startsOf(
  firstAt: number,
  rule: Recurrence,
  { offsetMs, before }: { readonly offsetMs: number; readonly before: number },
): Generator<number> {
  const localFirst = firstAt + offsetMs;
  const firstDay = Math.floor(localFirst / DAY) * DAY;
  const timeOfDay = localFirst - firstDay;
  let given = 0;
  for (let period = 0; period < MOST_PERIODS; period++) {
    const days = daysOf(rule, firstDay, period * rule.interval);
    if (days.periodStart + timeOfDay - offsetMs >= before) return;
    for (const day of days.starts) {
      const at = day + timeOfDay - offsetMs;
      if (day < firstDay) continue;
      if (at >= before || (rule.until !== null && at > rule.until)) return;
      if (rule.count !== null && given >= rule.count) return;
      given += 1;
      yield at;
    }
  }
}

const weekdayOf = (day: number): number => new Date(day).getUTCDay();

/** Days (as midnights of a zone whose time is read as UTC) that the rule names in the period after so many others. */
function daysOf(
  { frequency, days }: Recurrence,
  firstDay: number,
  periods: number,
): { readonly periodStart: number; readonly starts: readonly number[] } {
  const isNamed = (day: number): boolean => days.length === 0 || days.some(({ weekday }) => weekday === weekdayOf(day));
  if (frequency === 'daily') {
    const day = firstDay + periods * DAY;
    return { periodStart: day, starts: isNamed(day) ? [day] : [] };
  }
  if (frequency === 'weekly') {
    const monday = firstDay - ((weekdayOf(firstDay) + 6) % 7) * DAY + periods * 7 * DAY;
    const week = Array.from({ length: 7 }, (_, index) => monday + index * DAY);
    const wanted = (day: number): boolean =>
      days.length === 0 ? weekdayOf(day) === weekdayOf(firstDay) : isNamed(day);
    return { periodStart: monday, starts: week.filter(wanted) };
  }
  const first = new Date(firstDay);
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + periods];
  const periodStart = Date.UTC(year, month, 1);
  const length = Math.round((Date.UTC(year, month + 1, 1) - periodStart) / DAY);
  const all = Array.from({ length }, (_, index) => periodStart + index * DAY);
  if (days.length === 0) return { periodStart, starts: all.filter((_, index) => index + 1 === first.getUTCDate()) };
  const starts = all.filter((day, index) =>
    days.some(({ weekday, nth }) => {
      if (weekday !== weekdayOf(day)) return false;
      if (nth === null) return true;
      return nth > 0 ? Math.floor(index / 7) + 1 === nth : Math.floor((length - 1 - index) / 7) + 1 === -nth;
    }),
  );
  return { periodStart, starts };
}
