import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { changesIn, FLAP_STATES, flapShare, isFlapping } from '../../../core/domain/flapping.ts';
import type { State } from '../../../core/domain/state.ts';

const NOW = Date.UTC(2026, 10, 21, 5);
const last = (count: number): boolean[] => Array.from({ length: FLAP_STATES }, (_, n) => n >= FLAP_STATES - count);
/** Up and down in turn, each for so long, until now. */
const swinging = (halfMs: number) =>
  Array.from({ length: Math.ceil((40 * MINUTE) / halfMs) }, (_, n) => ({
    from: NOW - (n + 1) * halfMs,
    to: NOW - n * halfMs,
    state: (n % 2 === 0 ? 'up' : 'down') as State,
  })).reverse();

describe('the share of changes', () => {
  test('is nothing without any, and everything where each state differs', () => {
    expect(flapShare([])).toBe(0);
    expect(flapShare(last(0))).toBe(0);
    expect(flapShare(last(20))).toBeCloseTo(1, 10);
  });

  test('counts new changes more than old ones: 0.8 at the far end, 1.2 at the near one', () => {
    const oldest = [true, ...last(0).slice(1)];

    expect(flapShare(oldest) * FLAP_STATES).toBeCloseTo(0.8, 10);
    expect(flapShare(last(1)) * FLAP_STATES).toBeCloseTo(1.2, 10);
  });

  test('looks at the last twenty only', () => {
    expect(flapShare([...last(20), ...last(0)])).toBe(0);
  });

  test('takes a short past as calm before', () => {
    expect(flapShare([true])).toBe(flapShare(last(1)));
  });
});

test('flapping begins at 30 % and ends under 25 %', () => {
  const inOrder = [0.29, 0.3, 0.26, 0.25, 0.249, 0.29, 0.3];

  let flaps = false;
  const seen = inOrder.map((share) => {
    flaps = isFlapping(share, flaps);
    return flaps;
  });

  expect(seen).toEqual([false, true, true, true, false, false, true]);
});

describe('the changes of the last twenty minutes', () => {
  test.each([
    [10 * SECOND, 1],
    [30 * SECOND, 1],
    [MINUTE, 1],
    [2.5 * MINUTE, 0.4],
    [5 * MINUTE, 0.2],
  ])('of a radio that turns every %i ms make a share of about %f', (halfMs, share) => {
    expect(flapShare(changesIn(swinging(halfMs), NOW))).toBeCloseTo(share, 1);
  });

  test('do not count what nobody saw, nor degraded against up', () => {
    const states: readonly State[] = ['up', 'unknown', 'up', 'degraded', 'up', 'unknown', 'degraded'];
    const spans = states.map((state, n) => ({ from: NOW - (10 - n) * MINUTE, to: NOW - (9 - n) * MINUTE, state }));

    expect(changesIn(spans, NOW)).toEqual(last(0));
  });

  test('count a fall behind blindness', () => {
    const states: readonly State[] = ['up', 'unknown', 'down'];
    const spans = states.map((state, n) => ({ from: NOW - (3 - n) * MINUTE, to: NOW - (2 - n) * MINUTE, state }));

    expect(changesIn(spans, NOW).filter(Boolean)).toHaveLength(1);
  });
});
