import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BatchResult } from '../../core/contract/device-batches.ts';
import type { ListedLink } from '../../core/contract/links.ts';
import type { Now } from '../../core/contract/now.ts';
import type { SavedView } from '../../core/contract/saved-views.ts';
import type { SearchHit } from '../../core/contract/search.ts';
import type { Site } from '../../core/contract/sites.ts';
import type { ListedVillage } from '../../core/contract/villages.ts';
import { MINUTE } from '../../core/domain/clock.ts';
import { layProvince, openTestApi, type Province, type TestApi } from '../support/api.ts';
import { incidentIn } from '../support/incidents.ts';

let api: TestApi;
let province: Province;
let admin: string;
let engineer: string;
let planner: string;

type Call = { readonly cookie: string; readonly method?: 'GET' | 'POST' | 'DELETE'; readonly body?: object };

async function call<T>(
  url: string,
  { cookie, method = 'GET', body }: Call,
): Promise<{ status: number; body: T; raw: Buffer }> {
  const answer = await api.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { cookie },
    ...(body === undefined ? {} : { payload: body }),
  });
  const isJson = String(answer.headers['content-type']).includes('json');
  return { status: answer.statusCode, body: (isJson ? answer.json() : null) as T, raw: answer.rawPayload };
}

type Hits = { readonly items: readonly SearchHit[]; readonly isNearly: boolean };
const find = async (q: string, cookie = admin): Promise<Hits> =>
  (await call<Hits>(`/search?q=${encodeURIComponent(q)}`, { cookie })).body;
const kindsOf = ({ items }: Hits): string[] => [...new Set(items.map(({ kind }) => kind))];

beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
  await api.inventory.sql.run('UPDATE device SET serial = $2, mac = $3, host = $4 WHERE id = $1', [
    province.inside.device.id,
    'HGJ09P4XYZ',
    '4c:5e:0c:a1:b2:c3',
    '10.20.30.4',
  ]);
  await api.inventory.sql.run(
    `INSERT INTO interface (device_id, index, name, mac, seen_at) VALUES ($1, 1, 'ether1', '4c:5e:0c:00:00:07', now())`,
    [province.outside.device.id],
  );
  await incidentIn(api.inventory, province.inside.site.id, 1);
  await incidentIn(api.inventory, province.outside.site.id, 3);
  [admin, engineer, planner] = [
    (await api.signIn('admin')).cookie,
    (await api.signIn('engineer', '16.03')).cookie,
    (await api.signIn('planner', '16.03')).cookie,
  ];
});
afterAll(() => api?.close());

describe('the search', () => {
  test.each([
    ['an address', '10.20.30.4', 'host'],
    ['a serial in any case', 'hgj09p4xyz', 'serial'],
    ['a MAC with dashes', '4C-5E-0C-A1-B2-C3', 'mac'],
    ['a MAC as Cisco writes it', '4c5e.0ca1.b2c3', 'mac'],
    ['the beginning of a MAC', '4c:5e:0c:a1', 'mac'],
  ])('finds a device by %s, and says so', async (_, q, matched) => {
    const { items, isNearly } = await find(q);

    expect(items[0]).toMatchObject({ kind: 'device', id: province.inside.device.id, matched });
    expect(isNearly).toBe(false);
  });

  test('finds a device by the MAC of one of its ports', async () => {
    const { items } = await find('4c5e0c000007');

    expect(items).toMatchObject([
      { id: province.outside.device.id, matched: 'port-mac', text: 'ether1 4c:5e:0c:00:00:07' },
    ]);
  });

  test('puts what is just that first, and finds regions, sites, links and incidents of the same words', async () => {
    const hits = await find('16.03.11.2009');

    expect(kindsOf(hits)).toEqual(expect.arrayContaining(['device', 'site', 'region', 'incident']));
    expect(hits.items.find(({ kind }) => kind === 'region')).toMatchObject({
      id: '16.03.11.2009',
      name: 'Sukamaju',
      detail: 'Gelumbang, Kabupaten Muara Enim',
    });
    expect((await find('link-in')).items).toMatchObject([{ kind: 'link', name: 'link-in' }]);
  });

  test('finds an incident by its number', async () => {
    const [{ number } = { number: '' }] = await api.inventory.sql.query<{ number: string }>(
      'SELECT number FROM incident',
    );

    expect((await find(`#${number}`)).items[0]).toMatchObject({
      kind: 'incident',
      matched: 'number',
      incident: { number: Number(number), isOpen: true },
    });
  });

  test.each(['Sukmaju', 'Sukamajju', 'Ukamaju', 'Suakmaju', 'kamaj'])('takes %s for Sukamaju', async (q) => {
    const { items, isNearly } = await find(q);

    expect(items.find(({ kind }) => kind === 'region')?.name).toBe('Sukamaju');
    expect(isNearly).toBe(true);
  });

  test.each(['35 ilir', 'link-out', '16.71', '4c5e0c000007'])('shows %s of another regency to nobody', async (q) => {
    expect((await find(q, engineer)).items).toEqual([]);
    expect((await find(q)).items.length).toBeGreaterThan(0);
  });

  test('finds accounts for admins alone', async () => {
    expect(kindsOf(await find('planner'))).toEqual(['account']);
    expect((await find('planner', engineer)).items).toEqual([]);
  });

  test('finds what agencies offer by name, host and address, and gives away no secret of the address', async () => {
    const { site } = province.inside;
    const offer = (name: string, kind: string, host: string, settings: object) =>
      call('/devices', {
        ...{ cookie: admin, method: 'POST' },
        body: { code: `service-${name}`, name, kind, siteId: site.id, host, reachability: 'icmp' },
      }).then(({ body }) =>
        api.inventory.sql.run('UPDATE device SET settings = $2 WHERE id = $1', [
          (body as { id: string }).id,
          JSON.stringify(settings),
        ]),
      );
    await offer('Dinas Pendidikan', 'web-site', 'disdik.example', {
      url: 'https://disdik.example/beranda?kunci=rahasiaku',
    });
    await offer('Kamera gerbang', 'camera', '10.8.7.6', {});
    const ofKind = async (q: string, cookie = engineer) =>
      (await find(q, cookie)).items.filter(({ kind }) => kind === 'service').map(({ name }) => name);

    await expect.poll(() => ofKind('kamera'), { timeout: 30_000, interval: 200 }).toEqual(['Kamera gerbang']);
    expect(await ofKind('10.8.7.6')).toEqual(['Kamera gerbang']);
    expect(await ofKind('disdik')).toEqual(['Dinas Pendidikan']);
    expect((await find('beranda', engineer)).items[0]).toMatchObject({
      ...{ kind: 'service', matched: 'address', text: 'https://disdik.example/beranda', state: 'unknown' },
    });
    expect(await ofKind('rahasiaku')).toEqual([]);
    expect(await ofKind('disdik', (await api.signIn('engineer', '16.71')).cookie)).toEqual([]);
    expect(await ofKind('disdik', (await api.signIn('agency', '', site.id)).cookie)).toEqual(['Dinas Pendidikan']);
    expect((await find('16.71', (await api.signIn('agency', '', site.id)).cookie)).items).toEqual([]);
  });

  test('finds a link from either of its ends', async () => {
    const other = (await api.signIn('engineer', '16.71')).cookie;

    expect((await find('link-in', other)).items).toMatchObject([{ kind: 'link', regionCode: '16.71.01.1001' }]);
    expect((await find('link-in', engineer)).items).toMatchObject([{ kind: 'link', regionCode: '16.03.11.2009' }]);
  });

  test('learns of a new device', async () => {
    await find('sukamaju');
    const made = await call<{ id: string }>('/devices', {
      ...{ cookie: admin, method: 'POST' },
      body: { code: 'new-1', name: 'Pemancar Baru', kind: 'radio', siteId: province.inside.site.id, host: '10.9.9.9' },
    });

    await expect.poll(async () => (await find('pemancar')).items[0]?.id, { timeout: 30_000 }).toBe(made.body.id);
    await call(`/devices/${made.body.id}`, { cookie: admin, method: 'DELETE' });
  });

  test.each(['a', '%20%20', 'x'.repeat(101)])('refuses or finds nothing for %s', async (q) => {
    const { status, body } = await call<Hits>(`/search?q=${q}`, { cookie: admin });

    expect(status === 400 || body.items.length === 0).toBe(true);
  });
});

describe('what is broken now', () => {
  const now = async (cookie: string): Promise<Now> => (await call<Now>('/now', { cookie })).body;

  test('is told by weight, with what changed within the hour', async () => {
    const { incidents, incidentCount, waiting, feed, broken } = await now(admin);

    expect(incidents.map(({ effect }) => effect.devices)).toEqual([3, 1]);
    expect(incidents[0]?.weight).toBeGreaterThan(incidents[1]?.weight ?? 0);
    expect([incidentCount, waiting]).toEqual([2, 2]);
    expect(incidents[0]?.newest).toMatchObject({ kind: 'opened', by: null });
    expect(feed.filter(({ kind }) => kind === 'state')).toHaveLength(4);
    expect(broken).toMatchObject([{ kind: 'router', down: 4 }]);
  });

  test('holds nothing of another regency', async () => {
    const { incidents, incidentCount, feed, broken } = await now(engineer);

    expect(incidents.map(({ root }) => root?.regionCode)).toEqual(['16.03.11.2009']);
    expect(incidentCount).toBe(1);
    expect(feed.filter(({ kind }) => kind === 'state').every(({ siteName }) => siteName?.includes('16.03'))).toBe(true);
    expect(broken).toMatchObject([{ down: 1 }]);
    expect((await call(`/now?region=16.71`, { cookie: engineer })).status).toBe(404);
  });

  test('knows at once who took one', async () => {
    const [first] = (await now(engineer)).incidents;

    await call(`/incidents/${first?.id}/acknowledge`, { cookie: engineer, method: 'POST' });

    const after = await now(engineer);
    expect(after.waiting).toBe(0);
    expect(after.incidents[0]?.newest).toMatchObject({ kind: 'acknowledged' });
  });
});

describe('many devices at once', () => {
  const ids = () => [province.inside.device.id, province.insidePublic.device.id];
  const change = (body: object, { cookie = engineer, dryRun = false } = {}) =>
    call<BatchResult>(`/device-batches?dryRun=${dryRun}`, { cookie, method: 'POST', body });
  const stand = async (): Promise<unknown[]> =>
    Promise.all(ids().map(async (id) => (await api.inventory.devices.get(id))?.pollIntervalS));

  test('are shown first what would change, then changed, then given back what they had', async () => {
    const body = { deviceIds: ids(), change: { pollIntervalS: 30, credentialId: province.credential.id } };
    const tried = (await change(body, { dryRun: true })).body;
    expect(tried).toMatchObject({ id: null, unchanged: 0 });
    expect(tried.changed[0]?.fields).toEqual([
      { field: 'credentialId', before: null, after: 'read' },
      { field: 'pollIntervalS', before: null, after: 30 },
    ]);
    expect(await stand()).toEqual([null, null]);

    const done = (await change(body)).body;
    expect(await stand()).toEqual([30, 30]);
    expect((await change(body)).body).toMatchObject({ id: null, unchanged: 2, changed: [] });

    const undone = await call(`/device-batches/${done.id}/undo`, { cookie: engineer, method: 'POST' });
    expect(undone.body).toEqual({ restored: 2 });
    expect(await stand()).toEqual([null, null]);
    expect((await call(`/device-batches/${done.id}/undo`, { cookie: engineer, method: 'POST' })).status).toBe(409);
  });

  test('are all changed or none: one that is not seen spoils it', async () => {
    const body = { deviceIds: [...ids(), province.outside.device.id], change: { enabled: false } };

    expect((await change(body)).status).toBe(404);
    expect((await api.inventory.devices.get(province.inside.device.id))?.enabled).toBe(true);
    expect((await change({ deviceIds: ids(), change: { siteId: province.outside.site.id } })).status).toBe(404);
    expect((await change({ deviceIds: ids(), change: {} })).status).toBe(400);
    expect((await change({ deviceIds: ids(), change: { enabled: false } }, { cookie: planner })).status).toBe(403);
  });

  test('are not given back what somebody changed since, nor after ten minutes', async () => {
    const first = (await change({ deviceIds: ids(), change: { pollIntervalS: 45 } })).body;
    await api.inventory.devices.update(province.inside.device.id, { pollIntervalS: 50 });
    expect((await call(`/device-batches/${first.id}/undo`, { cookie: engineer, method: 'POST' })).status).toBe(409);
    expect(await stand()).toEqual([50, 45]);

    const second = (await change({ deviceIds: ids(), change: { pollIntervalS: 60 } })).body;
    expect((await call(`/device-batches/${second.id}/undo`, { cookie: admin, method: 'POST' })).status).toBe(404);
    api.time.now += 11 * MINUTE;
    expect((await call(`/device-batches/${second.id}/undo`, { cookie: engineer, method: 'POST' })).status).toBe(409);
  });
});

describe('views', () => {
  const save = (cookie: string, body: object) => call<SavedView>('/views', { cookie, method: 'POST', body });
  const names = async (cookie: string): Promise<string[]> =>
    (await call<{ items: SavedView[] }>('/views?screen=devices', { cookie })).body.items.map(({ name }) => name);
  const view = (name: string, isShared: boolean, search = {}) => ({ screen: 'devices', name, isShared, search });

  test('are of their maker, or of the region they are shared with', async () => {
    const own = (await save(engineer, view('Router putus', false, { kind: 'router', state: 'down' }))).body;
    await save(engineer, view('Bersama', true, { state: 'down' }));
    await save(admin, view('Kota saja', true, { region: '16.71' }));
    const other = (await api.signIn('engineer', '16.71')).cookie;

    expect(await names(engineer)).toEqual(['Bersama', 'Router putus']);
    expect(await names(planner)).toEqual(['Bersama']);
    expect(await names(other)).toEqual(['Kota saja']);
    expect((await save(planner, view('Milik', true))).status).toBe(403);
    expect((await call(`/views/${own.id}`, { cookie: admin, method: 'DELETE' })).status).toBe(404);
    expect((await call(`/views/${own.id}`, { cookie: engineer, method: 'DELETE' })).status).toBe(204);
    expect(await names(engineer)).toEqual(['Bersama']);
  });
});

describe('lists', () => {
  test('are sorted by a column, and written as a file with the same filters', async () => {
    const url = 'region=16.03&sort=name&order=desc';
    const shown = (await call<{ items: { name: string }[] }>(`/devices?${url}`, { cookie: engineer })).body.items;
    const csv = (await call(`/lists/devices/file?${url}&language=en`, { cookie: engineer })).raw.toString();
    const lines = csv.trim().split('\r\n');

    expect(shown.map(({ name }) => name)).toEqual(
      shown
        .map(({ name }) => name)
        .toSorted()
        .reverse(),
    );
    expect(lines[0]).toContain('Code,Name,State,Since (UTC+7)');
    expect(lines.slice(1).map((line) => line.split(',')[1])).toEqual(shown.map(({ name }) => name));
  });

  test('run nothing in a spreadsheet, and hold nothing of another regency', async () => {
    await api.inventory.devices.update(province.inside.device.id, { name: '=HYPERLINK("x")' });

    const csv = (await call('/lists/devices/file', { cookie: engineer })).raw.toString();
    const xlsx = (await call('/lists/sites/file?format=xlsx', { cookie: engineer })).raw;
    const incidents = (await call('/lists/incidents/file?open=true', { cookie: engineer })).raw.toString();

    expect(csv).toContain(`'=HYPERLINK`);
    expect(csv).not.toContain('16.71');
    expect(xlsx.subarray(0, 2).toString()).toBe('PK');
    expect(incidents.trim().split('\r\n')).toHaveLength(2);
    expect((await call('/lists/devices/file', { cookie: 'none' })).status).toBe(401);
  });

  test('of links are narrowed by medium, state, agency and text, and name no end of another regency', async () => {
    const links = async (query: string, cookie = engineer) =>
      (await call<{ items: ListedLink[]; total: number }>(`/links?${query}`, { cookie })).body;
    const other = province.outside.site.id;

    expect((await links('medium=fibre')).items).toMatchObject([
      { name: 'link-in', toSiteId: null, toSiteName: null, isWhole: false, load: null, contractMbps: 50 },
    ]);
    expect((await links('medium=radio')).total).toBe(0);
    expect((await links('state=up')).total).toBe(0);
    expect((await links('q=pop')).total).toBe(0);
    expect((await links(`siteId=${other}`)).total).toBe(0);
    expect((await links('sort=name&order=desc', admin)).items.map(({ name }) => name)).toEqual(['link-out', 'link-in']);
    const csv = (await call('/lists/links/file?language=en&medium=fibre', { cookie: engineer })).raw.toString();
    expect(csv.trim().split('\r\n')).toHaveLength(2);
    expect(csv).toContain('link-in');
    expect(csv).not.toContain('16.71');
  });

  test('of villages hold those of the programme or all, worst first, and nothing of another regency', async () => {
    const villages = async (query: string, cookie = admin) =>
      (await call<{ items: ListedVillage[] }>(`/villages?${query}`, { cookie })).body.items;
    await api.inventory.sql.run(
      `INSERT INTO region (code, level, parent_code, name, population, edition)
       VALUES ('16.03.11.2010', 'village', '16.03.11', 'Sukasari', 500, 'test')`,
    );

    expect((await villages('sort=worst', engineer)).map(({ name }) => name)).toEqual(['Sukamaju']);
    expect((await villages('all=true&sort=people', engineer)).map(({ name }) => name)).toEqual([
      'Sukasari',
      'Sukamaju',
    ]);
    expect(await villages('all=true&q=sukasari', engineer)).toMatchObject([
      { state: null, office: null, since: null, districtName: 'Gelumbang', regencyName: 'Kabupaten Muara Enim' },
    ]);
    expect(await villages('region=16.71', engineer)).toEqual([]);
    expect((await villages('all=true&sort=worst')).map(({ state }) => state)).toEqual(['partial', 'partial', null]);
    expect(await villages('state=partial&region=16.71')).toMatchObject([{ name: '35 Ilir', public: 'unknown' }]);
    expect(await villages('state=normal')).toEqual([]);
    const csv = (await call('/lists/villages/file?language=en&all=true', { cookie: engineer })).raw.toString();
    expect(csv.trim().split('\r\n')).toHaveLength(3);
    expect(csv).not.toContain('Ilir');
  });

  test('of sites put both hotspots of villages together', async () => {
    const { items } = (await call<{ items: Site[] }>('/sites?kind=hotspot&sort=worst', { cookie: admin })).body;

    expect(items.map(({ kind }) => kind).toSorted()).toEqual([
      ...['village-office', 'village-office', 'village-public', 'village-public'],
    ]);
  });
});
