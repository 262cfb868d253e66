import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { installSharedAnswers } from '../../api/plugins/shared-answers.ts';
import { scopeOf } from '../../api/scope.ts';
import { getTopology } from '../../core/contract/topology.ts';
import { layProvince, openTestApi, type TestApi } from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await layProvince(api.inventory);
  // Enough that an answer is worth packing.
  for (const regionCode of ['16.03.11.2009', '16.71.01.1001']) {
    for (let n = 0; n < 4; n += 1)
      await api.inventory.sites.create({ code: `${regionCode}-${n}`, name: `Menara ${n}`, kind: 'pop', regionCode });
  }
});
afterAll(() => api?.close());

const ask = (url: string, cookie: string, headers: Record<string, string> = {}) =>
  api.app.inject({ url: `/api/v1/${url}`, headers: { cookie, ...headers } });

test('who ask for the same at once are each answered within their own region and in their own packing', async () => {
  const people = await Promise.all([
    ...['16.03', '16.71'].map(async (region) => ({ region, ...(await api.signIn('viewer', region)) })),
    ...['16.03', '16.71'].map(async (region) => ({ region, ...(await api.signIn('engineer', region)) })),
  ]);
  const asked = people.flatMap((person) => (['identity', 'gzip', 'br'] as const).map((way) => ({ ...person, way })));

  const answers = await Promise.all(
    asked.map(async ({ cookie, region, way }) => {
      const { statusCode, headers, rawPayload } = await ask('sites', cookie, { 'accept-encoding': way });
      expect([statusCode, headers['content-encoding'] ?? 'identity']).toEqual([200, way]);
      const bytes = {
        identity: () => rawPayload,
        gzip: () => gunzipSync(rawPayload),
        br: () => brotliDecompressSync(rawPayload),
      };
      return {
        region,
        body: JSON.parse(bytes[way]().toString()) as { items: { regionCode: string }[]; total: number },
      };
    }),
  );

  for (const { region, body } of answers) {
    expect(body.total).toBeGreaterThan(0);
    expect(body.items.every(({ regionCode }) => regionCode.startsWith(region))).toBe(true);
  }
});

test('who has the answer already is told so, until something is otherwise', async () => {
  const { cookie } = await api.signIn('engineer');
  const first = await ask('sites', cookie);
  const etag = String(first.headers.etag);

  expect((await ask('sites', cookie, { 'if-none-match': etag })).statusCode).toBe(304);
  const [site] = first.json().items;
  await api.inventory.sites.update(site.id, { name: 'Situs yang berganti nama' });
  const again = await ask('sites', cookie, { 'if-none-match': etag });

  expect(again.statusCode).toBe(200);
  expect(again.body).toContain('Situs yang berganti nama');
});

test('a question that fails is refused to all who asked it', async () => {
  const { cookie } = await api.signIn('viewer', '16.03');

  const answers = await Promise.all([ask('now?region=16.71', cookie), ask('now?region=16.71', cookie)]);

  expect(answers.map(({ statusCode, headers }) => [statusCode, headers['content-type']])).toEqual(
    Array(2).fill([404, 'application/problem+json; charset=utf-8']),
  );
});

test('what a handler gives once more is not written once more', async () => {
  const app = Fastify();
  app.decorateRequest('scope');
  app.addHook('onRequest', async (request) => {
    Object.assign(request, { scope: scopeOf('viewer', '') });
  });
  installSharedAnswers(app, [getTopology], []);
  let body = { told: 1 };
  const write = vi.fn((told: unknown) => JSON.stringify(told));
  app.route({ method: 'GET', url: getTopology.url, serializerCompiler: () => write, handler: async () => body });
  const told = async () => (await app.inject(getTopology.url)).json<typeof body>().told;

  expect([await told(), await told()]).toEqual([1, 1]);
  expect(write).toHaveBeenCalledOnce();
  body = { told: 2 };
  expect(await told()).toBe(2);
  await app.close();
});

test('who looks first after a start finds worked out what only those may see who hold every region', async () => {
  const { inventory, app } = api;
  const drawn = vi.spyOn(inventory.topology, 'sites');
  // What cannot be worked out keeps nothing else from it, and is not remembered.
  vi.spyOn(inventory.coverage, 'summary').mockRejectedValueOnce(new Error('not yet'));

  await app.warmUp();
  const [everywhere, regency] = await Promise.all([api.signIn('engineer'), api.signIn('engineer', '16.03')]);
  const whole = await ask('topology', everywhere.cookie);
  expect(drawn).toHaveBeenCalledOnce();
  const part = await ask('topology', regency.cookie);

  expect([whole.body.includes('16.71'), part.body.includes('16.71')]).toEqual([true, false]);
  expect((await ask('summary', everywhere.cookie)).statusCode).toBe(200);
});
