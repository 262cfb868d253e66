import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../core/domain/clock.ts';
import { openTestApi, PASSWORD, PUBLIC_URL, type TestApi } from '../../support/api.ts';
import { caller } from '../../support/sign-in.ts';

let api: TestApi;
let call: ReturnType<typeof caller>;
beforeAll(async () => {
  api = await openTestApi();
  call = caller(api);
  const regions = [
    ['16', 'province', null],
    ['16.03', 'regency', '16'],
    ['16.71', 'regency', '16'],
  ];
  for (const [code, level, parent] of regions) {
    await api.inventory.sql.run(
      `INSERT INTO region (code, level, parent_code, name, lat, lng, population, desa_count, kelurahan_count, edition)
       VALUES ($1, $2, $3, $1, -3, 104, 1, 1, 1, 'test')`,
      [code, level, parent],
    );
  }
});
afterAll(() => api.close());

const NEW_PASSWORD = 'another long password';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

async function enter(name: string, password = PASSWORD) {
  const payload = { name, password };
  const headers = { 'user-agent': FIREFOX };
  return await call({ method: 'POST', url: 'session', payload, headers, from: '203.0.113.57' });
}

test('own sessions say where and by what, never the whole address, and end one by one or all others', async () => {
  const { account, cookie } = await api.signIn('planner');
  const [one, other] = [await enter(account.name), await enter(account.name)];

  const listed = await call({ url: 'me/sessions', cookie: one.cookie });
  const [here, ...rest] = listed.body.items;
  const ended = await call({ method: 'DELETE', url: 'me/sessions', cookie: one.cookie });
  const left = await call({ url: 'me/sessions', cookie: one.cookie });
  const last = await call({ method: 'DELETE', url: `me/sessions/${here.id}`, cookie: one.cookie });
  const gone = await Promise.all(
    [cookie, one.cookie, other.cookie].map((held) => call({ url: 'regions', cookie: held })),
  );

  expect(here).toMatchObject({
    isThis: true,
    network: '203.0.113.0/24',
    browser: 'Firefox 140 · Linux',
    way: 'password',
  });
  expect(rest).toHaveLength(2);
  expect(listed.answer.body).not.toContain('203.0.113.57');
  expect(ended.body).toEqual({ ended: 2 });
  expect(left.body.items.map(({ id }: { id: string }) => id)).toEqual([here.id]);
  expect(last.status).toBe(204);
  expect(gone.map(({ status }) => status)).toEqual([401, 401, 401]);
});

test("nobody ends another's session, and an administrator only those of the own region", async () => {
  const victim = await api.signIn('engineer', '16.71');
  const [mine] = (await call({ url: 'me/sessions', cookie: victim.cookie })).body.items;
  const stranger = await api.signIn('engineer', '16.71');
  const near = await api.signIn('admin', '16.71');
  const far = await api.signIn('admin', '16.03');
  const path = `accounts/${victim.account.id}`;

  const refused = [
    await call({ method: 'DELETE', url: `me/sessions/${mine.id}`, cookie: stranger.cookie }),
    await call({ method: 'DELETE', url: `${path}/sessions/${mine.id}`, cookie: stranger.cookie }),
    await call({ method: 'DELETE', url: `${path}/sessions/${mine.id}`, cookie: far.cookie }),
    await call({ method: 'DELETE', url: `${path}/sessions`, cookie: far.cookie }),
    await call({ method: 'POST', url: `${path}/password-link`, cookie: far.cookie }),
    await call({ method: 'PATCH', url: `${path}/security`, payload: { email: 'a@b.example' }, cookie: far.cookie }),
    await call({ method: 'DELETE', url: `${path}/second-factor`, cookie: far.cookie }),
    await call({ url: `${path}/security`, cookie: far.cookie }),
  ];
  const seen = await call({ url: `${path}/security`, cookie: near.cookie });
  const done = await call({ method: 'DELETE', url: `${path}/sessions/${mine.id}`, cookie: near.cookie });

  expect(refused.map(({ status }) => status)).toEqual([404, 403, 404, 404, 404, 404, 404, 404]);
  expect(seen.body.sessions).toHaveLength(1);
  expect(done.status).toBe(204);
  expect((await call({ url: 'regions', cookie: victim.cookie })).status).toBe(401);
});

test('another password takes the old one, keeps this browser and ends every other', async () => {
  const { account, cookie } = await api.signIn('planner');
  const { cookie: elsewhere } = await enter(account.name);
  const change = (current: string) =>
    call({ method: 'PUT', url: 'me/password', payload: { current, password: NEW_PASSWORD }, cookie });

  const wrong = await change('not the password');
  const done = await change(PASSWORD);
  const here = await call({ url: 'session', cookie: done.cookie });
  const there = await call({ url: 'session', cookie: elsewhere });

  expect([wrong.status, wrong.body.faults[0].field, done.status]).toEqual([400, '/current', 204]);
  expect([here.body.account?.id, there.body.account]).toEqual([account.id, null]);
  expect([(await enter(account.name)).status, (await enter(account.name, NEW_PASSWORD)).status]).toEqual([401, 200]);
});

test('an account without a password is opened by its link alone, once and within a day', async () => {
  const admin = await api.signIn('admin');
  const form = { name: 'budi', displayName: 'Budi', role: 'officer', regionCode: '16.03' };
  const made = await call({ method: 'POST', url: 'accounts', payload: form, cookie: admin.cookie });
  const link = async () =>
    (await call({ method: 'POST', url: `accounts/${made.body.id}/password-link`, cookie: admin.cookie })).body;
  const tokenOf = ({ url }: { url: string }): string => url.split('#')[1] ?? '';
  const use = (token: string) =>
    call({ method: 'POST', url: 'password-link', payload: { token, password: NEW_PASSWORD } });

  const empty = await enter('budi', '');
  const guessed = await enter('budi', 'nobody has this password');
  const replaced = await link();
  const { url, ...open } = await link();
  const read = await call({ method: 'POST', url: 'password-link/read', payload: { token: tokenOf({ url }) } });
  const stale = await use(tokenOf(replaced));
  const twice = await Promise.all([use(tokenOf({ url })), use(tokenOf({ url }))]);
  const inside = await enter('budi', NEW_PASSWORD);

  expect([made.status, empty.status, guessed.status]).toEqual([201, 400, 401]);
  expect(url).toMatch(new RegExp(`^${PUBLIC_URL}/new-password#[\\w-]{43}$`));
  expect(open.expiresAt).toBe(api.time.now + DAY);
  expect(read.body).toEqual({ name: 'budi', displayName: 'Budi', expiresAt: open.expiresAt });
  expect([stale.status, stale.body.code]).toEqual([410, 'gone']);
  expect(twice.map(({ status }) => status).sort()).toEqual([204, 410]);
  expect(inside.status).toBe(200);

  const late = tokenOf(await link());
  const before = await call({ url: 'session', cookie: inside.cookie });
  api.time.now += DAY;
  expect(before.body.account.name).toBe('budi');
  expect((await use(late)).status).toBe(410);
});

test('a link ends the sessions of its account, and no log or row holds it', async () => {
  const admin = await api.signIn('admin');
  const { account, cookie } = await api.signIn('planner');
  const path = `accounts/${account.id}/password-link`;
  const { body } = await call({ method: 'POST', url: path, cookie: admin.cookie });
  const token = body.url.split('#')[1];

  await call({ method: 'POST', url: 'password-link', payload: { token, password: NEW_PASSWORD } });
  const rows = await api.inventory.sql.query<object>('SELECT * FROM audit');

  expect((await call({ url: 'session', cookie })).body.account).toBeNull();
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(JSON.stringify(rows)).not.toContain(NEW_PASSWORD);
  expect(JSON.stringify(rows)).toContain('password-reset');
});

async function token(cookie: string, scopes: string[], days = 30) {
  const made = await call({ method: 'POST', url: 'me/tokens', payload: { name: 'Grafana', scopes, days }, cookie });
  return { ...made.body, headers: { authorization: `Bearer ${made.body.token}` } };
}

test('a token calls in the name of its owner, within its scopes, region and role', async () => {
  const { cookie } = await api.signIn('engineer', '16.03');
  const reading = await token(cookie, ['read']);
  const writing = await token(cookie, ['write']);
  const watching = await token(cookie, ['metrics']);
  const site = { code: 'x', name: 'x', kind: 'pop', regionCode: '16.03', lat: -3, lng: 104 };
  const post = (headers: Record<string, string>, regionCode = '16.03') =>
    call({ method: 'POST', url: 'sites', payload: { ...site, code: regionCode, regionCode }, headers });

  const regions = await call({ url: 'regions', headers: reading.headers });
  const statuses = [
    (await post(reading.headers)).status,
    (await post(writing.headers)).status,
    (await post(writing.headers, '16.71')).status,
    (await call({ url: 'regions', headers: writing.headers })).status,
    (await call({ url: 'system', headers: watching.headers })).status,
    (await call({ url: 'regions', headers: watching.headers })).status,
  ];

  expect(reading.token).toMatch(/^spl_[\w-]{43}$/);
  expect(reading.item.prefix).toBe(reading.token.slice(0, 10));
  expect(regions.body.items.every(({ code }: { code: string }) => code.startsWith('16.03'))).toBe(true);
  expect(statuses).toEqual([403, 201, 404, 403, 200, 403]);
});

test('no token manages accounts, tokens or sessions, and a cookie beside it does not help', async () => {
  const { cookie } = await api.signIn('admin');
  const { headers } = await token(cookie, ['read', 'write', 'metrics']);
  const personal = [
    { url: 'accounts' },
    { method: 'POST', url: 'me/tokens', payload: { name: 'x', scopes: ['read'], days: 1 } },
    { url: 'me/sessions' },
    { method: 'PUT', url: 'me/password', payload: { current: PASSWORD, password: NEW_PASSWORD } },
    { url: 'session' },
  ] as const;

  const answers = await Promise.all(personal.map((one) => call({ ...one, headers, cookie })));
  const broken = await call({ url: 'regions', cookie, headers: { authorization: 'Bearer spl_broken' } });

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  expect(broken.status).toBe(401);
});

test('a token is over on its day, when revoked, and with its owner; its last use is kept', async () => {
  const { account, cookie } = await api.signIn('planner');
  const admin = await api.signIn('admin');
  const [short, revoked, orphan] = [
    await token(cookie, ['read'], 1),
    await token(cookie, ['read']),
    await token(cookie, ['read']),
  ];
  const regions = (headers: Record<string, string>) => call({ url: 'regions', headers });

  await regions(short.headers);
  const listed = await call({ url: 'me/tokens', cookie });
  await call({ method: 'DELETE', url: `me/tokens/${revoked.item.id}`, cookie });
  const afterRevoking = await regions(revoked.headers);
  api.time.now += DAY + HOUR;
  const afterDay = await regions(short.headers);
  const whole = await regions(orphan.headers);
  const again = await api.signIn('admin');
  await call({ method: 'PATCH', url: `accounts/${account.id}`, payload: { disabled: true }, cookie: again.cookie });
  const afterOwner = await regions(orphan.headers);

  expect(listed.answer.body).not.toContain(short.token);
  expect(listed.body.items.find(({ id }: { id: string }) => id === short.item.id).lastUsedAt).toBe(NOW());
  expect([afterRevoking.status, afterDay.status, whole.status, afterOwner.status]).toEqual([401, 401, 200, 401]);
  expect(admin.cookie).not.toBe(again.cookie);
});
const NOW = (): number => api.time.now - DAY - HOUR;

test('a page of another site changes nothing by a cookie, a machine anywhere does by its token', async () => {
  const { cookie } = await api.signIn('engineer', '16.03');
  const { headers } = await token(cookie, ['write']);
  const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
  const payload = { code: 'foreign', name: 'x', kind: 'pop', regionCode: '16.03', lat: -3, lng: 104 };

  const byCookie = await call({ method: 'POST', url: 'sites', payload, cookie, headers: foreign });
  const byToken = await call({ method: 'POST', url: 'sites', payload, headers: { ...foreign, ...headers } });

  expect([byCookie.status, byToken.status]).toEqual([403, 201]);
});
