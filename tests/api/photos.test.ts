import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { layProvince, NOON, openTestApi, type Province, type TestApi } from '../support/api.ts';
import { incidentIn, type LaidIncident } from '../support/incidents.ts';
import { photoOf, smallPhoto } from '../support/officer.ts';

let api: TestApi;
let province: Province;
let incident: LaidIncident;
let cookie: string;
beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
  cookie = (await api.signIn('engineer', '16.03')).cookie;
});
afterAll(() => api.close());
beforeEach(async () => {
  incident = await incidentIn(api.inventory, province.inside.site.id);
});

const send = (payload: Buffer, type = 'image/png') =>
  api.app.inject({
    method: 'POST',
    url: `/api/v1/incidents/${incident.id}/photos`,
    payload,
    headers: { cookie, 'content-type': type },
  });
const list = async (as = cookie) =>
  (await api.app.inject({ url: `/api/v1/incidents/${incident.id}/photos`, headers: { cookie: as } })).json().items;
const get = (photoId: string, as = cookie) =>
  api.app.inject({ url: `/api/v1/incidents/${incident.id}/photos/${photoId}`, headers: { cookie: as } });

test('an engineer attaches a photograph, which stands in the timeline under their name', async () => {
  const sent = await send(await smallPhoto());

  const url = `/api/v1/incidents/${incident.id}`;
  const { timeline } = (await api.app.inject({ url, headers: { cookie } })).json();
  const [photo] = await list();
  expect(sent.statusCode).toBe(201);
  expect(photo).toEqual(sent.json());
  expect(photo).toMatchObject({ width: 48, height: 36, village: null, by: expect.stringContaining('engineer') });
  expect(timeline.at(-1)).toMatchObject({ kind: 'photo-added', by: photo.by, photoId: photo.id, officer: null });
});

test('a photograph runs nothing, whoever opens it', async () => {
  const { id } = (await send(await smallPhoto())).json();

  const photo = await get(id);

  expect(photo.headers).toMatchObject({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'content-disposition': `inline; filename="${id}.webp"`,
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cache-control': 'private, max-age=86400, immutable',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect((await sharp(photo.rawPayload).metadata()).format).toBe('webp');
});

test('a photograph of another incident, or of none, is not there', async () => {
  const { id } = (await send(await smallPhoto())).json();
  incident = await incidentIn(api.inventory, province.inside.site.id);

  const answers = [await get(id), await get('6f2d3c1a-9b0e-4f57-8a11-0c2b7d9e5f30')];

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404]);
});

test('what an officer of a village outside sent is neither listed nor shown', async () => {
  const own = await photoOf(api.inventory, incident.id);
  const other = await photoOf(api.inventory, incident.id, '16.71.01.1001');

  const [listed, hidden] = [await list(), await get(other.id)];

  expect(listed).toMatchObject([{ id: own.id, village: 'Sukamaju', by: null }]);
  expect(hidden.statusCode).toBe(404);
  const everywhere = (await api.signIn('admin')).cookie;
  expect(await list(everywhere)).toHaveLength(2);
});

test('an account of another region neither sees nor sends any', async () => {
  const { id } = (await send(await smallPhoto())).json();
  const stranger = (await api.signIn('engineer', '16.71')).cookie;

  const seen = await get(id, stranger);
  const sent = await api.app.inject({
    method: 'POST',
    url: `/api/v1/incidents/${incident.id}/photos`,
    payload: await smallPhoto(),
    headers: { cookie: stranger, 'content-type': 'image/png' },
  });

  expect([seen.statusCode, sent.statusCode]).toEqual([404, 404]);
});

test('a photograph that has expired is not shown', async () => {
  const { id } = await photoOf(api.inventory, incident.id, '16.03.11.2009', NOON - 400 * 86_400_000);

  expect((await get(id)).statusCode).toBe(404);
  expect(await list()).toEqual([]);
});

test('an incident that another took over takes no photograph', async () => {
  const into = await incidentIn(api.inventory, province.inside.site.id);
  const ledger = api.inventory.incidentLedger;
  await ledger.alone((tx) => ledger.absorb(tx, into.id, [incident.id], NOON));

  const sent = await send(await smallPhoto());

  expect(sent.statusCode).toBe(409);
});

test('nobody sends who is not signed in, and no planner, before the body is read', async () => {
  const planner = (await api.signIn('planner')).cookie;
  const refused = async (headers: Record<string, string>) =>
    await api.app.inject({
      method: 'POST',
      url: `/api/v1/incidents/${incident.id}/photos`,
      payload: Buffer.alloc(9_000_000),
      headers: { 'content-type': 'image/png', ...headers },
    });

  const answers = [await refused({}), await refused({ cookie: planner })];

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 403]);
});
