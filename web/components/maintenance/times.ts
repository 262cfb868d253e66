import type { MaintenanceWindow } from '../../../core/contract/maintenance.ts';
import { DAY } from '../../../core/domain/clock.ts';
import type { Interval } from '../../../core/domain/intervals.ts';
import { type MaintenanceTimes, timesOf } from '../../../core/domain/maintenance.ts';

/** Rules of which no time comes within it, from the first one on, have ended. */
const AHEAD_MS = 400 * DAY;

/** The next times from `now` on, the running one first. None where the rule cannot be read. */
export function nextTimes(window: MaintenanceTimes, now: number, most: number): readonly Interval[] {
  try {
    return timesOf(window, { from: now, to: Math.max(now, window.startsAt) + AHEAD_MS }).slice(0, most);
  } catch {
    return [];
  }
}

/** The last time that ended before `now`; null where there was none. */
export function lastTime(window: MaintenanceTimes, now: number): Interval | null {
  try {
    return timesOf(window, { from: window.startsAt, to: now }).findLast(({ to }) => to <= now) ?? null;
  } catch {
    return null;
  }
}

export type Phase = 'now' | 'coming' | 'past';

export type Standing = { readonly window: MaintenanceWindow; readonly phase: Phase; readonly time: Interval };

/** Where a window stands: at its running time, before its next one, or after its last. */
export function standingOf(window: MaintenanceWindow, now: number): Standing {
  const next = nextTimes(window, now, 1)[0];
  if (next !== undefined) return { window, phase: next.from <= now ? 'now' : 'coming', time: next };
  return { window, phase: 'past', time: lastTime(window, now) ?? { from: window.startsAt, to: window.endsAt } };
}
