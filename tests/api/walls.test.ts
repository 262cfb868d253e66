import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WallView } from '../../core/contract/walls.ts';
import { HOUR, MINUTE } from '../../core/domain/clock.ts';
import { sceneAt, wallIsDark } from '../../core/domain/wall.ts';
import { makeWall } from '../../core/services/wall.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { layProvince, minutes, NOON, openTestApi, type Province, type TestApi } from '../support/api.ts';
import { incidentIn } from '../support/incidents.ts';
import { layMarkedProvince } from '../support/marked-province.ts';
import { wallForm } from '../support/wall-calls.ts';

let api: TestApi;
let province: Province;
let cookie: string;
beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
  const { inventory } = api;
  const siteId = province.inside.site.id;
  await inventory.sites.create({ code: 'dinas-x', name: 'Dinas Rahasia', kind: 'agency', regionCode: '16.03.11.2009' });
  await inventory.devices.create({ code: 'cam-x', name: 'Kamera Rahasia', kind: 'camera', siteId, host: '10.9.8.7' });
  await inventory.devices.update(province.inside.device.id, { mac: '02:00:5e:10:20:30' });
  await incidentIn(inventory, siteId);
  await inventory.sites.update(siteId, { lat: -3.123456, lng: 104.654321, address: 'Jalan Rahasia 9' });
  await api.series.append(minutes(province.inside.device.id, 'wireless.clients', NOON, [4, 5, 6]));
  cookie = (await api.signIn('admin')).cookie;
});
afterAll(() => api.close());

const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
  api.app.inject({ method, url: `/api/v1${url}`, headers: { cookie }, ...(payload === undefined ? {} : { payload }) });
const make = async (form: object = wallForm('16')): Promise<{ token: string; id: string }> => {
  const { token, wall } = (await send('POST', '/walls', form)).json();
  return { token, id: wall.id };
};
/** As a screen asks: nobody is signed in. */
const ask = (token: string) => api.app.inject({ url: `/api/v1/wall/${token}` });

test('a wall shows its region to whoever has its token, every part with its age', async () => {
  const { token } = await make();

  const answer = await ask(token);
  const view = answer.json<WallView>();

  expect(answer.statusCode).toBe(200);
  expect(view.wall).toMatchObject({ name: 'Ruang kendali', region: { code: '16', name: 'Sumatera Selatan' } });
  expect(view.counts?.rows.map(({ name }) => name)).toEqual(['Kabupaten Muara Enim', 'Kota Palembang']);
  expect(view.map?.points).toHaveLength(2);
  expect(view.incidents).toMatchObject({ asOf: NOON, total: 1, rows: [{ regionName: 'Kabupaten Muara Enim' }] });
  expect(view.incidents?.rows[0]?.root).not.toBeNull();
  expect(view.agencies?.items).toEqual([
    { name: 'Dinas Rahasia', regionName: 'Kabupaten Muara Enim', state: 'unknown' },
  ]);
  expect(view.online).toMatchObject({ asOf: NOON, now: 6, from: NOON - 12 * HOUR });
  expect(view.eyes).toMatchObject({ cameras: { unknown: 1 }, items: [{ name: 'Kamera Rahasia' }] });
});

test('a wall of one regency holds nothing of another', async () => {
  const { token } = await make(wallForm('16.71'));

  const { body } = await ask(token);

  expect(body).toContain('Kota Palembang');
  expect(body).not.toMatch(/16\.03|Muara Enim|Gelumbang|Sukamaju|Rahasia/);
});

test('a public wall names regions and counts, and nothing of the inside', async () => {
  const { token } = await make(wallForm('16', 'public'));

  const { body } = await ask(token);

  const { inside, core } = province;
  for (const mark of ['Rahasia', 'Situs', 'AP ', 'Ruang kendali', '10.9.8.7', '127.0.0.1', '02:00:5e', 'link-in'])
    expect(body).not.toContain(mark);
  for (const { site, device } of [inside, core])
    for (const mark of [site.id, device.id, site.code, device.code, site.name, device.name])
      expect(body).not.toContain(mark);
  expect(body).not.toMatch(/3\.1234|104\.6543|Jalan/);
  const view = JSON.parse(body) as WallView;
  expect(view.incidents).toMatchObject({ total: 1, rows: [{ root: null, regionName: 'Kabupaten Muara Enim' }] });
  expect(view.eyes).toMatchObject({ cameras: { unknown: 1 }, items: [], omitted: 1 });
});

test('of all that the stores hold, a public wall tells regions, counts and fixed words alone', async () => {
  const marked = await openTestApi();
  const { inventory } = marked;
  const { own, other } = await layMarkedProvince(inventory);
  const form = wallForm('16', 'public');
  const { token } = await makeWall({ walls: inventory.walls, clock: () => NOON }, form);

  const { body } = await marked.app.inject({ url: `/api/v1/wall/${token}` });
  const shapes = await marked.app.inject({ url: `/api/v1/wall/${token}/shapes` });
  const stored = await textsOf(inventory);
  const told = [...stored].filter((text) => (body + shapes.body).includes(text));
  const points = JSON.parse(body).map.points as readonly (readonly number[])[];
  await marked.close();

  expect(shapes.statusCode).toBe(200);
  for (const laid of [own, other]) expect(stored).toContain(laid['deviceId']);
  expect(told).toEqual([]);
  expect(points).not.toEqual([]);
  // A village stands where the region list has it, to some hundred metres.
  for (const [lng, lat] of points)
    expect([lng, lat].map((degrees) => Math.round((degrees ?? 0) * 1_000) / 1_000)).toEqual([lng, lat]);
});

/** Every text and id in the store that could name something of the inside: all but regions, and words of closed sets. */
async function textsOf({ sql }: Inventory): Promise<ReadonlySet<string>> {
  const columns = await sql.query<{ table: string; column: string }>(
    `SELECT c.table_name AS "table", c.column_name AS "column" FROM information_schema.columns c
       JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.data_type IN ('text', 'uuid')
       AND c.table_name NOT LIKE 'region%'`,
  );
  const parts = columns.map(
    ({ table, column }) =>
      `SELECT DISTINCT "${column}"::text AS text FROM "${table}" WHERE length("${column}"::text) > 3`,
  );
  const rows = await sql.query<{ text: string }>(
    `SELECT DISTINCT text FROM (${parts.join(' UNION ALL ')}) texts
     WHERE text !~ '^[a-z-]+$' AND NOT EXISTS (SELECT 1 FROM region WHERE code = text OR strpos(name, text) > 0)`,
  );
  return new Set(rows.map(({ text }) => text));
}

test('the token is told once and kept as its hash; a changed wall follows, a revoked one is gone', async () => {
  const { token, id } = await make();
  const stored = JSON.stringify(await api.inventory.sql.query('SELECT * FROM wall'));
  const logged = JSON.stringify(await api.inventory.sql.query('SELECT * FROM audit'));

  expect(token).toMatch(/^[\w-]{43}$/);
  expect(stored).not.toContain(token);
  expect(logged).not.toContain(token);
  expect((await send('GET', '/walls')).body).not.toContain(token);

  const changed = await send('PATCH', `/walls/${id}`, { variant: 'public', scenes: [{ scene: 'map', seconds: 30 }] });
  const after = (await ask(token)).json<WallView>();
  expect(changed.json()).toMatchObject({ id, variant: 'public', name: 'Ruang kendali' });
  expect(after.wall).toMatchObject({ name: null, scenes: [{ scene: 'map', seconds: 30 }] });
  expect(after.incidents).toBeNull();

  expect((await send('DELETE', `/walls/${id}`)).statusCode).toBe(204);
  expect((await ask(token)).statusCode).toBe(404);
});

test('many screens of one wall cost one answer, and guessing ends', async () => {
  const { token } = await make();
  const first = await ask(token);
  expect((await ask(token)).body).toBe(first.body);

  const guesses = [];
  for (let guess = 0; guess < 130; guess += 1) guesses.push((await ask(String(guess).padStart(43, 'x'))).statusCode);
  expect(guesses[0]).toBe(404);
  expect(guesses.at(-1)).toBe(429);

  api.time.now += 16 * MINUTE;
  expect((await ask(token)).statusCode).toBe(200);
});

test('while a store is away its part keeps what it said last, with its age', async () => {
  const { token } = await make();
  const before = (await ask(token)).json<WallView>();
  const { eyes } = api.inventory.walls;
  Object.assign(api.inventory.walls, { eyes: () => Promise.reject(new Error('away')) });

  api.time.now += MINUTE;
  const during = (await ask(token)).json<WallView>();
  Object.assign(api.inventory.walls, { eyes });

  expect(during.eyes).toEqual(before.eyes);
  expect(during.counts?.asOf).toBe(api.time.now);
});

test('scenes follow one another by the clock, and colours by the hour', () => {
  const seconds = [20, 10, 30];

  expect([0, 19, 20, 29, 30, 59, 60].map((at) => sceneAt(seconds, at * 1000))).toEqual([0, 0, 1, 1, 2, 2, 0]);
  expect(sceneAt([], 5)).toBe(0);
  expect([5, 6, 17, 18].map((hour) => wallIsDark('auto', hour))).toEqual([true, false, false, true]);
});
