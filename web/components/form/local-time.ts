import { DAY } from '../../../core/domain/clock.ts';
import type { Zone } from '../../../core/domain/zone.ts';

type Offset = Pick<Zone, 'offsetMs'>;

/** A moment as fields of a form have it, in the zone's time: `2026-11-22T14:05`. */
export const localText = (at: number, { offsetMs }: Offset): string =>
  new Date(at + offsetMs).toISOString().slice(0, 16);

/** UTC ms; null where the text is no moment. */
export function momentOf(text: string, { offsetMs }: Offset): number | null {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? Date.parse(`${text.slice(0, 16)}Z`) : Number.NaN;
  return Number.isFinite(at) ? at - offsetMs : null;
}

/** A day in the zone: `2026-11-22`. */
export const dayText = (at: number, zone: Offset): string => localText(at, zone).slice(0, 10);

/** Last millisecond of a day in the zone, UTC; null where the text is no day. */
export function endOfDay(text: string, zone: Offset): number | null {
  const midnight = momentOf(`${text}T00:00`, zone);
  return midnight === null ? null : midnight + DAY - 1;
}
