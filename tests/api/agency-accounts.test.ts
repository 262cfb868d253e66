import { afterAll, beforeAll, expect, test } from 'vitest';
import { layProvince, openTestApi, PASSWORD, type Province, type TestApi } from '../support/api.ts';

let api: TestApi;
let province: Province;
let agencyId: string;
let cookie: string;
beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
  const site = { code: 'dinas', name: 'Dinas', kind: 'agency', regionCode: '16.03.11.2009' } as const;
  agencyId = (await api.inventory.sites.create(site)).id;
  cookie = (await api.signIn('admin', '16.03')).cookie;
});
afterAll(() => api.close());

let made = 0;
const form = (fields: object) => {
  made += 1;
  return { name: `baru-${made}`, displayName: 'Baru', regionCode: '', password: PASSWORD, ...fields };
};
const add = (fields: object, by = cookie) =>
  api.app.inject({ method: 'POST', url: '/api/v1/accounts', payload: form(fields), headers: { cookie: by } });

test("an agency's account takes its region from its site", async () => {
  const answer = await add({ role: 'agency', agencySiteId: agencyId });

  expect(answer.statusCode).toBe(201);
  expect(answer.json()).toMatchObject({ role: 'agency', regionCode: '16.03.11.2009', agencySiteId: agencyId });
});

test('an agency without a site, another role with one, and a site that is no agency are refused', async () => {
  const answers = [
    await add({ role: 'agency' }),
    await add({ role: 'viewer', regionCode: '16.03', agencySiteId: agencyId }),
    await add({ role: 'agency', agencySiteId: province.inside.site.id }),
  ];

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 404]);
});

test('nobody gives away an agency of another region', async () => {
  const { cookie: elsewhere } = await api.signIn('admin', '16.71');

  const answer = await add({ role: 'agency', agencySiteId: agencyId }, elsewhere);

  expect(answer.statusCode).toBe(404);
});

test('an agency that becomes something else is given a region by name, and keeps no site', async () => {
  const { id } = (await add({ role: 'agency', agencySiteId: agencyId })).json();
  const change = (payload: object) =>
    api.app.inject({ method: 'PATCH', url: `/api/v1/accounts/${id}`, payload, headers: { cookie } });

  const silent = await change({ role: 'viewer' });
  const named = await change({ role: 'viewer', regionCode: '16.03' });

  expect(silent.statusCode).toBe(400);
  expect(named.json()).toMatchObject({ role: 'viewer', regionCode: '16.03', agencySiteId: null });
});

test('an account goes with its site to another region', async () => {
  const { account } = await api.signIn('agency', '16.03.11.2009', agencyId);
  const { sites, accounts } = api.inventory;

  await sites.update(agencyId, { regionCode: '16.71.01.1001' });
  const moved = await accounts.get(account.id);
  await sites.update(agencyId, { regionCode: '16.03.11.2009' });

  expect(moved?.regionCode).toBe('16.71.01.1001');
});

test('what an agency is not named for is refused to it', async () => {
  const { cookie: agency } = await api.signIn('agency', '16.03.11.2009', agencyId);
  const ask = async (url: string) =>
    (await api.app.inject({ url: `/api/v1/${url}`, headers: { cookie: agency } })).json();

  expect((await ask('summary')).code).toBe('forbidden');
  expect((await ask('sites?region=16.03')).total).toBe(0);
  expect((await ask('sites')).items.map(({ id }: { id: string }) => id)).toEqual([agencyId]);
});
