import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OidcConfig } from '../../../core/config/oidc.ts';
import { Secret } from '../../../core/config/secret.ts';
import { totpCode, totpStep } from '../../../core/services/totp.ts';
import { openTestApi, PASSWORD, PUBLIC_URL, type TestApi } from '../../support/api.ts';
import { CLIENT, type IdentityProvider, type Person, startIdentityProvider } from '../../support/identity-provider.ts';
import { caller } from '../../support/sign-in.ts';

const redirectUri = `${PUBLIC_URL}/api/v1/session/oidc/callback`;
let api: TestApi;
let provider: IdentityProvider;
let call: ReturnType<typeof caller>;
beforeAll(async () => {
  provider = await startIdentityProvider(redirectUri);
  const oidc: OidcConfig = {
    issuer: provider.issuer,
    clientId: CLIENT.id,
    clientSecret: new Secret(CLIENT.secret),
    name: 'SSO Sumsel',
    scope: 'openid email profile',
    redirectUri,
    claim: { name: 'groups', grants: [{ value: 'noc', role: 'engineer', regionCode: '16.03' }] },
  };
  api = await openTestApi({ config: { oidc } });
  call = caller(api);
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

const tripCookie = (answer: { cookies: { name: string; value: string }[] }): string =>
  `simpul_oidc=${answer.cookies.find(({ name }) => name === 'simpul_oidc')?.value}`;

/** Leaves for the provider and comes back, as one browser. */
async function throughProvider(visitor: Person, to = '/outages?status=open') {
  provider.visitor = visitor;
  const left = await call({ url: `session/oidc?to=${encodeURIComponent(to)}` });
  const back = await provider.visit(String(left.answer.headers.location));
  const cookie = tripCookie(left.answer);
  const arrived = await call({ url: `session/oidc/callback${back.search}`, cookie });
  return { left, back, ...arrived, location: arrived.answer.headers.location };
}
const whoIs = async (cookie: string | null) => (await call({ url: 'session', cookie })).body;

async function known(email: string) {
  const { account } = await api.signIn('planner', '16.03');
  const admin = await api.signIn('admin');
  await call({ method: 'PATCH', url: `accounts/${account.id}/security`, payload: { email }, cookie: admin.cookie });
  return { account, admin };
}

test('a verified address opens its account, and binds it: from then on the subject opens it, whatever the address', async () => {
  const { account } = await known('Sri@Sumsel.example');

  const first = await throughProvider({ subject: 'sri', email: 'sri@sumsel.example', isVerified: true });
  const moved = await throughProvider({ subject: 'sri', email: 'new@sumsel.example', isVerified: false });
  const heir = await throughProvider({ subject: 'heir', email: 'sri@sumsel.example', isVerified: true });

  expect([first.left.status, first.status, first.location]).toEqual([302, 302, '/outages?status=open']);
  expect((await whoIs(first.cookie)).account.id).toBe(account.id);
  expect((await whoIs(moved.cookie)).account.id).toBe(account.id);
  expect(heir.location).toBe('/sign-in?wrong=provider-stranger');
  expect((await call({ url: 'me/sessions', cookie: first.cookie })).body.items[0].way).toBe('oidc');
});

test('an address that the provider has not verified opens nothing, and nobody is made for it', async () => {
  await known('budi@sumsel.example');
  const before = await api.inventory.accounts.count();

  const { location, cookie } = await throughProvider({ subject: 'mallory', email: 'budi@sumsel.example' });

  expect(location).toBe('/sign-in?wrong=provider-stranger');
  expect((await whoIs(cookie)).account).toBeNull();
  expect(await api.inventory.accounts.count()).toBe(before);
});

test('an administrator binds a subject by hand', async () => {
  const { account, admin } = await known('tono@sumsel.example');
  const change = { method: 'PATCH', payload: { subject: 'tono-1' }, cookie: admin.cookie } as const;

  await call({ ...change, url: `accounts/${account.id}/security` });
  const { cookie } = await throughProvider({ subject: 'tono-1' });

  expect((await whoIs(cookie)).account.id).toBe(account.id);
});

test('the configured claim makes an account with its role and region, and takes no name over', async () => {
  await api.inventory.accounts.create({
    name: 'wati@sumsel.example',
    displayName: 'W',
    role: 'admin',
    regionCode: '',
    passwordHash: '',
  });
  const wati = {
    subject: 'wati',
    email: 'wati@sumsel.example',
    isVerified: true,
    name: 'Wati',
    groups: ['guests', 'noc'],
  };

  const { cookie } = await throughProvider(wati);
  const again = await throughProvider({ ...wati, groups: [] });

  const { account } = await whoIs(cookie);
  expect(account).toMatchObject({
    name: 'wati@sumsel.example-2',
    displayName: 'Wati',
    role: 'engineer',
    regionCode: '16.03',
  });
  expect((await whoIs(again.cookie)).account.id).toBe(account.id);
});

test("the account's own second factor is still asked for", async () => {
  const { account, admin } = await known('dewi@sumsel.example');
  const { cookie: own } = await enter(account.name);
  const begun = await call({ method: 'POST', url: 'me/second-factor', payload: { password: PASSWORD }, cookie: own });
  const code = () => totpCode(begun.body.secret.replaceAll(' ', ''), totpStep(api.time.now));
  await call({ method: 'POST', url: 'me/second-factor/confirm', payload: { code: code() }, cookie: own });
  api.time.now += 30_000;

  const { location, cookie } = await throughProvider({
    subject: 'dewi',
    email: 'dewi@sumsel.example',
    isVerified: true,
  });
  const told = await whoIs(cookie);
  const done = await call({ method: 'POST', url: 'session/code', payload: { code: code() }, cookie });

  expect(location).toBe('/sign-in?to=%2Foutages%3Fstatus%3Dopen');
  expect(told).toEqual({ account: null, step: 'code' });
  expect(done.body.id).toBe(account.id);
  expect(admin.account.role).toBe('admin');
});
const enter = (name: string) => call({ method: 'POST', url: 'session', payload: { name, password: PASSWORD } });

test('a disabled account stays shut', async () => {
  const { account } = await known('joko@sumsel.example');
  await api.inventory.accounts.update(account.id, { disabledAt: api.time.now });

  const { location } = await throughProvider({ subject: 'joko', email: 'joko@sumsel.example', isVerified: true });

  expect(location).toBe('/sign-in?wrong=provider-stranger');
});

test('a way back of another browser, a forged one, one used twice and one without a beginning open nothing', async () => {
  const mine = await throughProvider({ subject: 'a', email: 'a@sumsel.example', isVerified: true });
  provider.visitor = { subject: 'b' };
  const other = await call({ url: 'session/oidc' });
  const back = await provider.visit(String(other.answer.headers.location));
  const arrive = async (search: string, cookie?: string) => {
    const answer = await call({ url: `session/oidc/callback${search}`, ...(cookie === undefined ? {} : { cookie }) });
    return [answer.status, answer.answer.headers.location, answer.cookie];
  };
  const shut = [302, '/sign-in?wrong=provider-refused', null];

  expect(await arrive(back.search, tripCookie(mine.left.answer))).toEqual(shut);
  expect(await arrive(back.search)).toEqual(shut);
  expect(await arrive(`?code=forged&state=${back.searchParams.get('state')}`, tripCookie(other.answer))).toEqual(shut);
  expect(await arrive('?error=access_denied', tripCookie(other.answer))).toEqual(shut);
  expect(await arrive('', 'simpul_oidc=%00nonsense')).toEqual(shut);
  expect(await arrive(mine.back.search, tripCookie(mine.left.answer))).toEqual(shut);
});

test('nobody is led to another site by the way back', async () => {
  await known('ani@sumsel.example');
  const ani = { subject: 'ani', email: 'ani@sumsel.example', isVerified: true };

  for (const to of ['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example']) {
    expect((await throughProvider(ani, to)).location).toBe('/');
  }
});

test('the sign-in page learns of the provider, and neither its secret nor a code stands anywhere', async () => {
  const ways = await call({ url: 'session/ways' });
  const rows = await api.inventory.sql.query<object>('SELECT * FROM audit');

  expect(ways.body).toEqual({ oidc: { name: 'SSO Sumsel' } });
  expect(JSON.stringify([ways.body, rows])).not.toContain(CLIENT.secret);
  expect(JSON.stringify(rows)).toContain('sign-in');
});
