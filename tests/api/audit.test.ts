import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditPage, AuditRow } from '../../core/contract/audit.ts';
import { DAY, HOUR } from '../../core/domain/clock.ts';
import { auditBacklog, recordAudit } from '../../core/services/audit.ts';
import { COMMUNITY, layProvince, NOON, openTestApi, PASSWORD, type Province, type TestApi } from '../support/api.ts';
import { incidentIn } from '../support/incidents.ts';
import { openEmbeddedTestInventory } from '../support/inventory.ts';
import { tokenFor } from '../support/officer.ts';

let api: TestApi;
let province: Province;
let admin: Awaited<ReturnType<TestApi['signIn']>>;
beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
  admin = await api.signIn('admin');
});
afterAll(() => api.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
const PHONE =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36';

const call = (method: Method, url: string, payload?: object, cookie = admin.cookie) =>
  api.app.inject({
    method,
    url: `/api/v1/${url}`,
    ...(payload === undefined ? {} : { payload }),
    headers: { cookie, 'user-agent': PHONE },
  });
const rows = async (query = '', cookie = admin.cookie): Promise<AuditRow[]> =>
  (await call('GET', `audit?${query}`, undefined, cookie)).json<AuditPage>().items;

describe('a change', () => {
  test('is kept with who, from where, and the fields before and after', async () => {
    const { site } = province.inside;

    await call('PATCH', `sites/${site.id}`, { name: 'Kantor Desa Sukamaju', contact: '0812 3456 7890' });

    const [row] = await rows(`targetId=${site.id}`);
    expect(row).toMatchObject({
      at: NOON,
      actor: { kind: 'account', id: admin.account.id, name: admin.account.displayName },
      action: 'PATCH /api/v1/sites/:siteId',
      target: { kind: 'site', id: site.id, name: 'Kantor Desa Sukamaju' },
      regionCode: '16.03.11.2009',
      address: '127.0.0.1',
      agent: 'Chrome 141 · Android',
      outcome: 'done',
      before: { name: site.name },
      after: { name: 'Kantor Desa Sukamaju', contact: '…890' },
    });
    expect(Object.keys(row?.after as object).sort()).toEqual(['contact', 'name']);
  });

  test('that makes or removes a thing holds it whole', async () => {
    const made = await call('POST', 'devices', {
      code: 'audited',
      name: 'Router baru',
      kind: 'router',
      siteId: province.inside.site.id,
      host: '127.0.0.9',
    });
    const { id } = made.json();
    await call('DELETE', `devices/${id}`);

    const [gone, born] = await rows(`targetId=${id}`);
    expect(born).toMatchObject({ action: 'POST /api/v1/devices', before: null, after: { id, host: '127.0.0.9' } });
    expect(gone).toMatchObject({
      action: 'DELETE /api/v1/devices/:deviceId',
      before: { id, code: 'audited' },
      after: null,
    });
    expect(gone?.target).toEqual({ kind: 'device', id, name: 'Router baru' });
  });

  test('of a secret says that it changed and never what it is', async () => {
    const { id } = province.credential;
    await call('PATCH', `credentials/${id}`, { settings: { community: `${COMMUNITY}-2` } });
    const { account } = await api.signIn('officer', '16.03');
    await call('PATCH', `accounts/${account.id}`, { password: 'another long password' });

    const [changed] = await rows(`targetId=${account.id}`);
    expect(changed).toMatchObject({ action: 'PATCH /api/v1/accounts/:accountId', after: { password: '[secret]' } });
    const [credential] = await rows(`targetId=${id}`);
    expect(credential?.target).toMatchObject({ kind: 'credential', name: 'read' });
    const all = (await call('GET', 'audit/file')).body;
    expect(all).not.toMatch(new RegExp(`${COMMUNITY}|another long|scrypt`));
  });

  test('that is refused is kept where somebody signed in tried it, and noise is not', async () => {
    const officer = await api.signIn('officer', '16.03');
    const before = (await rows('pageSize=1'))[0]?.seq ?? 0;

    await call('DELETE', `devices/${province.inside.device.id}`, undefined, officer.cookie);
    await call('DELETE', `devices/${province.inside.device.id}`, undefined, '');
    await call('PATCH', `sites/${randomUUID()}`, { name: 'x' });
    await call('PATCH', `sites/${province.inside.site.id}`, { name: 7 });

    const since = (await rows()).filter(({ seq }) => seq > before);
    expect(since).toHaveLength(1);
    expect(since[0]).toMatchObject({
      outcome: 'refused',
      target: { kind: 'device', id: province.inside.device.id, name: null },
      actor: { id: officer.account.id },
      before: null,
      after: null,
    });
  });
});

describe('signing in', () => {
  test('is kept, as are leaving and failing; a name that nobody has is not', async () => {
    const { account } = await api.signIn('engineer', '16.03');
    const enter = (name: string, password: string) => call('POST', 'session', { name, password }, '');

    await enter(account.name, 'wrong');
    await enter('my own password', 'wrong');
    await enter(account.name, PASSWORD);
    const cookie = String((await enter(account.name, PASSWORD)).headers['set-cookie']).split(';')[0] ?? '';
    await call('DELETE', 'session', undefined, cookie);

    const [left, , entered, unknown, failed] = await rows();
    expect(left).toMatchObject({ action: 'sign-out', actor: { id: account.id } });
    expect(entered).toMatchObject({ action: 'sign-in', outcome: 'done', regionCode: '16.03', after: null });
    expect(unknown).toMatchObject({ action: 'sign-in', outcome: 'refused', target: null, regionCode: '' });
    expect(unknown?.actor.name).toMatch(/^m… #[0-9a-f]{8}$/);
    expect(failed).toMatchObject({ outcome: 'refused', actor: { kind: 'nobody' }, target: { id: account.id } });
  });
});

describe('reading', () => {
  test('is for administrators, each in their region, by any filter and in pages', async () => {
    const here = await api.signIn('admin', '16.03');
    const there = await api.signIn('admin', '16.71');
    const engineer = await api.signIn('engineer');
    await call('PATCH', `links/${province.inside.link.id}`, { provider: 'Penyedia' });
    await call('PATCH', `sites/${province.outside.site.id}`, { name: 'Kelurahan 35 Ilir' });

    expect((await call('GET', 'audit', undefined, engineer.cookie)).statusCode).toBe(403);
    expect((await rows('', here.cookie)).every(({ regionCode }) => regionCode.startsWith('16.03'))).toBe(true);
    expect(await rows('region=16.03', there.cookie)).toEqual([]);
    expect((await call('GET', 'audit/file', undefined, there.cookie)).body).not.toMatch(/16\.03|Sukamaju/);
    // Its far end stands in the other regency.
    expect(await rows(`targetId=${province.inside.link.id}`, here.cookie)).toEqual([]);
    expect(await rows(`targetId=${province.inside.link.id}`)).toHaveLength(1);
    expect((await rows('q=35%20ilir'))[0]?.target?.name).toBe('Kelurahan 35 Ilir');
    expect(await rows(`from=${NOON + 1}`)).toEqual([]);
    const first = (await call('GET', 'audit?pageSize=2')).json<AuditPage>();
    const second = await rows(`pageSize=2&before=${first.next}`);
    expect([...first.items, ...second].map(({ seq }) => seq)).toEqual((await rows('pageSize=4')).map(({ seq }) => seq));
  });

  test('as a file holds every row, guarded against formulas', async () => {
    await call('PATCH', `sites/${province.inside.site.id}`, { name: '=1+1' });

    const file = await call('GET', 'audit/file');

    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.body.split('\r\n').length - 2).toBe((await rows('pageSize=200')).length);
    expect(file.body).toContain("'=1+1");
  });
});

describe('the chain', () => {
  test('is whole, refuses changes, and shows one that was forced', async () => {
    const { audit, sql } = api.inventory;
    const whole = await audit.verify();
    expect(whole).toMatchObject({ brokenAt: null, rows: whole.head?.seq });

    await expect(sql.run("UPDATE audit SET actor_name = 'x' WHERE seq = 2")).rejects.toThrow(/only added to/);
    await expect(sql.run('DELETE FROM audit WHERE seq = 2')).rejects.toThrow(/only added to/);
    await expect(sql.run('TRUNCATE audit')).rejects.toThrow(/only added to/);
    const forced = (text: string) =>
      sql.transaction(async (tx) => {
        await tx.run('ALTER TABLE audit DISABLE TRIGGER audit_keep');
        await tx.run(text);
        await tx.run('ALTER TABLE audit ENABLE TRIGGER audit_keep');
      });
    await forced("UPDATE audit SET actor_name = actor_name || '!' WHERE seq = 2");
    expect((await call('GET', 'audit/check')).json()).toMatchObject({ brokenAt: 2, reason: 'changed' });
    await forced("UPDATE audit SET actor_name = rtrim(actor_name, '!') WHERE seq = 2");
    expect((await audit.verify()).brokenAt).toBeNull();
  });

  test('goes on where old rows were forgotten, and shows one taken from its middle', async () => {
    const { audit, sql } = api.inventory;
    const { head } = await audit.verify();
    api.time.now = NOON + HOUR;
    await call('PATCH', `sites/${province.inside.site.id}`, { name: 'Baru' });

    expect(await audit.forget(NOON + 1, NOON + DAY)).toBe(head?.seq);
    expect(await audit.forget(NOON + 1, NOON + DAY)).toBe(0);
    await call('PATCH', `sites/${province.inside.site.id}`, { name: 'Lebih baru' });

    expect(await audit.verify()).toMatchObject({ brokenAt: null, rows: 2 });
    await sql.transaction(async (tx) => {
      await tx.run('ALTER TABLE audit DISABLE TRIGGER audit_keep');
      await tx.run('DELETE FROM audit WHERE seq = $1', [(head?.seq ?? 0) + 1]);
      await tx.run('ALTER TABLE audit ENABLE TRIGGER audit_keep');
    });
    expect(await audit.verify()).toMatchObject({ brokenAt: (head?.seq ?? 0) + 2, reason: 'missing' });
  });
});

describe('while the log cannot be written', () => {
  test('changes wait, emergencies go on, and nothing is lost once it can be again', async () => {
    const { inventory, clock, log } = api;
    const url = `sites/${province.inside.site.id}`;
    await inventory.sql.run('ALTER TABLE audit RENAME TO audit_away');

    expect((await call('PATCH', url, { name: 'Selagi rusak' })).statusCode).toBe(200);
    const second = await call('PATCH', url, { name: 'Ditolak' });
    const signIn = await call('POST', 'session', { name: admin.account.name, password: PASSWORD }, '');

    expect([second.statusCode, second.json().code, signIn.statusCode]).toEqual([503, 'store-unavailable', 200]);
    expect((await auditBacklog({ inventory, clock, log })).waiting).toBe(2);
    await inventory.sql.run('ALTER TABLE audit_away RENAME TO audit');
    api.time.now += HOUR;
    expect((await call('PATCH', url, { name: 'Lagi' })).statusCode).toBe(200);
    const [last, entered, first] = await rows();
    expect([last?.after, entered?.action, first?.after]).toEqual([
      { name: 'Lagi' },
      'sign-in',
      { name: 'Selagi rusak' },
    ]);
    expect((await call('GET', 'audit')).json()).toMatchObject({ waiting: 0, lost: 0 });
  });

  test('a service records without ever failing', async () => {
    const broken = { audit: { ...api.inventory.audit, add: () => Promise.reject(new Error('no room')) } };
    const parts = { inventory: broken, clock: api.clock, log: api.log };
    const actor = { kind: 'system', id: null, name: 'simpul' } as const;

    for (let count = 0; count < 1_003; count += 1) await recordAudit(parts, { actor, action: 'x', outcome: 'done' });

    expect(await auditBacklog(parts)).toEqual({ waiting: 1_000, lost: 3 });
  });
});

test('an officer by a link is told by the village', async () => {
  const { inventory } = api;
  const { id } = await incidentIn(inventory, province.inside.site.id);
  const token = tokenFor(id, '16.03.11.2009');

  await call('POST', `officer/${token}/answers`, { question: 'lamp', answer: 'off' }, '');
  await api.app.inject({
    method: 'POST',
    url: `/d/${token}`,
    payload: 'question=lamp&answer=on',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

  const told = await rows(`targetId=${id}`);
  expect(told).toHaveLength(2);
  expect(told[0]).toMatchObject({
    actor: { kind: 'officer', name: '16.03.11.2009' },
    action: 'officer-answer',
    regionCode: '16.03.11.2009',
  });
  expect(JSON.stringify(told)).not.toContain(token);
});

test('what the portal traces by itself stands in the same list', async () => {
  const { gateways } = api.inventory.portal;
  const gateway = { siteId: province.inside.site.id, family: 'mikrotik', name: 'Gerbang', messageAuthenticator: 'no' };
  await gateways.create(gateway as Parameters<typeof gateways.create>[0], { by: admin.account.id, at: api.time.now });

  const [row] = await rows('q=gateway-message');

  expect(row).toMatchObject({ action: 'gateway-message-authenticator-off', actor: { id: admin.account.id } });
});

// PGlite takes its time to open on a busy machine.
test('the embedded store keeps the same chain', async () => {
  const { inventory, close } = await openEmbeddedTestInventory();
  try {
    const { audit, sql } = inventory;
    const entry = { actor: { kind: 'system', id: null, name: 'simpul·☂' }, action: 'x', outcome: 'done' } as const;
    for (let count = 0; count < 3; count += 1)
      await audit.add({ ...entry, after: { count, text: '"é" \n' } }, NOON + count);
    await Promise.all([audit.add(entry, NOON + 9), audit.add(entry, NOON + 9)]);

    expect(await audit.verify()).toMatchObject({ rows: 5, brokenAt: null, head: { seq: 5 } });
    await expect(sql.run('DELETE FROM audit')).rejects.toThrow(/only added to/);
    expect(await audit.forget(NOON + 2, NOON + DAY)).toBe(2);
    expect(await audit.verify()).toMatchObject({ rows: 3, brokenAt: null });
  } finally {
    await close();
  }
}, 180_000);
