import { DAY, MINUTE } from './clock.ts';
import type { Severity } from './severity.ts';

/** Minutes since midnight of a zone, 0..1439. */
export type MinuteOfDay = number;

/** A time of every day in which people are left in peace; over midnight where it ends at or before it begins. */
export type QuietHours = {
  readonly from: MinuteOfDay;
  readonly to: MinuteOfDay;
  /** What is told all the same. */
  readonly except: readonly Severity[];
  /** Whoever is on duty is told all the same. */
  readonly exceptDuty: boolean;
};

export type Asked = { readonly severity: Severity; readonly isOnDuty: boolean };

/** Whether the quiet hours hold this back at all. */
export const isHeldBack = ({ except, exceptDuty }: QuietHours, { severity, isOnDuty }: Asked): boolean =>
  !except.includes(severity) && !(exceptDuty && isOnDuty);

/**
 * When something that is to be told at `at` may go out: then, or when the quiet hours are over.
 * @param offsetMs of the reader's zone, which has no summer time
 */
export function mayGoAt(
  at: number,
  quiet: QuietHours | null,
  { offsetMs, ...asked }: Asked & { readonly offsetMs: number },
): number {
  if (quiet === null || quiet.from === quiet.to || !isHeldBack(quiet, asked)) return at;
  const midnight = Math.floor((at + offsetMs) / DAY) * DAY - offsetMs;
  const since = at - midnight;
  const from = quiet.from * MINUTE;
  const to = quiet.to * MINUTE;
  if (from < to) return since >= from && since < to ? midnight + to : at;
  if (since < to) return midnight + to;
  return since >= from ? midnight + DAY + to : at;
}
