import { expect, test } from 'vitest';
import { generateTotpSecret, matchingStep, totpCode, totpStep, totpUri } from '../../../core/services/totp.ts';

/** RFC 6238, appendix B: the key is the ASCII text 12345678901234567890, the codes have eight digits. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('the code of RFC 6238 at second %i', (second, code) => {
  const step = totpStep(second * 1000);

  expect(totpCode(RFC_SECRET, step, 8)).toBe(code);
  expect(totpCode(RFC_SECRET, step)).toBe(code.slice(2));
});

test('a code holds in its own step and in those beside it', () => {
  const at = 1_234_567_890_000;
  const step = totpStep(at);
  const found = [-2, -1, 0, 1, 2].map((away) => matchingStep(RFC_SECRET, totpCode(RFC_SECRET, step + away), at));

  expect(found).toEqual([null, step - 1, step, step + 1, null]);
});

test.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])('%j is no code', (text) => {
  expect(matchingStep(RFC_SECRET, text, 1_234_567_890_000)).toBeNull();
});

test('a secret is 160 random bits, and what authenticators read names whose it is', () => {
  const [one, other] = [generateTotpSecret(), generateTotpSecret()];

  expect(one).toMatch(/^[A-Z2-7]{32}$/);
  expect(one).not.toBe(other);
  expect(totpUri(one, 'sri@oki', 'Simpul')).toBe(
    `otpauth://totp/Simpul:sri%40oki?secret=${one}&issuer=Simpul&algorithm=SHA1&digits=6&period=30`,
  );
});
