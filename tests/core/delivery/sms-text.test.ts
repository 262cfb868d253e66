import { expect, test } from 'vitest';
import { measureSms, smsText } from '../../../core/delivery/sms-text.ts';

test.each([
  ['a'.repeat(160), 'gsm-7', 160, 1],
  ['a'.repeat(161), 'gsm-7', 161, 2],
  ['€'.repeat(80), 'gsm-7', 160, 1],
  ['a'.repeat(306), 'gsm-7', 306, 2],
  ['a'.repeat(307), 'gsm-7', 307, 3],
  [`${'a'.repeat(69)}ş`, 'ucs-2', 70, 1],
  [`${'a'.repeat(70)}ş`, 'ucs-2', 71, 2],
  ['📡'.repeat(35), 'ucs-2', 70, 1],
])('%j is as long as the network counts it', (text, encoding, units, parts) => {
  const measured = measureSms(text);

  expect(measured).toEqual({ text, encoding, units, parts });
});

test('signs of typesetting do not make an SMS dear', () => {
  const { text, encoding } = smsText('“Putus” – 10 menit… ≥ 2 lokasi', undefined, 1);

  expect({ text, encoding }).toEqual({ text: '"Putus" - 10 menit... >= 2 lokasi', encoding: 'gsm-7' });
});

test.each([1, 2, 3])('a long text fits %i parts with its link whole', (maxParts) => {
  const link = 'https://simpul.example/i/0123456789abcdef';

  for (const word of ['gangguan ', 'géléng€ ', 'сеть ', '📡 ', 'x']) {
    const sms = smsText(word.repeat(700), link, maxParts);
    expect(sms.parts).toBeLessThanOrEqual(maxParts);
    expect(sms.text.endsWith(`...\n${link}`)).toBe(true);
    expect(sms.text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  }
});
