import { afterAll, beforeAll, expect, test } from 'vitest';
import { MINUTE } from '../../../core/domain/clock.ts';
import { totpCode, totpStep } from '../../../core/services/totp.ts';
import { openTestApi, PASSWORD, type TestApi } from '../../support/api.ts';
import { caller } from '../../support/sign-in.ts';

let api: TestApi;
let call: ReturnType<typeof caller>;
beforeAll(async () => {
  api = await openTestApi({ config: { requireTotp: ['admin'] } });
  call = caller(api);
});
afterAll(() => api.close());

const STEP_MS = 30_000;
const codeOf = (secret: string): string => totpCode(secret.replaceAll(' ', ''), totpStep(api.time.now));
const enter = (name: string, password = PASSWORD) =>
  call({ method: 'POST', url: 'session', payload: { name, password } });
const giveCode = (cookie: string | null, code: string) =>
  call({ method: 'POST', url: 'session/code', payload: { code }, cookie });

/** An engineer with a second factor in force, and a step that no code was taken from. */
async function enrolled() {
  const { account, cookie } = await api.signIn('engineer', '16.03');
  const begun = await call({ method: 'POST', url: 'me/second-factor', payload: { password: PASSWORD }, cookie });
  const secret: string = begun.body.secret;
  const confirmed = await call({
    method: 'POST',
    url: 'me/second-factor/confirm',
    payload: { code: codeOf(secret) },
    cookie,
  });
  api.time.now += STEP_MS;
  return { account, cookie, secret, codes: confirmed.body.codes as string[] };
}

test('a password alone no longer opens an account with a second factor', async () => {
  const { account, secret } = await enrolled();

  const first = await enter(account.name);
  const between = await call({ url: 'regions', cookie: first.cookie });
  const told = await call({ url: 'session', cookie: first.cookie });
  const second = await giveCode(first.cookie, codeOf(secret));
  const after = await call({ url: 'session', cookie: second.cookie });
  const stale = await call({ url: 'session', cookie: first.cookie });

  expect([first.status, first.body]).toEqual([202, { step: 'code' }]);
  expect(between.status).toBe(401);
  expect(told.body).toEqual({ account: null, step: 'code' });
  expect([second.status, second.body.id]).toEqual([200, account.id]);
  expect(after.body.account.id).toBe(account.id);
  expect(stale.body).toEqual({ account: null, step: null });
});

test('a code is taken once, also by two who send it at once', async () => {
  const { account, secret } = await enrolled();
  const [one, other] = [await enter(account.name), await enter(account.name)];
  const code = codeOf(secret);

  const answers = await Promise.all([giveCode(one.cookie, code), giveCode(other.cookie, code)]);
  const again = await giveCode((await enter(account.name)).cookie, code);

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  expect([again.status, again.body.code]).toEqual([400, 'bad-input']);
});

test('guessing codes has to wait, from every address together, and a right password does not free it', async () => {
  const { account, secret } = await enrolled();
  const { cookie } = await enter(account.name);
  const statuses: number[] = [];
  for (let guess = 0; guess < 14; guess++) {
    const payload = { code: String(100_000 + guess) };
    const from = `203.0.113.${guess}`;
    statuses.push((await call({ method: 'POST', url: 'session/code', payload, cookie, from })).status);
  }

  const right = await giveCode((await enter(account.name)).cookie, codeOf(secret));
  api.time.now += 16 * MINUTE;
  const later = await giveCode((await enter(account.name)).cookie, codeOf(secret));

  expect(new Set(statuses.slice(0, 12))).toEqual(new Set([400]));
  expect(statuses.slice(12)).toEqual([429, 429]);
  expect(right.status).toBe(429);
  expect(later.status).toBe(200);
});

test('the second step is open for ten minutes', async () => {
  const { account, secret } = await enrolled();
  const { cookie } = await enter(account.name);

  api.time.now += 11 * MINUTE;
  const late = await giveCode(cookie, codeOf(secret));

  expect([late.status, late.body.code]).toEqual([401, 'not-signed-in']);
});

test('a recovery code opens once, however it is typed', async () => {
  const { account, cookie, codes } = await enrolled();
  const [code = ''] = codes;

  const first = await giveCode((await enter(account.name)).cookie, ` ${code.toUpperCase().replaceAll('-', ' ')} `);
  const again = await giveCode((await enter(account.name)).cookie, code);
  const left = await call({ url: 'me/security', cookie });

  expect(codes).toHaveLength(10);
  expect([first.status, again.status]).toEqual([200, 400]);
  expect(left.body.recoveryLeft).toBe(9);
});

test('new recovery codes take the place of the old, and turning it off takes a code', async () => {
  const { account, cookie, secret, codes } = await enrolled();
  const renewed = await call({ method: 'POST', url: 'me/recovery-codes', payload: { code: codeOf(secret) }, cookie });

  const old = await giveCode((await enter(account.name)).cookie, codes[0] ?? '');
  const refused = await call({ method: 'POST', url: 'me/second-factor/remove', payload: { code: '000000' }, cookie });
  const removed = await call({
    method: 'POST',
    url: 'me/second-factor/remove',
    payload: { code: renewed.body.codes[0] },
    cookie,
  });
  const plain = await enter(account.name);

  expect([renewed.status, old.status, refused.status, removed.status, plain.status]).toEqual([200, 400, 400, 204, 200]);
});

test('setting it up takes the password, and a code of the very secret', async () => {
  const { cookie } = await api.signIn('engineer');
  const begin = (password: string) => call({ method: 'POST', url: 'me/second-factor', payload: { password }, cookie });

  const wrong = await begin('not the password');
  const begun = await begin(PASSWORD);
  const unproved = await call({
    method: 'POST',
    url: 'me/second-factor/confirm',
    payload: { code: '000000' },
    cookie,
  });
  const facts = await call({ url: 'me/security', cookie });

  expect([wrong.status, begun.status, unproved.status]).toEqual([400, 200, 400]);
  expect(begun.body.uri).toContain('otpauth://totp/Simpul:engineer-');
  expect(begun.body.qr.path).toMatch(/^M\d+ \d+h/);
  expect(facts.body.secondFactorSince).toBeNull();
});

test('a role that must have one sets it up before anything else, and cannot turn it off', async () => {
  const { account } = await api.signIn('admin');
  const first = await enter(account.name);
  const between = await call({ url: 'accounts', cookie: first.cookie });
  const begun = await call({ method: 'POST', url: 'session/second-factor', cookie: first.cookie });
  const payload = { code: codeOf(begun.body.secret) };

  const done = await call({ method: 'POST', url: 'session/second-factor/confirm', payload, cookie: first.cookie });
  const { cookie } = done;
  api.time.now += STEP_MS;
  const removed = await call({
    method: 'POST',
    url: 'me/second-factor/remove',
    payload: { code: codeOf(begun.body.secret) },
    cookie,
  });

  expect([first.status, first.body]).toEqual([202, { step: 'enrol' }]);
  expect(between.status).toBe(401);
  expect(done.body.codes).toHaveLength(10);
  expect((await call({ url: 'session', cookie })).body.account.id).toBe(account.id);
  expect(removed.status).toBe(403);
});

test('an administrator asks one account for it, and takes it from somebody who lost the telephone', async () => {
  const admin = await api.signIn('admin', '16.03');
  const { account, cookie } = await api.signIn('officer', '16.03');
  const change = { method: 'PATCH', payload: { secondFactorRequired: true }, cookie: admin.cookie } as const;
  const lost = await enrolled();

  const asked = await call({ ...change, url: `accounts/${account.id}/security` });
  const out = await call({ url: 'session', cookie });
  const next = await enter(account.name);
  const taken = await call({
    method: 'DELETE',
    url: `accounts/${lost.account.id}/second-factor`,
    cookie: admin.cookie,
  });
  const plain = await enter(lost.account.name);

  expect([asked.status, out.body.account, next.body]).toEqual([204, null, { step: 'enrol' }]);
  expect([taken.status, plain.status]).toEqual([204, 200]);
});

test('no answer and no row holds a secret of somebody in plain text', async () => {
  const { account, secret, codes } = await enrolled();
  const admin = await api.signIn('admin', '16.03');

  const seen = await call({ url: `accounts/${account.id}/security`, cookie: admin.cookie });
  const rows = await api.inventory.sql.query<object>(
    `SELECT encode(totp, 'escape') AS totp, (SELECT string_agg(code_hash, ',') FROM recovery_code) AS codes
     FROM account_sign_in WHERE account_id = $1`,
    [account.id],
  );
  const text = JSON.stringify([seen.body, rows]);

  expect(seen.body.secondFactorSince).not.toBeNull();
  for (const hidden of [secret.replaceAll(' ', ''), ...codes]) expect(text).not.toContain(hidden);
});
