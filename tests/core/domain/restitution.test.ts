import { expect, test } from 'vitest';
import { feeOfDays, percentParts, restitutionPercent, restitutionRupiah } from '../../../core/domain/restitution.ts';

const STEPS = [
  { belowPercent: 99.5, restitutionPercent: 5 },
  { belowPercent: 99, restitutionPercent: 10 },
  { belowPercent: 95, restitutionPercent: 25.5 },
];

test.each([
  [100, 0],
  [99.5, 0],
  [99.4999, 5],
  [99, 5],
  [98.9999, 10],
  [94.9999, 25.5],
  [0, 25.5],
])('at %d %% of availability %d %% of the fee come back', (availability, expected) => {
  expect(restitutionPercent(percentParts(availability), STEPS)).toBe(expected);
  expect(restitutionPercent(percentParts(availability), STEPS.toReversed())).toBe(expected);
});

test('without steps nothing comes back', () => {
  expect(restitutionPercent(0, [])).toBe(0);
});

test('half a rupiah counts as one, less as none', () => {
  expect(restitutionRupiah(10, 5)).toBe(1);
  expect(restitutionRupiah(9, 5)).toBe(0);
  expect(restitutionRupiah(1_234_567, 7.5)).toBe(92_593);
  expect(restitutionRupiah(0, 100)).toBe(0);
});

test('no fee is too large to be shared out exactly', () => {
  expect(restitutionRupiah(9_999_999_999_999, 33.3333)).toBe(3_333_330_000_000);
  expect(restitutionRupiah(10_000_000_000_000, 100)).toBe(10_000_000_000_000);
});

test('a month of which some days are under contract costs its days', () => {
  expect(feeOfDays(3_100_000, 31, 31)).toBe(3_100_000);
  expect(feeOfDays(3_100_000, 11, 31)).toBe(1_100_000);
  expect(feeOfDays(1_000_000, 1, 28)).toBe(35_714);
});
