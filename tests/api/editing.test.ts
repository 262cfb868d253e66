import { afterAll, beforeAll, expect, test } from 'vitest';
import { layProvince, openTestApi, type Province, type TestApi } from '../support/api.ts';

let api: TestApi;
let province: Province;
let everywhere: string;
let inMuaraEnim: string;
beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
  everywhere = (await api.signIn('engineer')).cookie;
  inMuaraEnim = (await api.signIn('engineer', '16.03')).cookie;
});
afterAll(() => api.close());

const send = (method: 'GET' | 'PATCH' | 'POST', url: string, body?: object, cookie = everywhere) =>
  api.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { cookie },
    ...(body === undefined ? {} : { payload: body }),
  });

test('a change is written where its field stands as it was seen, and taken back the same way', async () => {
  const { site } = province.inside;
  const address = `/sites/${site.id}`;

  const changed = await send('PATCH', address, {
    name: 'Balai Desa',
    lat: -3.5,
    expected: { name: site.name, lat: site.lat },
  });
  const undone = await send('PATCH', address, {
    name: site.name,
    lat: site.lat,
    expected: { name: 'Balai Desa', lat: -3.5 },
  });

  expect(changed.json()).toMatchObject({ name: 'Balai Desa', lat: -3.5 });
  expect(undone.json()).toMatchObject({ name: site.name, lat: site.lat });
});

test('what somebody else wrote meanwhile is not overwritten; other fields of theirs do not stand in the way', async () => {
  const { site } = province.inside;
  const address = `/sites/${site.id}`;
  await send('PATCH', address, { contact: 'Pak Joko', address: 'Jalan Raya 1' });

  const late = await send('PATCH', address, { contact: 'Bu Rina', expected: { contact: null } });
  const other = await send('PATCH', address, { name: 'Balai', expected: { name: site.name } });

  expect(late.statusCode).toBe(409);
  expect(late.json()).toMatchObject({
    code: 'conflict',
    faults: [{ field: '/contact', reason: 'changed-meanwhile' }],
  });
  expect(other.json()).toMatchObject({ name: 'Balai', contact: 'Pak Joko', address: 'Jalan Raya 1' });
});

test('the same holds for links with their days and for devices with their settings and parents', async () => {
  const { device, link } = province.inside;
  const day = Date.UTC(2026, 0, 1);
  await send('PATCH', `/links/${link.id}`, { contractFrom: day });
  const linkAgain = await send('PATCH', `/links/${link.id}`, {
    contractMbps: 80,
    contractFrom: null,
    expected: { contractMbps: 50, contractFrom: day },
  });
  const linkLate = await send('PATCH', `/links/${link.id}`, { contractMbps: 90, expected: { contractMbps: 50 } });
  const parentIds = [province.core.device.id];
  const deviceAgain = await send('PATCH', `/devices/${device.id}`, {
    enabled: false,
    parentIds: [],
    expected: { enabled: true, settings: {}, parentIds },
  });
  const deviceLate = await send('PATCH', `/devices/${device.id}`, { parentIds, expected: { parentIds } });

  expect([linkAgain, deviceAgain].map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  expect(linkLate.json().faults).toEqual([{ field: '/contractMbps', reason: 'changed-meanwhile' }]);
  expect(deviceLate.json().faults).toEqual([{ field: '/parentIds', reason: 'changed-meanwhile' }]);
});

test('a parent outside one’s region is neither shown nor cut off by a change', async () => {
  const { device } = province.insidePublic;
  const { device: near } = province.inside;

  const seen = await send('GET', `/devices/${device.id}`, undefined, inMuaraEnim);
  const changed = await send(
    'PATCH',
    `/devices/${device.id}`,
    { parentIds: [near.id], expected: { parentIds: [] } },
    inMuaraEnim,
  );
  const whole = await send('GET', `/devices/${device.id}`);

  expect(seen.json().parents).toEqual([]);
  expect(changed.statusCode).toBe(200);
  expect(new Set(whole.json().parents.map(({ id }: { id: string }) => id))).toEqual(
    new Set([near.id, province.core.device.id]),
  );
});

test('what a device answered is there for whoever may see it, and a stranger’s is not', async () => {
  const { device } = province.outside;
  const asked = await send('POST', `/devices/${device.id}/poll`);
  const { ask } = asked.json();
  const waiting = await send('GET', `/devices/${device.id}/poll/${ask.id}`);
  const foreign = await send('GET', `/devices/${device.id}/poll/${ask.id}`, undefined, inMuaraEnim);
  const ofAnother = await send('GET', `/devices/${province.inside.device.id}/poll/${ask.id}`);

  api.time.now += 10_000;
  const silent = await send('GET', `/devices/${device.id}/poll/${ask.id}`);

  expect(asked.json()).toMatchObject({ queued: true, ask: { status: 'waiting' } });
  expect(waiting.json()).toMatchObject({ status: 'waiting', answer: null });
  expect([foreign.statusCode, ofAnother.statusCode]).toEqual([404, 404]);
  expect(silent.json()).toMatchObject({ status: 'silent', collector: null });
});
