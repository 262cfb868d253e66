import { DAY, MINUTE } from '../clock.ts';
import type { Zone } from '../zone.ts';

/** A day of a zone's calendar: `2026-10-01`. */
export type Day = string;

/** The zones of Indonesia know no summer time: every day has 24 hours. */
export const dayOf = (at: number, { offsetMs }: Zone): Day => new Date(at + offsetMs).toISOString().slice(0, 10);

/** Midnight at which a day begins, UTC ms. */
export const dayStart = (day: Day, { offsetMs }: Zone): number => Date.parse(`${day}T00:00:00Z`) - offsetMs;

/** Midnight at which the day of a moment ends, UTC ms. */
export const dayEnd = (at: number, zone: Zone): number => dayStart(dayOf(at, zone), zone) + DAY;

/** The first day of the month of a moment. */
export const monthStartDay = (at: number, zone: Zone): Day => `${dayOf(at, zone).slice(0, 7)}-01`;

/** Whole minutes since midnight, 0 … 1439. */
export const minuteOfDay = (at: number, zone: Zone): number =>
  Math.floor((at - dayStart(dayOf(at, zone), zone)) / MINUTE);
