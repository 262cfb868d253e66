import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { id } from '../../api/officer/texts/id.ts';
import { HOUR, MINUTE } from '../../core/domain/clock.ts';
import { judgeIncident } from '../../core/services/incidents/judge-incident.ts';
import { layProvince, openTestApi, type Province, type TestApi } from '../support/api.ts';
import { incidentIn } from '../support/incidents.ts';
import { storedReport } from '../support/report-calls.ts';

const VILLAGE = '16.03.11.2009';
let api: TestApi;
let province: Province;
let officer: string;
beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
  officer = (await api.signIn('officer', VILLAGE)).cookie;
});
afterAll(() => api.close());
beforeEach(async () => {
  api.time.now += HOUR;
  await api.inventory.sql.run('DELETE FROM citizen_report');
  await api.inventory.sql.run("UPDATE device_status SET state = 'up'");
});

describe('what citizens report', () => {
  const people = async (count: number, kind: 'slow' | 'dead' = 'slow') => {
    for (let n = 0; n < count; n++)
      await api.inventory.citizenReports.add(province.inside.site.id, kind, api.time.now - n * MINUTE);
  };
  const list = async (cookie: string, query = '') =>
    (await api.app.inject({ url: `/api/v1/site-reports${query}`, headers: { cookie } })).json();

  test('stands on the officer’s page, and asks for an engineer from five people on', async () => {
    await people(4);
    await people(1, 'dead');
    const { cookie } = await api.signIn('engineer', '16.03');

    const page = await api.app.inject({ url: '/desa', headers: { cookie: officer } });
    const { items } = await list(cookie);

    expect(page.body).toContain(id.app.citizenLine('4', id.app.citizenKind.slow, '').slice(0, 30));
    expect(items).toEqual([
      expect.objectContaining({
        siteId: province.inside.site.id,
        people: 5,
        kinds: [
          { kind: 'slow', people: 4 },
          { kind: 'dead', people: 1 },
        ],
        attention: expect.objectContaining({ people: 5 }),
      }),
    ]);
  });

  test('asks for nobody where something is known to be down, and is evidence of that', async () => {
    await people(5);
    const incident = await incidentIn(api.inventory, province.inside.site.id);
    const { cookie } = await api.signIn('engineer', '16.03');

    const { items } = await list(cookie);
    await judgeIncident(api, incident.id, api.time.now);

    expect(items[0]).toMatchObject({ people: 5, attention: null });
    expect(await api.inventory.incidents.evidence(incident.id)).toContainEqual(
      expect.objectContaining({ kind: 'citizens-reported', figure: 5, of: VILLAGE }),
    );
  });

  test('is seen within the region alone', async () => {
    await people(5);
    const { cookie } = await api.signIn('engineer', '16.71');

    expect(await list(cookie)).toEqual({ items: [] });
    expect(await list(cookie, `?siteId=${province.inside.site.id}`)).toEqual({ items: [] });
    const village = await api.app.inject({ url: `/api/v1/villages/${VILLAGE}/reports`, headers: { cookie } });
    expect(village.statusCode).toBe(404);
  });

  test('asks for an engineer by the number that was set', async () => {
    const admin = (await api.signIn('admin')).cookie;
    const set = (payload: object, cookie: string) =>
      api.app.inject({ method: 'PUT', url: '/api/v1/report-policy', payload, headers: { cookie } });
    await people(5);

    const done = await set({ people: 6, minutes: 30 }, admin);
    const quiet = await list(admin);
    const wrong = await set({ people: 1, minutes: 30 }, admin);
    await set({ people: 5, minutes: 30 }, admin);

    expect(done.statusCode).toBe(200);
    expect(quiet.items[0]).toMatchObject({ people: 5, attention: null });
    expect(wrong.statusCode).toBe(400);
    expect((await set({ people: 9, minutes: 30 }, officer)).statusCode).toBe(403);
  });
});

test('what an officer reported is seen within the region, with its photograph', async () => {
  const reportId = await storedReport(api.inventory);
  api.time.now += MINUTE;
  const inside = (await api.signIn('engineer', '16.03')).cookie;
  const outside = (await api.signIn('engineer', '16.71')).cookie;
  const ask = (url: string, cookie: string) => api.app.inject({ url: `/api/v1${url}`, headers: { cookie } });

  const listed = (await ask(`/villages/${VILLAGE}/reports`, inside)).json();
  const photo = await ask(`/village-reports/${reportId}/photo`, inside);

  expect(listed.items).toContainEqual(expect.objectContaining({ id: reportId, by: 'Petugas', hasPhoto: true }));
  expect([photo.statusCode, photo.headers['content-type']]).toEqual([200, 'image/webp']);
  expect(photo.headers['content-security-policy']).toContain('sandbox');
  expect((await ask(`/village-reports/${reportId}/photo`, outside)).statusCode).toBe(404);
});
