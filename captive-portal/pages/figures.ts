import { DAY, HOUR, MINUTE } from '../../core/domain/clock.ts';
import type { Zone } from '../../core/domain/zone.ts';
import { type Language, minuteText, wordsOf } from './words.ts';

/** `14.05`; another day of the zone with its date before it. */
export function momentText(at: number, now: number, zone: Zone, language: Language): string {
  const local = at + zone.offsetMs;
  const time = minuteText(Math.floor((local % DAY) / MINUTE), language);
  if (Math.floor(local / DAY) === Math.floor((now + zone.offsetMs) / DAY)) return time;
  const { locale } = wordsOf(language);
  const date = new Date(local).toLocaleDateString(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' });
  return `${date} ${time}`;
}

/** Whole hours and minutes, at least one minute. */
export function lastingText(ms: number, language: Language): string {
  const minutes = Math.max(1, Math.floor(ms / MINUTE));
  return wordsOf(language).ago(Math.floor(minutes / (HOUR / MINUTE)), minutes % (HOUR / MINUTE));
}

/** Decimal units, as plans are written: `1,2 GB`, `340 MB`. */
export function octetsText(octets: number, language: Language): string {
  const megabytes = octets / 1e6;
  const [value, unit] = megabytes >= 1_000 ? [megabytes / 1_000, 'GB'] : [megabytes, 'MB'];
  const digits = unit === 'GB' || value < 10 ? 1 : 0;
  return `${value.toLocaleString(wordsOf(language).locale, { maximumFractionDigits: digits })} ${unit}`;
}
