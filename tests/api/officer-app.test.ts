import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { APP_POLICY } from '../../api/officer/app/style.ts';
import { en } from '../../api/officer/texts/en.ts';
import { id } from '../../api/officer/texts/id.ts';
import type { Role } from '../../core/contract/contract.ts';
import { DAY, HOUR, MINUTE } from '../../core/domain/clock.ts';
import { removeOldReports } from '../../core/services/officer/forget-reports.ts';
import { layProvince, NOON, openTestApi, PASSWORD, type Province, type TestApi } from '../support/api.ts';
import { incidentIn } from '../support/incidents.ts';
import { mendAll, smallPhoto } from '../support/officer.ts';

const VILLAGE = '16.03.11.2009';
const OTHER = '16.71.01.1001';
let api: TestApi;
let province: Province;
let officer: string;
let officerName: string;
beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
  const { account, cookie } = await api.signIn('officer', VILLAGE);
  officer = cookie;
  officerName = account.name;
});
afterAll(() => api.close());
beforeEach(async () => {
  api.time.now += HOUR;
  await api.inventory.sql.run('UPDATE incident SET ended_at = now(), closed_at = now() WHERE ended_at IS NULL');
  await api.inventory.sql.run('DELETE FROM citizen_report');
  await api.inventory.sql.run("UPDATE device_status SET state = 'up'");
});

const open = (path = '', cookie = officer) => api.app.inject({ url: `/desa${path}`, headers: { cookie } });
const post = (path: string, payload: string, cookie = officer) =>
  api.app.inject({
    method: 'POST',
    url: `/desa${path}`,
    payload,
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  });

async function report(
  fields: Readonly<Record<string, string>>,
  { photo, cookie = officer, village = VILLAGE }: { photo?: Buffer; cookie?: string; village?: string } = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ id: randomUUID(), kind: 'slow', site: '', age: '0', ...fields }))
    form.set(name, value);
  if (photo !== undefined) form.set('photo', new Blob([new Uint8Array(photo)]), 'a.png');
  const body = new Response(form);
  return await api.app.inject({
    method: 'POST',
    url: `/desa/${village}/lapor`,
    payload: Buffer.from(await body.arrayBuffer()),
    headers: { cookie, accept: 'application/json', 'content-type': body.headers.get('content-type') ?? '' },
  });
}
const reports = () => api.inventory.officerReports.of(VILLAGE, 0);

describe('the page of a village', () => {
  test('says both states, since when, what to do and whom to call, in a few kilobytes', async () => {
    await incidentIn(api.inventory, province.inside.site.id);

    const page = await open();

    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('<h1>Desa Sukamaju</h1>');
    expect(page.body).toContain(id.app.kind['village-office']);
    expect(page.body).toContain(id.app.kind['village-public']);
    expect(page.body).toMatch(/<strong class="down">putus<\/strong><span class="quiet">sejak 12\.00/);
    expect(page.body).toContain(id.app.advice.check);
    expect(page.body).toMatch(/href="\/d\/[\w-]{56}"/);
    expect(page.body).toContain('href="tel:0711351000"');
    expect(page.body).toContain(id.app.report);
    expect(gzipSync(page.body).length).toBeLessThan(6 * 1024);
    expect(page.headers['content-security-policy']).toBe(APP_POLICY);
    expect(page.headers['cache-control']).toBe('no-store');
  });

  test('says that there is nothing to do where all is well', async () => {
    await mendAll(api.inventory);
    await api.inventory.sql.run('DELETE FROM device_status');
    await api.inventory.sql.run('UPDATE device SET enabled = true');
    const unseen = await open();
    await mendAll(api.inventory);
    for (const { device } of [province.inside, province.insidePublic])
      await api.inventory.statuses.recordTransition({
        ...{ deviceId: device.id, state: 'up', previous: 'unknown', at: NOON, reason: 'answered' },
        ...{ lastSeenAt: NOON, memory: {} },
      });
    await api.inventory.sql.run('UPDATE device SET enabled = true WHERE id IN (SELECT device_id FROM device_status)');
    const well = await open();

    expect(unseen.body).toContain(id.app.advice.unseen);
    expect(well.body).toContain(id.app.advice.well);
  });

  test('speaks English where that is asked for', async () => {
    const page = await open('?l=en');

    expect(page.body).toContain('<html lang="en">');
    expect(page.body).toContain(en.app.now);
    expect(page.body).toContain('action="/desa/keluar?l=en"');
  });

  test('has no page that a name could write into', async () => {
    const wicked = '<img src=x onerror=alert(1)>"\'';
    await api.inventory.portal.sites.update(province.inside.site.id, { announcement: wicked }, NOON);

    const page = await open();

    expect(page.body).not.toContain('<img');
    expect(page.body).toContain('&lt;img');
    await api.inventory.portal.sites.update(province.inside.site.id, { announcement: '' }, NOON);
  });
});

describe('who is let in', () => {
  test.each([
    ['nobody', '', 303],
    ['a session that is none', 'simpul_session=AAAA', 303],
  ] as const)('%s is led to the sign-in', async (_, cookie, status) => {
    const page = await open('', cookie);

    expect([page.statusCode, page.headers.location]).toEqual([status, '/desa/masuk']);
  });

  test.each<Role>(['planner', 'viewer'])('a %s is told whose page it is', async (role) => {
    const { cookie } = await api.signIn(role, '16.03');

    const page = await open('', cookie);

    expect(page.statusCode).toBe(403);
    expect(page.body).toContain(id.app.forbiddenTitle);
  });

  test.each([`/${OTHER}`, '/16.03.11.2999', '/16.03', '/%3Cscript%3E', `/${OTHER}/pengumuman`])(
    '%s is not found by the officer of another village',
    async (path) => {
      const page = await open(path);

      expect(page.statusCode).toBe(404);
      expect(page.body).not.toMatch(/35 Ilir|Palembang|<script>/);
      expect(page.headers['x-simpul-keeper']).toBeUndefined();
    },
  );

  test('an officer of several villages chooses first, those with trouble on top', async () => {
    const { cookie } = await api.signIn('officer', '16');
    await incidentIn(api.inventory, province.outside.site.id);

    const list = await open('', cookie);
    const one = await open(`/${VILLAGE}`, cookie);

    expect(list.body).toContain(id.app.villages);
    expect(list.body.indexOf('Kelurahan 35 Ilir')).toBeLessThan(list.body.indexOf('Desa Sukamaju'));
    expect(one.body).toContain('<h1>Desa Sukamaju</h1>');
    expect(one.body).toContain(`href="/desa">${id.app.villages}`);
  });

  test('one who holds for a regency sees the villages of no other', async () => {
    const { cookie } = await api.signIn('officer', '16.03');

    expect((await open('', cookie)).body).not.toContain('35 Ilir');
  });
});

describe('signing in', () => {
  test('by name and password leads to the village, and out again', async () => {
    const inside = await post('/masuk', `name=${officerName}&password=${encodeURIComponent(PASSWORD)}`, '');
    const cookie = String(inside.headers['set-cookie']).split(';')[0] ?? '';
    const page = await open('', cookie);
    const left = await post('/keluar', '', cookie);
    const after = await open('', cookie);

    expect([inside.statusCode, inside.headers.location]).toEqual([303, '/desa']);
    expect(page.statusCode).toBe(200);
    expect([left.statusCode, left.headers.location]).toEqual([303, '/desa/masuk']);
    expect(after.headers.location).toBe('/desa/masuk');
  });

  test('with a wrong password says so, and keeps the name', async () => {
    const page = await post('/masuk', 'name=%22budi%22&password=no', '');

    expect(page.statusCode).toBe(401);
    expect(page.body).toContain(id.app.wrong);
    expect(page.body).toContain('value="&quot;budi&quot;"');
    expect(page.headers['set-cookie']).toBeUndefined();
  });

  test('from a page of another site is refused', async () => {
    const forged = await api.app.inject({
      method: 'POST',
      url: `/desa/${VILLAGE}/pengumuman`,
      payload: 'text=hello',
      headers: {
        cookie: officer,
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'cross-site',
      },
    });

    expect(forged.statusCode).toBe(403);
  });
});

describe('a report', () => {
  test('is kept once however often it arrives, with its photograph', async () => {
    const name = randomUUID();
    const photo = await smallPhoto();

    const first = await report({ id: name, age: String(10 * MINUTE) }, { photo });
    const again = await report({ id: name, kind: 'dead' }, { photo });

    const [kept, ...others] = (await reports()).filter((one) => one.id === name);
    expect([first.statusCode, again.statusCode]).toEqual([200, 200]);
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ kind: 'slow', hasPhoto: true, noticedAt: api.time.now - 10 * MINUTE });
  });

  test('belongs to the open incident: its timeline and its photographs', async () => {
    const incident = await incidentIn(api.inventory, province.inside.site.id);

    await report({ kind: 'damaged', site: province.inside.site.id }, { photo: await smallPhoto() });

    const timeline = await api.inventory.incidents.timeline(incident.id);
    expect(timeline.map(({ kind, data }) => [kind, data['report'] ?? null])).toEqual(
      expect.arrayContaining([
        ['officer-reported', 'damaged'],
        ['photo-added', null],
      ]),
    );
    expect(await api.inventory.photos.of(incident.id, api.time.now)).toHaveLength(1);
    expect((await reports())[0]).toMatchObject({ incidentId: incident.id, hasPhoto: false });
  });

  test('without script leads back with a word of thanks, and stands on the page', async () => {
    const form = new FormData();
    form.set('id', randomUUID());
    form.set('kind', 'no-login');
    form.set('photo', new Blob([]), '');
    const body = new Response(form);
    const sent = await api.app.inject({
      method: 'POST',
      url: `/desa/${VILLAGE}/lapor`,
      payload: Buffer.from(await body.arrayBuffer()),
      headers: { cookie: officer, 'content-type': body.headers.get('content-type') ?? '' },
    });
    const page = await open('?ok=lapor');

    expect([sent.statusCode, sent.headers.location]).toEqual([303, '/desa?ok=lapor']);
    expect(page.body).toContain(id.app.reportKept);
    expect(page.body).toContain(id.app.ownReports);
  });

  test.each([
    ['an unknown kind', { kind: '<script>' }, 400],
    ['a name that is none', { id: '1' }, 400],
    ['a site of another village', { site: 'outside' }, 400],
  ] as const)('of %s is refused', async (_, fields, status) => {
    const site = 'site' in fields ? { site: province.outside.site.id } : {};
    const before = (await reports()).length;

    expect((await report({ ...fields, ...site })).statusCode).toBe(status);
    expect(await reports()).toHaveLength(before);
  });

  test('of nonsense or for another village is refused, and who is signed out is told', async () => {
    const cut = await report({}, { photo: Buffer.from('no picture') });
    const elsewhere = await report({}, { village: OTHER });
    const nobody = await report({}, { cookie: '' });

    expect([cut.statusCode, elsewhere.statusCode, nobody.statusCode]).toEqual([415, 404, 401]);
  });

  test('is forgotten after thirty days, and so is what citizens said', async () => {
    await report({});
    await api.inventory.citizenReports.add(province.inside.site.id, 'slow', api.time.now);

    await removeOldReports(api.inventory, api.time.now + 29 * DAY);
    const before = await reports();
    await removeOldReports(api.inventory, api.time.now + 31 * DAY);

    expect(before.length).toBeGreaterThan(0);
    expect(await reports()).toEqual([]);
    expect(await api.inventory.citizenReports.between(0, api.time.now + HOUR, {})).toEqual([]);
  });
});

test('the announcement is changed for all hotspots of the village, and recorded', async () => {
  await api.inventory.portal.sites.update(province.inside.site.id, { announcement: 'Lama' }, NOON);

  const form = await open(`/${VILLAGE}/pengumuman`);
  const saved = await post(`/${VILLAGE}/pengumuman`, 'text=Rapat+RT%0D%0Amalam+ini');
  const long = await post(`/${VILLAGE}/pengumuman`, `text=${'a'.repeat(501)}`);

  expect(form.body).toContain('>Lama</textarea>');
  expect([saved.statusCode, saved.headers.location]).toEqual([303, '/desa?ok=pengumuman']);
  expect((await api.inventory.portal.sites.get(province.inside.site.id))?.announcement).toBe('Rapat RT\nmalam ini');
  expect(long.statusCode).toBe(400);
  expect(long.body).toContain(id.app.badText);
});
