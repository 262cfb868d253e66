import { DAY, MINUTE, SECOND } from '../../core/domain/clock.ts';
import { lastingText } from '../../core/domain/lasting.ts';
import type { Zone } from '../../core/domain/zone.ts';
import type { Dictionary } from './id.ts';

export type Language = 'id' | 'en';
const LOCALES = { id: 'id-ID', en: 'en-GB' } as const satisfies Record<Language, string>;

/** A figure with its unit apart, so that the unit can be set smaller. */
export type Quantity = { readonly value: string; readonly unit: string };

export type Format = ReturnType<typeof createFormat>;

/** Everything a screen says in figures, in the words and the zone of its reader. Pure: moments are passed in. */
export function createFormat(language: Language, zone: Zone, t: Dictionary) {
  const locale = LOCALES[language];
  const { timeZone } = zone;
  const decimals = new Map<string, Intl.NumberFormat>();
  const number = (value: number, maximum = 0, minimum = 0): string => {
    const key = `${maximum} ${minimum}`;
    let format = decimals.get(key);
    if (format === undefined) {
      format = new Intl.NumberFormat(locale, { maximumFractionDigits: maximum, minimumFractionDigits: minimum });
      decimals.set(key, format);
    }
    return format.format(value);
  };
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const clockFormat = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const dayFormat = dates({ day: 'numeric', month: 'short' });
  const yearFormat = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const weekdayFormat = dates({ weekday: 'short', day: 'numeric', month: 'short' });
  const datedFormat = dates({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const fullFormat = dates({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const secondFormat = dates({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const keyFormat = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });

  const day = (at: number): string => dayFormat.format(at);
  const clock = (at: number): string => clockFormat.format(at);
  const isSameDay = (a: number, b: number): boolean => keyFormat.format(a) === keyFormat.format(b);

  /** The shortest text that names the moment: the time today, the day before. */
  const moment = (at: number, now: number): string => {
    if (isSameDay(at, now)) return clock(at);
    const day = now - at < 300 * DAY ? dayFormat : yearFormat;
    return `${day.format(at)} ${clock(at)}`;
  };
  /** A day with its year; with `dated`, its weekday and time: what lies ahead is told by them. */
  const date = (at: number): string => yearFormat.format(at);
  const dated = (at: number): string => `${datedFormat.format(at)} ${clock(at)}`;
  /** `Sen, 23 Nov` */
  const weekday = (at: number): string => weekdayFormat.format(at);
  const exact = (at: number): string => `${fullFormat.format(at)}, ${secondFormat.format(at)} ${zone.label}`;

  const lasting = (ms: number): string => lastingText(ms, t.time, number);
  const ago = (at: number, now: number): string => (now - at < MINUTE ? t.time.justNow : t.time.ago(lasting(now - at)));
  const ahead = (at: number, now: number): string =>
    at - now < MINUTE
      ? t.time.in(t.time.second(number(Math.max(0, Math.ceil((at - now) / SECOND)))))
      : t.time.in(lasting(at - now));
  const since = (at: number, now: number): string => t.time.since(moment(at, now), lasting(Math.max(0, now - at)));

  /** A share (0..1) as a percentage; never rounded up to a full 100 %, nor down to nothing. */
  const percent = (share: number, digits = 1): string => {
    if (share <= 0 || share >= 1) return `${number(share * 100)} %`;
    const least = 10 ** -digits;
    return `${number(Math.max(least, Math.min(share * 100, 100 - least)), digits, digits)} %`;
  };

  const scaled = (value: number, units: readonly string[], step: number): Quantity => {
    let size = Math.abs(value);
    let index = 0;
    while (size >= step && index < units.length - 1) {
      size /= step;
      index += 1;
    }
    const figure = Math.sign(value) * size;
    return { value: number(figure, size >= 100 || index === 0 ? 0 : size >= 10 ? 1 : 2), unit: units[index] ?? '' };
  };
  const bitRate = (bps: number): Quantity => scaled(bps, ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s'], 1000);
  const bytes = (count: number): Quantity => scaled(count, ['B', 'kB', 'MB', 'GB', 'TB'], 1000);

  return {
    language,
    zone,
    number,
    clock,
    day,
    moment,
    date,
    dated,
    weekday,
    exact,
    lasting,
    ago,
    ahead,
    since,
    percent,
    bitRate,
    bytes,
    isSameDay,
  };
}
