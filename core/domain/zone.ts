import { DAY, HOUR } from './clock.ts';
import type { RegionCode } from './region.ts';

export type Zone = {
  readonly label: 'WIB' | 'WITA' | 'WIT';
  readonly timeZone: string;
  /** Ahead of UTC, all year round. */
  readonly offsetMs: number;
};

const WIB: Zone = { label: 'WIB', timeZone: 'Asia/Jakarta', offsetMs: 7 * HOUR };
const WITA: Zone = { label: 'WITA', timeZone: 'Asia/Makassar', offsetMs: 8 * HOUR };
const WIT: Zone = { label: 'WIT', timeZone: 'Asia/Jayapura', offsetMs: 9 * HOUR };

/** Provinces outside western time (Keppres 41/1987), by code. */
const CENTRAL = new Set(['51', '52', '53', '63', '64', '65', '71', '72', '73', '74', '75', '76']);
const EASTERN = new Set(['81', '82', '91', '92', '93', '94', '95', '96']);

/** The zone in which a province lives; western time where no region is named. */
export function zoneOf(code: RegionCode): Zone {
  const province = code.slice(0, 2);
  if (CENTRAL.has(province)) return WITA;
  return EASTERN.has(province) ? WIT : WIB;
}

export const zoneByLabel = (label: Zone['label']): Zone => ({ WIB, WITA, WIT })[label];

/** A month of a zone's calendar: `2026-10`. */
export type Month = string;
export const MONTH_PATTERN = '^20\\d{2}-(0[1-9]|1[0-2])$';

/** From midnight to midnight in the zone, UTC ms; the end does not belong to it. */
export function monthPeriod(month: Month, { offsetMs }: Zone): { readonly from: number; readonly to: number } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { from: Date.UTC(year, number - 1, 1) - offsetMs, to: Date.UTC(year, number, 1) - offsetMs };
}

export const monthOf = (at: number, { offsetMs }: Zone): Month => new Date(at + offsetMs).toISOString().slice(0, 7);

export const daysOf = ({ from, to }: { readonly from: number; readonly to: number }): number =>
  Math.round((to - from) / DAY);

/** ISO 8601 in the time of the zone: `2026-10-01T00:00:00+07:00`. */
export function wallTime(at: number, { offsetMs }: Zone): string {
  const hours = String(offsetMs / HOUR).padStart(2, '0');
  return `${new Date(at + offsetMs).toISOString().slice(0, 19)}+${hours}:00`;
}
