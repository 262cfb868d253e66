import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadGateways } from '../../captive-portal/gateway.ts';
import { loadMethods } from '../../captive-portal/method.ts';
import type { PortalFigures } from '../../core/contract/portal/figure-routes.ts';
import type { LoginHealthSeries } from '../../core/contract/portal/site-routes.ts';
import type { IssuedVouchers } from '../../core/contract/portal/voucher-routes.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import { PHONE_LIMITS_SETTING } from '../../core/services/portal/phone-limits.ts';
import { layProvince, NOON, openTestApi, type Province, type TestApi } from '../support/api.ts';
import { openTestInventory } from '../support/inventory.ts';
import { dayOf, liveSessionOf, loginOf, PLAN } from '../support/portal-rows.ts';

const SECRETS = ['a-radius-secret-nobody-sees', 'a-uam-secret-nobody-sees', 'a-second-secret-nobody-sees'] as const;
const TODAY = '2026-11-21';

let api: TestApi;
let province: Province;
let admin: string;
let officer: string;
let gatewayId: string;

beforeAll(async () => {
  const portal = { gateways: await loadGateways(), methods: await loadMethods() };
  api = await openTestApi({
    portal,
    openStores: (options) => openTestInventory({ ...options, portal }),
    portalPreview: async (siteId, language, draft) =>
      `<!doctype html><p>${siteId} ${language} ${draft?.announcement}</p>`,
  });
  province = await layProvince(api.inventory);
  await api.inventory.settings.set('province', '16');
  admin = (await api.signIn('admin')).cookie;
  officer = (await api.signIn('officer', '16.03.11.2009')).cookie;
  const made = await call('POST', 'gateways', {
    name: 'Hotspot balai desa',
    siteId: province.inside.site.id,
    family: 'coovachilli',
    settings: { uamSecret: SECRETS[1] },
    radiusAddress: '192.0.2.7',
    radiusSecret: SECRETS[0],
  });
  gatewayId = made.json().id;
});
afterAll(() => api.close());

const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object, cookie = admin) =>
  api.app.inject({
    method,
    url: `/api/v1/portal/${path}`,
    headers: { cookie },
    ...(payload === undefined ? {} : { payload }),
  });
const sql = (text: string) => api.inventory.sql.run(text);

describe('gateways', () => {
  test('tell which secrets they have, and never a secret', async () => {
    const [one, list] = [await call('GET', 'gateways'), await call('GET', 'gateways?q=balai')];

    expect(one.json().items).toEqual(list.json().items);
    expect(list.json().items).toMatchObject([
      { id: gatewayId, settings: {}, secretsSet: ['uamSecret'], hasRadiusSecret: true, messageAuthenticator: 'auto' },
    ]);
    expect(list.body).not.toMatch(/nobody-sees/);
  });

  test('leave a trace of who changed a secret or stopped a check, and no secret in it', async () => {
    const { account, cookie } = await api.signIn('engineer', '16.03');
    const change = { settings: { uamSecret: SECRETS[2] }, radiusSecret: SECRETS[2], messageAuthenticator: 'no' };

    const changed = await call('PATCH', `gateways/${gatewayId}`, change, cookie);

    expect(changed.statusCode).toBe(200);
    expect(changed.body).not.toMatch(/nobody-sees/);
    const audit = await call('GET', 'audit');
    expect(
      audit
        .json()
        .items.map(({ what }: { what: string }) => what)
        .sort(),
    ).toEqual([
      'gateway-message-authenticator-off',
      'gateway-radius-secret-changed',
      'gateway-settings-secret-changed',
    ]);
    expect(audit.json().items).toMatchObject(Array(3).fill({ accountName: account.displayName, about: gatewayId }));
    expect(audit.body).not.toMatch(/nobody-sees/);
    await call('PATCH', `gateways/${gatewayId}`, { messageAuthenticator: 'required' });
  });

  test('are not moved to a site that whoever moves them does not see', async () => {
    const { cookie } = await api.signIn('engineer', '16.03');

    const answer = await call('PATCH', `gateways/${gatewayId}`, { siteId: province.outside.site.id }, cookie);

    expect(answer.statusCode).toBe(404);
  });

  test('that do not fit their family are refused with the field at fault, which is not repeated', async () => {
    const answer = await call('POST', 'gateways', {
      name: 'x',
      siteId: province.inside.site.id,
      family: 'coovachilli',
      settings: { uamSecret: 'short' },
    });

    expect(answer.statusCode).toBe(400);
    expect(JSON.stringify(answer.json())).toContain('uamSecret');
  });
});

describe('the portal of a site', () => {
  const path = () => `sites/${province.inside.site.id}`;

  test('takes an announcement from its officer, and nothing else', async () => {
    const announced = await call('PATCH', path(), { announcement: 'Posyandu hari Sabtu' }, officer);
    const more = await call('PATCH', path(), { announcement: 'x', enabled: false }, officer);
    const elsewhere = await call('PATCH', `sites/${province.outside.site.id}`, { announcement: 'x' }, officer);

    expect([announced.statusCode, more.statusCode, elsewhere.statusCode]).toEqual([200, 403, 404]);
    expect((await call('GET', path())).json()).toMatchObject({ announcement: 'Posyandu hari Sabtu', enabled: true });
  });

  test('takes ways in by their schema', async () => {
    const method = (kind: string, settings: object) => ({ methods: [{ kind, planId: null, settings }] });

    const answers = [
      await call('PATCH', path(), method('terms', { reentryDays: 1 })),
      await call('PATCH', path(), method('terms', { reentryDays: 99 })),
      await call('PATCH', path(), method('no-such-way', {})),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 400, 400]);
  });

  test('is previewed with what is not kept yet, in a page that can do nothing', async () => {
    const draft = encodeURIComponent(JSON.stringify({ announcement: 'Besok libur' }));

    const page = await call('GET', `${path()}/preview?language=en&draft=${draft}`);
    const nonsense = await call('GET', `${path()}/preview?draft=${encodeURIComponent('{"logoSvg": 7}')}`);

    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toBe(`<!doctype html><p>${province.inside.site.id} en Besok libur</p>`);
    expect(page.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none';.*frame-ancestors 'self'$/);
    expect(page.headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(nonsense.statusCode).toBe(400);
  });
});

describe('figures', () => {
  const online = [2, 4, 6, 8].map((seconds) => seconds * SECOND);

  beforeAll(async () => {
    const { inventory } = api;
    const at = { gatewayId, siteId: province.inside.site.id, issuedAt: NOON - HOUR };
    for (const ms of online) await loginOf(inventory, at, ms);
    await loginOf(inventory, at, null);
    // Nobody can know yet what becomes of it, and this one is of the day before.
    await loginOf(inventory, { ...at, issuedAt: NOON - MINUTE }, null);
    await loginOf(inventory, { ...at, issuedAt: NOON - 25 * HOUR }, null);
    await liveSessionOf(inventory, gatewayId, at.siteId);
    await dayOf(inventory, at.siteId, TODAY, 30);
    await dayOf(inventory, at.siteId, '2026-11-20', 20);
    await dayOf(inventory, province.outside.site.id, TODAY, 500);
  });

  const figuresOf = async (query: string, cookie = admin): Promise<PortalFigures> =>
    (await call('GET', `figures?${query}`, undefined, cookie)).json();

  test('of a regency are counted in its own days, logins that are still open left out', async () => {
    const figures = await figuresOf('region=16.03');

    expect(figures).toMatchObject({ from: TODAY, to: TODAY, zone: 'WIB', live: 1, gateways: 1, gatewaysSilent: 1 });
    expect(figures.totals).toMatchObject({ logins: 30, arrivals: 60, devices: 24, refusals: 1 });
    expect(figures.health).toEqual({ issued: 5, online: 4, onlineMsP50: 5_000, onlineMsP95: 7_700 });
    expect(figures.regencies).toMatchObject([
      { code: '16.03', name: 'Kabupaten Muara Enim', sites: 1, live: 1, logins: 30, health: figures.health },
    ]);
    expect(figures.days).toHaveLength(14);
    expect(figures.days.slice(-2).map(({ day, logins }) => [day, logins])).toEqual([
      ['2026-11-20', 20],
      [TODAY, 30],
    ]);
  });

  test('over several days add up, and those of another region stay out', async () => {
    const { cookie } = await api.signIn('planner', '16.03');

    const [week, own] = [await figuresOf('days=7'), await figuresOf('days=7', cookie)];

    expect([week.totals.logins, own.totals.logins]).toEqual([550, 50]);
    expect(own.regencies.map(({ code }) => code)).toEqual(['16.03']);
  });

  test('leave as CSV by day and regency', async () => {
    const answer = await call('GET', 'figures/file?days=2&language=en');

    const [head, ...rows] = parse(answer.body, { bom: true }) as string[][];
    expect(head?.slice(0, 5)).toEqual(['Day', 'Code', 'Regency', 'Pages opened', 'Logins']);
    expect(rows.map((row) => row.slice(0, 5))).toEqual([
      ['2026-11-20', '16.03', 'Kabupaten Muara Enim', '40', '20'],
      [TODAY, '16.03', 'Kabupaten Muara Enim', '60', '30'],
      [TODAY, '16.71', 'Kota Palembang', '1000', '500'],
    ]);
    expect(answer.headers['content-disposition']).toBe('attachment; filename="portal-2026-11-20-2026-11-21.csv"');
  });

  test('of one site are a series with gaps where nobody tried', async () => {
    const range = `from=${NOON - 3 * HOUR}&to=${NOON}&stepMinutes=60`;

    const series: LoginHealthSeries = (await call('GET', `sites/${province.inside.site.id}/health?${range}`)).json();

    expect(series.times).toEqual([NOON - 3 * HOUR, NOON - 2 * HOUR, NOON - HOUR]);
    expect(series.issued).toEqual([0, 0, 5]);
    expect(series.success).toEqual([null, null, 0.8]);
    expect(series.onlineMsP50).toEqual([null, null, 5_000]);
  });

  test('list sites with the most failing first', async () => {
    const { items } = (await call('GET', 'sites')).json();

    expect(items).toMatchObject([{ siteName: province.inside.site.name, live: 1, health: { issued: 5, online: 4 } }]);
  });

  test('hold no MAC, number or secret', async () => {
    const answers = await Promise.all(
      ['figures', 'sites', 'sessions', 'figures/file'].map((path) => call('GET', path)),
    );

    for (const { body } of answers) expect(body).not.toMatch(/02:00:00|0812|nobody-sees/);
  });
});

describe('sessions', () => {
  test('that are asked to end are left to the portal, with the moment at which they end by themselves', async () => {
    const { inventory } = api;
    const at = { gatewayId, siteId: province.inside.site.id, issuedAt: NOON - 2 * DAY, seconds: 3600 };
    const loginId = await loginOf(inventory, at, 4_000);
    const sessionId = await liveSessionOf(inventory, gatewayId, at.siteId, { loginId });

    const answer = await call('POST', `sessions/${sessionId}/end`);

    expect(answer.json()).toEqual({ answer: 'asked', endsBy: NOON + HOUR });
    expect((await inventory.portal.sessions.endAsked()).map(({ id }) => id)).toContain(sessionId);
    await inventory.portal.sessions.answerEnd(sessionId, 'ended', { at: NOON, cause: 'Admin-Reset' });
    expect((await call('POST', `sessions/${sessionId}/end`)).statusCode).toBe(409);
    expect((await call('GET', 'sessions?live=false')).json().items).toMatchObject([
      { id: sessionId, endCause: 'Admin-Reset' },
    ]);
  });
});

describe('vouchers', () => {
  const asked = () => ({
    name: 'Balai desa',
    siteId: province.inside.site.id,
    regionCode: null,
    planId: null,
    count: 5,
    validSeconds: 3600,
    validUntil: NOON + DAY,
  });
  const print = (batchId: string, fields: Record<string, string>) =>
    api.app.inject({
      method: 'POST',
      url: `/api/v1/portal/voucher-batches/${batchId}/sheet`,
      payload: new URLSearchParams(fields).toString(),
      headers: { cookie: admin, 'content-type': 'application/x-www-form-urlencoded' },
    });

  test('show their codes once: in the answer and on the sheets made of them', async () => {
    const { batch, codes }: IssuedVouchers = (await call('POST', 'voucher-batches', asked())).json();
    const [first = ''] = codes;
    const printed = new RegExp(`${first.slice(0, 3)}.${first.slice(3, 6)}.${first.slice(6)}`);

    const csv = await print(batch.id, { format: 'csv', codes: codes.join(' ') });
    const a4 = await print(batch.id, { format: 'a4', language: 'en', codes: codes.join(' ') });
    const later = [await call('GET', 'voucher-batches'), await call('GET', `voucher-batches/${batch.id}/use`)];

    expect(codes).toHaveLength(5);
    expect(csv.headers['content-disposition']).toMatch(/^attachment; filename="voucher-.*\.csv"$/);
    expect(csv.body).toContain(first);
    expect(a4.body).toMatch(printed);
    expect(a4.headers['content-security-policy']).toContain("default-src 'none'");
    for (const { body } of later) expect(body).not.toContain(first);
  });

  test('of another batch are not printed, and no other call takes a form', async () => {
    const [one, other]: IssuedVouchers[] = [
      (await call('POST', 'voucher-batches', asked())).json(),
      (await call('POST', 'voucher-batches', asked())).json(),
    ];

    const strange = await print(one?.batch.id ?? '', { format: 'csv', codes: other?.codes.join(' ') ?? '' });
    const voided = await api.app.inject({
      method: 'POST',
      url: '/api/v1/portal/voucher-batches',
      payload: 'name=x',
      headers: { cookie: admin, 'content-type': 'application/x-www-form-urlencoded' },
    });

    expect([strange.statusCode, voided.statusCode]).toEqual([400, 415]);
  });

  test('are made worthless as a batch, with a trace', async () => {
    const { batch }: IssuedVouchers = (await call('POST', 'voucher-batches', asked())).json();

    const answer = await call('POST', `voucher-batches/${batch.id}/void`);

    expect(answer.json()).toMatchObject({ voidedAt: NOON, voided: 5 });
    expect((await call('GET', 'audit')).json().items[0]).toMatchObject({ what: 'vouchers-voided', about: batch.id });
  });
});

describe('single vouchers', () => {
  const newBatch = async (): Promise<IssuedVouchers['batch']> => {
    const asked = {
      name: 'Balai desa',
      siteId: province.inside.site.id,
      regionCode: null,
      planId: null,
      count: 4,
      validSeconds: null,
      validUntil: NOON + DAY,
    };
    return (await call('POST', 'voucher-batches', asked)).json().batch;
  };

  test('are made worthless by their printed numbers, the others stay good', async () => {
    const { id } = await newBatch();

    const answer = await call('POST', `voucher-batches/${id}/serials/void`, { serials: [2, 3] });
    const again = await call('POST', `voucher-batches/${id}/serials/void`, { serials: [3] });

    expect(answer.json()).toMatchObject({ voidedAt: null, voided: 2 });
    expect(again.json()).toMatchObject({ voidedAt: null, voided: 2 });
    const { items } = (await call('GET', `voucher-batches/${id}/use`)).json();
    expect(items.map(({ voidedAt }: { voidedAt: number | null }) => voidedAt)).toEqual([null, NOON, NOON, null]);
    expect((await call('GET', 'audit')).json().items).toContainEqual(
      expect.objectContaining({ what: 'vouchers-voided', about: id, detail: { voided: 2, whole: false } }),
    );
  });

  test('that the batch does not have are said to be missing, and none of the others is touched', async () => {
    const { id } = await newBatch();

    const beyond = await call('POST', `voucher-batches/${id}/serials/void`, { serials: [1, 5] });
    const none = await call('POST', `voucher-batches/${id}/serials/void`, { serials: [] });

    expect([beyond.statusCode, none.statusCode]).toEqual([404, 400]);
    expect((await call('GET', `voucher-batches/${id}/use`)).json().batch.voided).toBe(0);
  });
});

describe('telephone codes of today', () => {
  const spend = (siteId: string | null, codes: number, sentAt: number) =>
    api.inventory.sql.run(
      `INSERT INTO portal_phone_codes (id, phone_hash, mac_hash, site_id, purpose, code_hash, sent_at, expires_at, sent)
       SELECT gen_random_uuid(), 'p' || n, 'm' || n, $1, 'login', 'c', $2, $2, true FROM generate_series(1, $3::int) n`,
      [siteId, new Date(sentAt), codes],
    );
  beforeAll(async () => {
    await api.inventory.settings.set(PHONE_LIMITS_SETTING, { perDay: 14, perSiteDay: 8 });
    await spend(province.inside.site.id, 8, NOON - HOUR);
    await spend(province.inside.site.id, 30, NOON - DAY);
    await spend(province.outside.site.id, 5, NOON - HOUR);
  });
  afterAll(async () => {
    await sql('DELETE FROM portal_phone_codes');
    await api.inventory.settings.set(PHONE_LIMITS_SETTING, {});
  });

  test('are counted against what the province allows, with the sites that come near their part', async () => {
    const answer = await call('GET', 'phone-codes/budget');

    expect(answer.json()).toEqual({
      sent: 13,
      budget: 14,
      state: 'reserved',
      perSite: 8,
      sites: [
        { siteId: province.inside.site.id, siteName: province.inside.site.name, codes: 8, state: 'spent' },
        { siteId: province.outside.site.id, siteName: province.outside.site.name, codes: 5, state: 'near' },
      ],
    });
  });

  test('name no site of another region', async () => {
    const { sent, sites } = (await call('GET', 'phone-codes/budget', undefined, officer)).json();

    expect(sent).toBe(13);
    expect(sites.map(({ siteId }: { siteId: string }) => siteId)).toEqual([province.inside.site.id]);
  });
});

describe('answers to the question of a site', () => {
  const path = () => `sites/${province.inside.site.id}/survey`;

  test('are none before somebody answered', async () => {
    const answer = await call('GET', path());

    expect(answer.json()).toEqual({ questions: [], items: [], total: 0, page: 1, pageSize: 100 });
  });

  test('are counted by their words, question by question, and hold nobody', async () => {
    const { id: siteId } = province.inside.site;
    const say = (question: string, answer: string, day = TODAY) =>
      api.inventory.portal.survey.add({ siteId, day, question, answer });
    await say('Sinyal baik?', 'Ya', '2026-11-20');
    for (const answer of ['Untuk sekolah', 'Belanja', 'untuk sekolah']) await say('Dipakai untuk apa?', answer);
    await api.inventory.portal.survey.add({
      siteId: province.outside.site.id,
      day: TODAY,
      question: 'Dipakai untuk apa?',
      answer: 'Palembang',
    });

    const newest = (await call('GET', `${path()}?pageSize=1`, undefined, officer)).json();
    const older = (await call('GET', `${path()}?question=${encodeURIComponent('Sinyal baik?')}`)).json();

    expect(newest.questions).toEqual([
      { question: 'Dipakai untuk apa?', answers: 3, firstDay: TODAY, lastDay: TODAY },
      { question: 'Sinyal baik?', answers: 1, firstDay: '2026-11-20', lastDay: '2026-11-20' },
    ]);
    expect(newest).toMatchObject({ total: 2, page: 1, pageSize: 1, items: [{ count: 2, lastDay: TODAY }] });
    expect(older.items).toEqual([{ answer: 'Ya', count: 1, lastDay: '2026-11-20' }]);
  });
});

describe('a consent', () => {
  test('is shown again as it was agreed to, without who it was', async () => {
    const { inventory } = api;
    const { version } = await inventory.portal.terms.current(NOON);
    const id = await inventory.portal.consents.add({
      termsVersion: version,
      language: 'en',
      siteId: province.inside.site.id,
      gatewayId,
      macHash: 'hash-of-a-mac',
      phoneHash: 'hash-of-a-phone',
      service: true,
      news: false,
      at: NOON - HOUR,
    });

    const answer = await call('GET', `consents/${id}/proof`);

    const [terms] = (await call('GET', 'terms')).json().items;
    expect(answer.json()).toMatchObject({
      text: terms.textEn,
      consent: {
        id,
        termsVersion: version,
        language: 'en',
        sha256: terms.sha256En,
        at: NOON - HOUR,
        siteName: province.inside.site.name,
        gatewayName: 'Hotspot balai desa',
      },
    });
    expect(answer.body).not.toMatch(/hash-of/);
  });

  test('that is not kept is said to be missing, and one regency alone shows none', async () => {
    const { cookie } = await api.signIn('admin', '16.03');
    const path = 'consents/11111111-2222-4333-8444-555555555555/proof';

    const answers = [
      await call('GET', path),
      await call('GET', path, undefined, cookie),
      await call('GET', 'consents/1/proof'),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 403, 400]);
  });
});

describe('what holds for the whole province', () => {
  test('is not changed from one regency', async () => {
    const { cookie } = await api.signIn('admin', '16.03');
    const terms = { textId: 'Ketentuan yang cukup panjang', textEn: 'Terms that are long enough', validFrom: NOON };

    const answers = [
      await call('POST', 'plans', { ...PLAN, name: 'Lain' }, cookie),
      await call('POST', 'terms', terms, cookie),
      await call('GET', 'data-requests', undefined, cookie),
      await call('GET', 'audit', undefined, cookie),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403]);
  });

  test('a request of somebody about their data is done once, by name', async () => {
    const { id } = await api.inventory.portal.dataRequests.ask('a hash', 'withdraw', NOON);

    const done = await call('POST', `data-requests/${id}/done`, { outcome: ' Persetujuan ditarik ' });
    const again = await call('POST', `data-requests/${id}/done`, { outcome: 'x' });

    expect(done.json()).toMatchObject({ doneAt: NOON, outcome: 'Persetujuan ditarik', dueAt: NOON + 3 * DAY });
    expect(again.statusCode).toBe(409);
    expect((await call('GET', 'data-requests?open=true')).json().total).toBe(0);
    await sql('DELETE FROM portal_data_requests');
  });
});
