import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../core/domain/clock.ts';
import { layProvince, openTestApi, PASSWORD, type TestApi } from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ config: { trustProxy: ['127.0.0.1'] } });
  await layProvince(api.inventory);
});
afterAll(() => api.close());

const enter = (name: string, password: string, remoteAddress = '10.0.0.1', headers = {}) =>
  api.app.inject({ method: 'POST', url: '/api/v1/session', payload: { name, password }, remoteAddress, headers });
const whoAmI = async (cookie: string) =>
  (await api.app.inject({ url: '/api/v1/session', headers: { cookie } })).json().account;

describe('signing in', () => {
  test('the right password opens a session in a cookie that scripts cannot read', async () => {
    const { account } = await api.signIn('engineer');

    const answer = await enter(account.name.toUpperCase(), PASSWORD);

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual(account);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^simpul_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await whoAmI(cookie.split(';', 1)[0] ?? '')).toEqual(account);
    const rows = await api.inventory.sql.query<{ token_hash: string }>('SELECT token_hash FROM account_session');
    expect(rows.map((row) => row.token_hash).join()).not.toContain(cookie.slice(15, 58));
  });

  test('the cookie is Secure where a trusted proxy says that the browser came over TLS', async () => {
    const { account } = await api.signIn('engineer');

    const trusted = await enter(account.name, PASSWORD, '127.0.0.1', { 'x-forwarded-proto': 'https' });
    const stranger = await enter(account.name, PASSWORD, '10.9.9.9', { 'x-forwarded-proto': 'https' });

    expect(trusted.headers['set-cookie']).toContain('Secure');
    expect(stranger.headers['set-cookie']).not.toContain('Secure');
  });

  test('a wrong password, a wrong name and a disabled account are told apart nowhere', async () => {
    const { account } = await api.signIn('officer');
    const { account: disabled } = await api.signIn('officer');
    await api.inventory.accounts.update(disabled.id, { disabledAt: api.time.now });

    const answers = await Promise.all([
      enter(account.name, 'wrong', '10.0.1.1'),
      enter('nobody', PASSWORD, '10.0.1.2'),
      enter(disabled.name, PASSWORD, '10.0.1.3'),
    ]);

    for (const answer of answers) {
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.json()).toEqual(answers[0]?.json());
    }
  });

  test('after eight failures an address waits for that name, and is told how long', async () => {
    const { account } = await api.signIn('engineer');
    for (let attempt = 0; attempt < 8; attempt += 1) {
      expect((await enter(account.name, 'wrong', '10.0.2.1')).statusCode).toBe(401);
    }

    const refused = await enter(account.name, PASSWORD, '10.0.2.1');
    const elsewhere = await enter(account.name, PASSWORD, '10.0.2.2');
    api.time.now += 15 * MINUTE;
    const later = await enter(account.name, PASSWORD, '10.0.2.1');

    expect(refused.statusCode).toBe(429);
    expect(refused.json().code).toBe('too-many-requests');
    expect(Number(refused.headers['retry-after'])).toBe(900);
    expect(elsewhere.statusCode).toBe(200);
    expect(later.statusCode).toBe(200);
  });

  test('attempts made all at once are counted all the same', async () => {
    const { account } = await api.signIn('engineer');

    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(account.name, 'wrong', '10.0.3.1')));

    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 401)).toHaveLength(8);
    expect(statuses.filter((status) => status === 429)).toHaveLength(12);
  });
});

describe('a session', () => {
  test('ends after twelve hours without a request, and lives on with them', async () => {
    const { cookie, account } = await api.signIn('planner');

    const seen: unknown[] = [];
    for (const wait of [11 * HOUR, 11 * HOUR, 12 * HOUR + MINUTE]) {
      api.time.now += wait;
      seen.push(await whoAmI(cookie));
    }

    expect(seen).toEqual([account, account, null]);
  });

  test('ends after thirty days however busy it is', async () => {
    const { cookie } = await api.signIn('planner');
    const start = api.time.now;

    while (api.time.now < start + 30 * DAY - 10 * HOUR) {
      api.time.now += 10 * HOUR;
      expect(await whoAmI(cookie)).not.toBeNull();
    }
    api.time.now = start + 30 * DAY;

    expect(await whoAmI(cookie)).toBeNull();
  });

  test('ends by signing out, by a new password and by disabling the account', async () => {
    const admin = await api.signIn('admin');
    const [out, changed, disabled] = [
      await api.signIn('officer'),
      await api.signIn('officer'),
      await api.signIn('officer'),
    ];
    const edit = (id: string, payload: object) =>
      api.app.inject({ method: 'PATCH', url: `/api/v1/accounts/${id}`, payload, headers: { cookie: admin.cookie } });

    const left = await api.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: { cookie: out.cookie } });
    await edit(changed.account.id, { password: 'another long password' });
    await edit(disabled.account.id, { disabled: true });

    expect(left.statusCode).toBe(204);
    for (const { cookie } of [out, changed, disabled]) expect(await whoAmI(cookie)).toBeNull();
    expect((await enter(changed.account.name, 'another long password', '10.0.4.1')).statusCode).toBe(200);
  });

  test.each(['', 'short', 'x'.repeat(43), '%00', `${'ä'.repeat(43)}`])(
    'a made-up token %j is nobody',
    async (token) => {
      expect(await whoAmI(`simpul_session=${encodeURIComponent(token)}`)).toBeNull();
    },
  );
});

describe('a page of another site', () => {
  const change = async (headers: Record<string, string>) => {
    const { cookie } = await api.signIn('admin');
    return await api.app.inject({
      method: 'DELETE',
      url: '/api/v1/session',
      headers: { cookie, host: 'simpul.example', ...headers },
    });
  };

  test.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ])('changes nothing (%j)', async (headers) => {
    const answer = await change(headers);

    expect(answer.statusCode).toBe(403);
    expect(answer.json().code).toBe('forbidden');
  });

  test.each([{ 'sec-fetch-site': 'same-origin' }, { origin: 'http://simpul.example' }, {}])(
    'is not one of our own (%j)',
    async (headers) => {
      expect((await change(headers)).statusCode).toBe(204);
    },
  );

  test('a form cannot send what the API takes', async () => {
    const answer = await api.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { 'content-type': 'text/plain' },
      payload: '{"name":"admin","password":"x"}',
    });

    expect(answer.statusCode).toBe(415);
    expect(answer.json().code).toBe('not-supported');
  });
});

describe('accounts', () => {
  test('the last administrator of every region cannot be taken away', async () => {
    await api.inventory.sql.run("DELETE FROM account WHERE role = 'admin'");
    const { account, cookie } = await api.signIn('admin');
    const edit = (payload: object) =>
      api.app.inject({ method: 'PATCH', url: `/api/v1/accounts/${account.id}`, payload, headers: { cookie } });

    const answers = [await edit({ disabled: true }), await edit({ role: 'officer' }), await edit({ regionCode: '16' })];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([409, 409, 409]);
    expect((await edit({ displayName: 'Ibu Admin' })).json().displayName).toBe('Ibu Admin');
  });

  test('an administrator of a region gives away nothing outside it', async () => {
    const { cookie } = await api.signIn('admin', '16.03');
    const everywhere = await api.signIn('admin');
    const add = (regionCode: string) =>
      api.app.inject({
        method: 'POST',
        url: '/api/v1/accounts',
        headers: { cookie },
        payload: { name: `new-${regionCode}`, displayName: 'Baru', role: 'officer', regionCode, password: PASSWORD },
      });
    const list = await api.app.inject({ url: '/api/v1/accounts', headers: { cookie } });

    expect((await add('16.03.11')).statusCode).toBe(201);
    expect((await add('')).statusCode).toBe(404);
    expect((await add('16.71')).statusCode).toBe(404);
    const names = list.json().items.map((account: { regionCode: string }) => account.regionCode);
    expect(new Set(names)).toEqual(new Set(['16.03']));
    const edit = await api.app.inject({
      method: 'PATCH',
      url: `/api/v1/accounts/${everywhere.account.id}`,
      headers: { cookie },
      payload: { password: 'taken over by me' },
    });
    expect(edit.statusCode).toBe(404);
  });
});
