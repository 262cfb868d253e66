import { BadReadingError } from '../snmp/bad-reading.ts';

// Values of RouterOS are words for people. Each function reads one kind of them.

const bad = (): never => {
  throw new BadReadingError('not-a-number');
};

const SECONDS: Readonly<Record<string, number>> = {
  w: 604_800,
  d: 86_400,
  h: 3_600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  ns: 1e-9,
};
const PART = /(\d+(?:\.\d+)?)(ms|us|ns|[wdhms])/g;
const PARTS = /^(-?)((?:\d+(?:\.\d+)?(?:ms|us|ns|[wdhms]))+)$/;
const CLOCK = /^(-?)((?:\d+[wd])*)(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/;

/**
 * `5w4d3h2m1s`, `170ms`, `01:22:53`, `1d01:22:53`, or bare seconds.
 * @returns seconds; null for `never` and for nothing
 * @throws BadReadingError
 */
export function durationOf(text: string): number | null {
  if (text === '' || text === 'never') return null;
  const parts = PARTS.exec(text);
  if (parts !== null) return signed(parts[1], sumOf(parts[2] ?? ''));
  const clock = CLOCK.exec(text);
  if (clock !== null) {
    const [, sign, days = '', hours, minutes, seconds] = clock;
    return signed(sign, sumOf(days) + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds));
  }
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : bad();
}

const signed = (sign: string | undefined, value: number): number => (sign === '-' ? -value : value);
/** Rounded to what the smallest unit tells, so that sums of fractions come out even. */
const sumOf = (parts: string): number =>
  Math.round(
    [...parts.matchAll(PART)].reduce((sum, [, n, unit = '']) => sum + Number(n) * (SECONDS[unit] ?? 0), 0) * 1e9,
  ) / 1e9;

const NUMBER = /^(-?\d+(?:\.\d+)?)\s*(?:dBm?|°?C|mV|mA|V|A|W|RPM|MHz|GHz|km|m|nm|%|ms)?(?:@.*)?$/i;

/**
 * A number, with its unit behind it or without, and what stands behind an `@`: `-62@1Mbps`, `-83dBm`, `23.8`.
 * @returns null for nothing
 * @throws BadReadingError
 */
export function numberIn(text: string): number | null {
  if (text === '') return null;
  const match = NUMBER.exec(text);
  return match === null ? bad() : Number(match[1]);
}

/** A counter, exact however large. @returns null for nothing @throws BadReadingError */
export function counterIn(text: string): bigint | null {
  if (text === '') return null;
  return /^\d{1,20}$/.test(text) ? BigInt(text) : bad();
}

const RATE = /^(\d+(?:\.\d+)?)\s*([kMGT]?)(?:bps|bit\/s|-?base.*)?(?:[-\s(].*)?$/i;
const POWER: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/**
 * `144.4Mbps-20MHz/2S/SGI`, `1Gbps`, `2.5G-baseT-full`, or bare bit/s.
 * @returns bit/s; null for nothing
 * @throws BadReadingError
 */
export function rateOf(text: string): number | null {
  if (text === '') return null;
  const match = RATE.exec(text);
  return match === null ? bad() : Math.round(Number(match[1]) * (POWER[(match[2] ?? '').toLowerCase()] ?? 1));
}

/** `sent,received` of a registration, `upload/download` of a queue. @returns null for nothing @throws BadReadingError */
export function pairOf(text: string): readonly [number, number] | null {
  if (text === '') return null;
  const match = /^([^,/]+)[,/]([^,/]+)$/.exec(text);
  if (match === null) return bad();
  return [rateOf(match[1] ?? '') ?? bad(), rateOf(match[2] ?? '') ?? bad()];
}

/** `true`, `yes`, `false`, `no`. @returns null for nothing @throws BadReadingError */
export function flagOf(text: string): boolean | null {
  switch (text) {
    case 'true':
    case 'yes':
      return true;
    case 'false':
    case 'no':
      return false;
    case '':
      return null;
    default:
      return bad();
  }
}

/** `7.4 (stable)`: number and channel. */
export function versionOf(text: string): { readonly version: string; readonly channel: string | null } {
  const match = /^(\S+)(?:\s+\(([^)]*)\))?/.exec(text.trim());
  return { version: match?.[1] ?? text.trim(), channel: match?.[2] ?? null };
}

export type Earfcn = { readonly earfcn: number; readonly band: number | null; readonly bandwidthMHz: number | null };

/** `1700 (band 3, bandwidth 20Mhz)`. @returns null for nothing @throws BadReadingError */
export function earfcnOf(text: string): Earfcn | null {
  if (text === '') return null;
  const match = /^(\d+)(?:\s*\((?:band (\d+))?(?:,?\s*bandwidth (\d+(?:\.\d+)?)\s*MHz)?\))?$/i.exec(text);
  if (match === null) return bad();
  const [, earfcn, band, bandwidth] = match;
  return {
    earfcn: Number(earfcn),
    band: band === undefined ? null : Number(band),
    bandwidthMHz: bandwidth === undefined ? null : Number(bandwidth),
  };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * `nov/24/2016 21:07:05` (6.x) and `2023-11-02 22:31:49` (7.x), in the router's own time zone.
 * @returns `2016-11-24T21:07:05`; null for nothing
 * @throws BadReadingError
 */
export function localTimeOf(text: string): string | null {
  if (text === '') return null;
  const older = /^([a-z]{3})\/(\d{2})\/(\d{4}) (\d{2}:\d{2}:\d{2})$/i.exec(text);
  if (older !== null) {
    const [, month = '', day, year, time] = older;
    const number = MONTHS.indexOf(month.toLowerCase()) + 1;
    return number === 0 ? bad() : `${year}-${String(number).padStart(2, '0')}-${day}T${time}`;
  }
  const newer = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})$/.exec(text);
  return newer === null ? bad() : `${newer[1]}T${newer[2]}`;
}
