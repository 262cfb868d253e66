import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { closing, RECOVERY_HOLD_MS, SETTLE_MS } from '../../../core/domain/incident.ts';

const T0 = Date.UTC(2026, 10, 21, 5);
const calm = { unchecked: 0, isFlapping: false };

test('an incident lasts while one of its outages does', () => {
  const end = closing([{ endedAt: T0 }, { endedAt: null }], { now: T0 + MINUTE, ...calm });

  expect(end).toEqual({ isOver: false, waitsFor: 'outages' });
});

test('it ends with its last outage, a moment later', () => {
  const outages = [{ endedAt: T0 }, { endedAt: T0 + 5 * SECOND }];

  const soon = closing(outages, { now: T0 + 5 * SECOND + RECOVERY_HOLD_MS - 1, ...calm });
  const later = closing(outages, { now: T0 + 5 * SECOND + RECOVERY_HOLD_MS, ...calm });

  expect(soon).toEqual({ isOver: false, waitsFor: 'recovery-hold' });
  expect(later).toEqual({ isOver: true, endedAt: T0 + 5 * SECOND });
});

test('children that were cut off are checked again first, though not for ever', () => {
  const at = (now: number) => closing([{ endedAt: T0 }], { now, unchecked: 3, isFlapping: false });

  expect(at(T0 + MINUTE)).toEqual({ isOver: false, waitsFor: 'recheck' });
  expect(at(T0 + SETTLE_MS)).toEqual({ isOver: true, endedAt: T0 });
});

test('what flaps stays open until it is calm', () => {
  const end = closing([{ endedAt: T0 }], { now: T0 + 10 * MINUTE, unchecked: 0, isFlapping: true });

  expect(end).toEqual({ isOver: false, waitsFor: 'flapping' });
});

test('one whose outages are all gone is over now', () => {
  expect(closing([], { now: T0, ...calm })).toEqual({ isOver: true, endedAt: T0 });
});
