import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { newVoucherCode, printedCode, readVoucherCode } from '../../../../core/domain/portal/voucher-code.ts';

const codes = Array.from({ length: 200 }, () => newVoucherCode(randomInt));

test('a new code has ten digits, none of them a leading zero, and is read back', () => {
  for (const code of codes) {
    expect(code).toMatch(/^[1-9]\d{9}$/);
    expect(readVoucherCode(code)).toEqual({ kind: 'code', digits: code });
  }
});

test('every single wrong digit and every pair of neighbours swapped is found', () => {
  for (const code of codes) {
    for (let place = 0; place < code.length; place++) {
      for (let digit = 0; digit < 10; digit++) {
        const typed = `${code.slice(0, place)}${digit}${code.slice(place + 1)}`;
        if (typed !== code) expect(readVoucherCode(typed).kind).toBe('mistyped');
      }
      const swapped = `${code.slice(0, place)}${code[place + 1] ?? ''}${code[place]}${code.slice(place + 2)}`;
      if (swapped !== code && swapped.length === code.length) expect(readVoucherCode(swapped).kind).toBe('mistyped');
    }
  }
});

test('spaces, dashes and dots between digits are as good as none', () => {
  const [code = ''] = codes;
  const [a, b, c] = [code.slice(0, 3), code.slice(3, 6), code.slice(6)];

  for (const typed of [printedCode(code), `${a}-${b}-${c}`, ` ${a}.${b}.${c} `, `${a}\u2013${b}\u00a0${c}`])
    expect(readVoucherCode(typed)).toEqual({ kind: 'code', digits: code });
});

test.each(['', ' ', '123', '12345678901', 'abcdefghij', '١٢٣٤٥٦٧٨٩٠', '0000000000', '1'.repeat(100_000), "1' OR 1=1"])(
  'nonsense is mistyped: %s',
  (text) => {
    expect(readVoucherCode(text)).toEqual({ kind: 'mistyped' });
  },
);
