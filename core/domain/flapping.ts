import { MINUTE } from './clock.ts';
import type { State } from './state.ts';

/** How many states are looked back on, and how far they lie apart. */
export const FLAP_STATES = 20;
export const FLAP_STEP_MS = MINUTE;
const ON = 0.3;
const OFF = 0.25;
/** Newer changes count more: from the oldest to the newest in even steps. */
const WEIGHT = { oldest: 0.8, newest: 1.2 } as const;

/**
 * Weighted share of the last states that differ from the one before, 0 to 1.
 * @param changes oldest first; only the last 20 count, and those missing before them count as unchanged
 */
export function flapShare(changes: readonly boolean[]): number {
  const last = changes.slice(-FLAP_STATES);
  const step = (WEIGHT.newest - WEIGHT.oldest) / (FLAP_STATES - 1);
  let changed = 0;
  for (const [index, isChanged] of last.entries()) {
    if (isChanged) changed += WEIGHT.oldest + step * (FLAP_STATES - last.length + index);
  }
  return changed / (((WEIGHT.oldest + WEIGHT.newest) / 2) * FLAP_STATES);
}

/** On from 30 %, off under 25 %; between them it stays as it was. */
export const isFlapping = (share: number, wasFlapping: boolean): boolean => share >= (wasFlapping ? OFF : ON);

const isDown = (state: State): boolean | null => (state === 'unknown' ? null : state === 'down');

/**
 * For each of the last 20 minutes whether a device changed between answering and silence in it, be it there and back.
 * What nobody could see is no change.
 * @param spans of one device in order of time
 */
export function changesIn(
  spans: readonly { readonly from: number; readonly to: number; readonly state: State }[],
  to: number,
): boolean[] {
  const changes = Array.from({ length: FLAP_STATES }, () => false);
  const from = to - FLAP_STATES * FLAP_STEP_MS;
  let before: boolean | null = null;
  for (const span of spans) {
    const down = isDown(span.state);
    if (down === null) continue;
    if (before !== null && down !== before && span.from >= from && span.from < to) {
      changes[Math.floor((span.from - from) / FLAP_STEP_MS)] = true;
    }
    before = down;
  }
  return changes;
}
