import { expect, test } from 'vitest';
import { indonesianMobile } from '../../../../core/domain/portal/phone-number.ts';

test.each([
  '081234567890',
  '0812 3456 7890',
  '0812-3456-7890',
  '(0812) 3456.7890',
  '81234567890',
  '6281234567890',
  '62 812 3456 7890',
  '+6281234567890',
  '+62 812-3456-7890',
  '+62 0812 3456 7890',
  '+62 (0) 812 3456 7890',
  '006281234567890',
  ' +6281234567890 ',
])('%s is +6281234567890', (text) => {
  expect(indonesianMobile(text)).toBe('+6281234567890');
});

test.each([
  ['0811 123 456', '+62811123456'],
  ['0859 1234 56789', '+62859123456789'],
  ['0899 9999 999', '+628999999999'],
])('the shortest and the longest are taken: %s', (text, number) => {
  expect(indonesianMobile(text)).toBe(number);
});

test.each([
  ['', 'nothing'],
  ['0812345', 'too short'],
  ['08123456789012', 'too long'],
  ['0711351000', 'a fixed line'],
  ['021 555 1234', 'a fixed line of Jakarta'],
  ['0809 1 234 567', 'a premium service'],
  ['0800 1 234 567', 'a free number'],
  ['0868 1234 5678', 'a satellite telephone'],
  ['+1 212 555 0100', 'abroad'],
  ['+60 12 345 6789', 'Malaysia'],
  ['001 62 812 3456 7890', 'a carrier before it'],
  ['+881 6 123 45678', 'a satellite network'],
  ['+62812+34567890', 'two plus signs'],
  ['0812345678९०', 'digits of another script'],
  ['081234567890;081234567891', 'two numbers'],
  ['081234567890\r\nto: 0899', 'a line break with more'],
  ['0812abc4567890', 'letters'],
  [`0812${'3'.repeat(10_000)}`, 'very long'],
])('%s is no number: %s', (text) => {
  expect(indonesianMobile(text)).toBeNull();
});
