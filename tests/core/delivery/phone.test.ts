import { expect, test } from 'vitest';
import { internationalDigits } from '../../../core/delivery/phone.ts';

test.each([
  ['0812-3456-7890', '6281234567890'],
  ['+62 812 3456 7890', '6281234567890'],
  ['62 (812) 34567890', '6281234567890'],
  ['0060123456789', '60123456789'],
  ['+60 12-345 6789', '60123456789'],
  ['12', null],
  ['+0812345678', null],
  ['0812abc', null],
  ['1234567890123456', null],
  ['', null],
])('%j is %j with its country', (text, digits) => {
  expect(internationalDigits(text)).toBe(digits);
});
