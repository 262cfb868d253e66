import { describe, expect, test } from 'vitest';
import { difference, type Interval, intersection, joined, lengthMs, union } from '../../../core/domain/intervals.ts';
import { seededRandom } from '../../support/random.ts';

const at = (...pairs: readonly (readonly [from: number, to: number])[]): Interval[] =>
  pairs.map(([from, to]) => ({ from, to }));

test('intervals that touch, overlap or hold one another become one, and empty ones vanish', () => {
  const one = joined(at([20, 30], [0, 5], [5, 9], [22, 24], [28, 33], [40, 40], [50, 45]));

  expect(one).toEqual(at([0, 9], [20, 33]));
});

test('joining leaves what it was given as it was', () => {
  const given = at([5, 9], [0, 6]);

  joined(given);

  expect(given).toEqual(at([5, 9], [0, 6]));
});

describe('two sets', () => {
  const a = at([0, 10], [20, 30], [40, 50]);
  const b = at([5, 25], [30, 40], [45, 46]);

  test('united are what either holds', () => {
    expect(union(a, b)).toEqual(at([0, 50]));
  });

  test('share what both hold, and nothing where they only touch', () => {
    expect(intersection(a, b)).toEqual(at([5, 10], [20, 25], [45, 46]));
    expect(intersection(at([0, 10]), at([10, 20]))).toEqual([]);
  });

  test('differ by what only the first holds', () => {
    expect(difference(a, b)).toEqual(at([0, 5], [25, 30], [40, 45], [46, 50]));
    expect(difference(a, [])).toEqual(a);
    expect(difference([], b)).toEqual([]);
    expect(difference(at([0, 100]), at([0, 100]))).toEqual([]);
  });
});

test('a thousand random sets agree with sets of single points', () => {
  const random = seededRandom(7);
  const below = (limit: number): number => Math.floor(random() * limit);
  const POINTS = 60;
  const pointsOf = (set: readonly Interval[]) =>
    Array.from({ length: POINTS }, (_, point) => set.some(({ from, to }) => from <= point && point < to));
  const isCanonical = (set: readonly Interval[]) =>
    set.every(({ from, to }, index) => from < to && (index === 0 || (set[index - 1]?.to ?? 0) < from));
  const randomSet = () =>
    Array.from({ length: below(8) }, () => {
      const from = below(POINTS);
      return { from, to: from + below(POINTS - from) };
    });

  for (let round = 0; round < 1_000; round++) {
    const [rawA, rawB] = [randomSet(), randomSet()];
    const [a, b] = [joined(rawA), joined(rawB)];
    const [inA, inB] = [pointsOf(rawA), pointsOf(rawB)];

    const results = [a, union(a, b), intersection(a, b), difference(a, b)];

    const expected = [
      inA,
      inA.map((inside, point) => inside || inB[point]),
      inA.map((inside, point) => inside && inB[point]),
      inA.map((inside, point) => inside && !inB[point]),
    ];
    expect(results.map(pointsOf)).toEqual(expected);
    expect(results.every(isCanonical)).toBe(true);
    expect(results.map(lengthMs)).toEqual(expected.map((points) => points.filter(Boolean).length));
  }
});
