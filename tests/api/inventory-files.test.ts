import { afterAll, beforeAll, expect, test } from 'vitest';
import { CSV_TYPE, XLSX_TYPE } from '../../core/contract/inventory-files.ts';
import { layProvince, openTestApi, type TestApi } from '../support/api.ts';

let api: TestApi;
let cookie: string;
beforeAll(async () => {
  api = await openTestApi();
  await layProvince(api.inventory);
  cookie = (await api.signIn('engineer')).cookie;
});
afterAll(() => api.close());

const take = (query: string, by = cookie) =>
  api.app.inject({ url: `/api/v1/inventory/export?${query}`, headers: { cookie: by } });
const give = (payload: string | Buffer, { type = CSV_TYPE, query = '', by = cookie } = {}) =>
  api.app.inject({
    method: 'POST',
    url: `/api/v1/inventory/import?${query}`,
    payload,
    headers: { cookie: by, 'content-type': type },
  });

test.each([
  ['format=csv&table=sites', CSV_TYPE, 5],
  ['format=csv&table=devices', CSV_TYPE, 5],
  ['format=csv&table=links', CSV_TYPE, 2],
  ['format=xlsx', XLSX_TYPE, 12],
])('what comes out by %s goes in again unchanged', async (query, type, rows) => {
  const file = await take(query);

  const report = await give(file.rawPayload, { type, query: 'dryRun=false' });

  expect(file.headers['content-type']).toContain(type);
  expect(file.headers['content-disposition']).toMatch(/^attachment; filename="[\w.-]+"$/);
  expect(report.statusCode).toBe(200);
  expect(report.json()).toMatchObject({ applied: true, created: 0, updated: 0, unchanged: rows });
});

test('a change is shown first, and stored and told when it is meant', async () => {
  const told: unknown[] = [];
  const forget = api.bus.subscribe((event) => told.push(event));
  const file = (await take('format=csv&table=sites')).body.replace('Situs 16.03.11.2009-village-office', 'Kantor Desa');

  const dry = await give(file);
  const before = (await api.inventory.sites.getByCode('16.03.11.2009-village-office'))?.name;
  const applied = await give(file, { query: 'dryRun=false' });
  const after = (await api.inventory.sites.getByCode('16.03.11.2009-village-office'))?.name;
  forget();

  expect(dry.json()).toMatchObject({ applied: false, updated: 1, unchanged: 4 });
  expect(applied.json()).toMatchObject({ applied: true, updated: 1, unchanged: 4 });
  expect([before, after]).toEqual(['Situs 16.03.11.2009-village-office', 'Kantor Desa']);
  expect(told).toEqual([{ type: 'inventory-changed', regionCode: '', at: api.time.now }]);
});

test('bad rows come back with their lines, and nothing is stored', async () => {
  const file = (await take('format=csv&table=sites')).body.replaceAll('16.71.01.1001,', '99.99.99.9999,');

  const answer = await give(file, { query: 'dryRun=false' });

  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ code: 'bad-input', faults: expect.any(Array) });
  expect(answer.json().faults[0]).toMatchObject({ line: expect.any(Number), reason: expect.any(String) });
});

test('an engineer of a region takes and gives only what stands in it', async () => {
  const { cookie: by } = await api.signIn('engineer', '16.03');
  const all = (await take('format=csv&table=sites')).body;

  const own = await take('format=csv&table=sites', by);
  const other = await take('format=csv&table=sites&region=16.71', by);
  const answer = await give(all.replace('Situs 16.71.01.1001-pop', 'Milik saya'), { query: 'dryRun=false', by });

  expect(own.body).toContain('16.03.11.2009');
  expect(own.body + other.body).not.toContain('16.71.01');
  expect(answer.statusCode).toBe(400);
  expect((await api.inventory.sites.getByCode('16.71.01.1001-pop'))?.name).toBe('Situs 16.71.01.1001-pop');
});

test.each([
  ['', CSV_TYPE, 400],
  ['nonsense', CSV_TYPE, 400],
  ['PK\u0003\u0004 but no workbook', XLSX_TYPE, 400],
  ['{}', 'application/json', 415],
  ['x'.repeat(20 * 1024 * 1024 + 1), CSV_TYPE, 413],
])('a body that is no inventory (%.20j as %s) is refused with %i', async (payload, type, status) => {
  expect((await give(payload, { type })).statusCode).toBe(status);
});
