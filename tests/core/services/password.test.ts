import { scryptSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { generatePassword, hashPassword, needsRehash, verifyPassword } from '../../../core/services/password.ts';

test('a password is known by its hash, another one is not', async () => {
  const hash = await hashPassword('rahasia sekali');

  expect(hash).toMatch(/^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  expect(await verifyPassword('rahasia sekali', hash)).toBe(true);
  expect(await verifyPassword('rahasia sekalI', hash)).toBe(false);
  expect(needsRehash(hash)).toBe(false);
});

test('the same password never gives the same hash twice', async () => {
  expect(await hashPassword('x')).not.toBe(await hashPassword('x'));
});

test('the same characters in another Unicode form are the same password', async () => {
  const hash = await hashPassword('caf\u00e9');

  expect(await verifyPassword('cafe\u0301', hash)).toBe(true);
});

test('a hash made at a lower cost is still understood, and asks to be made again', async () => {
  const salt = Buffer.from('0123456789abcdef');
  const key = scryptSync('old', salt, 32, { N: 1024, r: 8, p: 1 });
  const hash = ['scrypt', 1024, 8, 1, salt.toString('base64url'), key.toString('base64url')].join('$');

  expect(await verifyPassword('old', hash)).toBe(true);
  expect(needsRehash(hash)).toBe(true);
});

test.each([
  '',
  'scrypt',
  'scrypt$none',
  'bcrypt$1024$8$1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA',
  'scrypt$1024$8$1$c2FsdA$',
  'scrypt$-1$8$1$c2FsdA$aGFzaGhhc2hoYXNoaGFzaA',
  'scrypt$1073741824$8$1$c2FsdA$aGFzaGhhc2hoYXNoaGFzaA',
  'scrypt$1024$8$999999999$c2FsdA$aGFzaGhhc2hoYXNoaGFzaA',
])('a hash %j that is none opens nothing', async (hash) => {
  expect(await verifyPassword('', hash)).toBe(false);
});

test('a made password is long, of letters that are not mistaken, and never the same', () => {
  const made = Array.from({ length: 100 }, generatePassword);

  expect(new Set(made).size).toBe(100);
  for (const password of made) expect(password).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
});
