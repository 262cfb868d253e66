import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../core/domain/clock.ts';
import { attentionOf } from '../../../core/domain/report.ts';

const POLICY = { people: 5, minutes: 30 };
const NOW = Date.UTC(2026, 10, 21, 5);
/** One person each, so many minutes ago. */
const ago = (...minutes: readonly number[]) => minutes.map((n) => ({ minute: NOW - n * MINUTE, people: 1 }));

test('five people within half an hour ask for a look, since the fifth of them', () => {
  expect(attentionOf(ago(29, 20, 12, 7, 3), POLICY, NOW)).toEqual({
    since: NOW - 3 * MINUTE,
    people: 5,
    lastAt: NOW - 3 * MINUTE,
  });
});

test.each([
  ['four people', ago(20, 12, 7, 3)],
  ['five people over a longer time', ago(50, 40, 30, 15, 3)],
  ['nobody', []],
] as const)('%s do not', (_, minutes) => {
  expect(attentionOf(minutes, POLICY, NOW)).toBeNull();
});

test('once asked for it stays while people go on reporting, and ends an hour after the last', () => {
  const early = ago(100, 99, 98, 97, 96);

  expect(attentionOf([...early, ...ago(50)], POLICY, NOW)).toMatchObject({ since: NOW - 96 * MINUTE, people: 6 });
  expect(attentionOf(early, POLICY, NOW)).toBeNull();
  expect(attentionOf([...early.slice(0, 4), ...ago(30)], POLICY, NOW)).toBeNull();
});

test('what comes after an hour of silence counts anew', () => {
  const minutes = [...ago(200, 199, 198, 197, 196), ...ago(5)];

  expect(attentionOf(minutes, POLICY, NOW)).toBeNull();
});

test('what is told of the future is passed over', () => {
  expect(attentionOf([{ minute: NOW + HOUR, people: 9 }], POLICY, NOW)).toBeNull();
});
