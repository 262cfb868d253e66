import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { method as account } from '../../../captive-portal/methods/account.ts';
import { MINUTE } from '../../../core/domain/clock.ts';
import { hashPassword } from '../../../core/services/password.ts';
import type { Place } from '../../support/portal-places.ts';
import { enteringAt, enterWith, openWays, refusalOf, type Ways, wasOnline } from '../../support/portal-ways.ts';

const PASSWORD = 'a long enough password';
let ways: Ways;
let place: Place;
let passwordHash: string;
beforeAll(async () => {
  ways = await openWays();
  passwordHash = await hashPassword(PASSWORD);
});
afterAll(async () => {
  await ways.close();
});
beforeEach(async () => {
  await ways.empty();
  place = await ways.layPlace();
});

const create = (name: string) =>
  ways.inventory.accounts.create({ name, displayName: name, role: 'officer', regionCode: '', passwordHash });
const enter = (name: string, password: string, more: Partial<Parameters<typeof enterWith>[2]> = {}) =>
  enterWith(account, ways, { place, ...more }, { 'account-name': name, 'account-password': password });
const macOf = (n: number): string => `02:00:00:00:01:${n.toString(16).padStart(2, '0')}`;

test('an employee is let in by name and password, and the day ends at midnight of the place', async () => {
  const { id } = await create('siti');

  const entered = await enter(' Siti ', PASSWORD);

  const subjectHash = ways.parts.keys.hash('account', id);
  expect(entered).toEqual({ kind: 'admitted', subjectHash, reentryUntil: Date.UTC(2026, 10, 22, 17) });
});

test('a wrong name, a wrong password and a disabled account are told apart nowhere', async () => {
  const { id } = await create('siti');
  await create('budi');
  await ways.inventory.accounts.update(id, { disabledAt: 1 });

  const answers = [await enter('siti', PASSWORD), await enter('budi', 'wrong'), await enter('nobody', 'wrong')];

  for (const one of answers)
    expect(one).toEqual({ kind: 'refused', refusal: 'wrong-password', field: 'account-password' });
});

test.each([
  ['', PASSWORD],
  ['siti', ''],
  ['s'.repeat(65), PASSWORD],
  ['siti', 'p'.repeat(257)],
])('what cannot be an account costs no try', async (name, password) => {
  expect(refusalOf(await enter(name, password))).toBe('wrong-password');

  expect(await ways.inventory.sql.query('SELECT 1 FROM portal_attempts')).toHaveLength(0);
});

test('after five wrong tries a device waits; a right one is not counted', async () => {
  await create('siti');
  for (let n = 0; n < 4; n++) await enter('siti', 'wrong');
  for (let n = 0; n < 3; n++) expect(await enter('siti', PASSWORD)).toMatchObject({ kind: 'admitted' });
  await enter('siti', 'wrong');

  expect(await enter('siti', PASSWORD)).toMatchObject({ kind: 'refused', refusal: 'pause' });
  ways.time.now += 10 * MINUTE;
  expect(await enter('siti', PASSWORD)).toMatchObject({ kind: 'admitted' });
});

test('guesses at one account from made-up devices are stopped; whoever was online here before still enters', async () => {
  await create('siti');
  // As many more as the limit has room for beside the two that are made here.
  const who = `account:${ways.parts.keys.hash('account', 'name siti')}`;
  const at = new Date(ways.time.now);
  await ways.inventory.sql.run('INSERT INTO portal_attempts SELECT $1, $2 FROM generate_series(1, 18)', [who, at]);
  for (let n = 0; n < 2; n++) expect(refusalOf(await enter('siti', 'wrong', { mac: macOf(n) }))).toBe('wrong-password');
  await wasOnline(ways, place, macOf(200));

  expect(await enter('siti', PASSWORD, { mac: macOf(100) })).toMatchObject({ kind: 'refused', refusal: 'pause' });
  expect(await enter('siti', PASSWORD, { mac: macOf(200) })).toMatchObject({ kind: 'admitted' });
  expect(refusalOf(await enter('budi', PASSWORD, { mac: macOf(101) }))).toBe('wrong-password');
});

test('the password is never shown again', async () => {
  const form = new URLSearchParams({ 'account-name': 'siti"><script>', 'account-password': 'rahasia-sekali' });

  const { markup } = account.form(enteringAt(ways, { place }), {
    refused: { refusal: 'wrong-password', field: 'account-password' },
    notice: null,
    form,
  });

  expect(markup).not.toContain('rahasia-sekali');
  expect(markup).not.toContain('<script');
  expect(markup).toContain('Nama atau kata sandi tidak cocok');
  expect(markup).toMatch(/autocomplete="username"/);
  expect(markup).toMatch(/autocomplete="current-password"/);
});
