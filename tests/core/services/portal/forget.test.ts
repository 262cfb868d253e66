import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DAY } from '../../../../core/domain/clock.ts';
import { dayOf } from '../../../../core/domain/portal/day.ts';
import { account } from '../../../../core/services/portal/account.ts';
import { recordConsent } from '../../../../core/services/portal/consent.ts';
import { forgetOld, PORTAL_RETENTION_SETTING, readPortalRetention } from '../../../../core/services/portal/forget.ts';
import { issueLogin } from '../../../../core/services/portal/issue-login.ts';
import { askToErase } from '../../../../core/services/portal/my-data.ts';
import { askPhoneCode } from '../../../../core/services/portal/phone-code.ts';
import { type Place, WIB } from '../../../support/portal-places.ts';
import { openWays, TEN, type Ways } from '../../../support/portal-ways.ts';

let ways: Ways;
let place: Place;
beforeAll(async () => {
  ways = await openWays();
});
afterAll(async () => {
  await ways.close();
});
beforeEach(async () => {
  await ways.empty();
  place = await ways.layPlace();
  await ways.inventory.sql.run('TRUNCATE portal_forgotten');
});

const MAC = '02:00:00:00:00:64';
const parts = () => ({ ...ways.parts, log: ways.log });

/** A person who came in by telephone, and was online for a minute. */
async function visit(phone = '+6281234567890', mac = MAC) {
  const { keys, clock, inventory } = ways.parts;
  const gateway = { id: place.gateway.id, siteId: place.site.id };
  const [macHash, phoneHash] = [keys.hash('mac', mac), keys.hash('phone', phone)];
  const request = { purpose: 'login', phone, macHash, gatewayId: gateway.id, siteId: gateway.siteId } as const;
  await askPhoneCode(parts(), { ...request, send: async () => {} });
  await inventory.sql.run('UPDATE portal_phone_codes SET used_at = sent_at');
  const { version } = await inventory.portal.terms.current(clock());
  const consent = { termsVersion: version, language: 'id', siteId: gateway.siteId, gatewayId: gateway.id } as const;
  const consentId = await recordConsent(ways.parts, { ...consent, macHash, phoneHash, news: true });
  const more = { method: 'phone', subjectHash: phoneHash, planId: null, arrivedAt: clock(), reentryUntil: null };
  const login = await issueLogin(ways.parts, { gateway, macHash, consentId, ...more });
  if (login.kind !== 'login') throw new Error('refused');
  const record = { gatewayId: gateway.id, siteId: gateway.siteId, userName: login.id, classText: login.id, mac };
  const use = { acctSessionId: login.id.slice(0, 8), framedIp: null, seconds: 60, upOctets: 1n, downOctets: 2n };
  await account(ways.parts, { ...record, ...use, status: 'stop', at: clock() + 60_000, cause: 'User-Request' });
  await inventory.portal.attempts.take([{ who: `mac:${macHash}`, most: 5, windowMs: 600_000 }], clock());
  const day = dayOf(clock(), WIB);
  await inventory.portal.survey.add({ siteId: gateway.siteId, day, question: 'Puas?', answer: 'Ya' });
  return { macHash, phoneHash, loginId: login.id, consentId };
}

async function counts(): Promise<Record<string, number>> {
  const tables = ['sessions', 'usage', 'phone_codes', 'logins', 'attempts', 'consents', 'survey_answers', 'days'];
  const entries = tables.map(async (table) => {
    const rows = await ways.inventory.sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM portal_${table}`);
    return [table, rows[0]?.n ?? -1];
  });
  return Object.fromEntries(await Promise.all(entries));
}
const later = async (days: number) => {
  ways.time.now = TEN + days * DAY;
  await forgetOld(parts());
  return await counts();
};

test('each class of data goes when its time is over, and the sums without people stay', async () => {
  await visit();
  const all = {
    sessions: 1,
    usage: 1,
    phone_codes: 1,
    logins: 1,
    attempts: 1,
    consents: 1,
    survey_answers: 1,
    days: 1,
  };
  expect(await counts()).toEqual(all);

  expect(await later(0)).toEqual(all);
  expect(await later(2)).toEqual({ ...all, attempts: 0 });
  expect(await later(29)).toMatchObject({ phone_codes: 1 });
  expect(await later(31)).toMatchObject({ phone_codes: 0, usage: 1, sessions: 1 });
  expect(await later(64)).toMatchObject({ usage: 0, sessions: 1, logins: 1 });
  expect(await later(91)).toMatchObject({ sessions: 0, logins: 0, consents: 1, days: 1 });
  // Who wants news is asked to no end, until they withdraw.
  expect(await later(2_000)).toMatchObject({ consents: 1, survey_answers: 0, days: 1 });
  await ways.inventory.sql.run('UPDATE portal_consents SET withdrawn_at = $1', [new Date(ways.time.now)]);
  expect(await later(2_819)).toMatchObject({ consents: 1 });
  expect(await later(2_821)).toMatchObject({ consents: 0, days: 1 });
});

test('a session that is alive is not removed, nor the login that it goes back to', async () => {
  const { loginId } = await visit();
  await ways.inventory.sql.run('UPDATE portal_sessions SET ended_at = NULL WHERE login_id = $1', [loginId]);

  expect(await later(365)).toMatchObject({ sessions: 1, logins: 1 });
});

test('what a province sets is taken where it makes sense', async () => {
  await ways.inventory.settings.set(PORTAL_RETENTION_SETTING, { sessions: 10, usage: 3, logins: 'long', phone: 1 });
  await visit();

  expect(await readPortalRetention(ways.inventory)).toMatchObject({ sessions: 10, usage: 62, logins: 90 });
  expect(await later(9)).toMatchObject({ sessions: 1 });
  expect(await later(11)).toMatchObject({ sessions: 0, logins: 1 });
});

test('every run is kept with what it removed, and more than one step is done in one run', async () => {
  await ways.inventory.sql.run(
    `INSERT INTO portal_attempts (who, at) SELECT 'mac:' || n, $1 FROM generate_series(1, 12000) AS n`,
    [new Date(TEN - 3 * DAY)],
  );

  await later(0);

  const runs = await ways.inventory.portal.forgetting.list({});
  expect(runs.total).toBe(9);
  expect(runs.items.find(({ dataClass }) => dataClass === 'attempts')).toEqual({
    at: TEN,
    dataClass: 'attempts',
    olderThan: TEN - DAY,
    rows: 12_000,
  });
});

test('a request to erase that nobody answered is done by the clock, and leaves nothing of the person', async () => {
  const one = await visit();
  const other = await visit('+6281399999999', '02:00:00:00:00:99');
  await askToErase(ways.parts, one.phoneHash);

  await later(2.9);
  expect(await ways.inventory.portal.dataRequests.waiting(ways.time.now)).toEqual({ open: 1, overdue: 0 });
  await later(3);

  const { items } = await ways.inventory.portal.dataRequests.list({});
  expect(items[0]).toMatchObject({ kind: 'erase', doneAt: TEN + 3 * DAY, outcome: 'due', doneByName: null });
  const dump = await dumpPortal();
  for (const trace of [one.macHash, one.phoneHash, one.loginId, one.consentId]) expect(dump).not.toContain(trace);
  for (const trace of [other.macHash, other.phoneHash, other.loginId]) expect(dump).toContain(trace);
  expect(await counts()).toMatchObject({ sessions: 1, consents: 1, days: 1 });
});

test('a session that goes on while its person is erased ends as nobody', async () => {
  const { phoneHash, macHash, loginId } = await visit();
  await ways.inventory.sql.run('UPDATE portal_sessions SET ended_at = NULL, end_cause = NULL');
  const { id } = await askToErase(ways.parts, phoneHash);
  ways.time.now += 4 * DAY;

  await forgetOld(parts());
  const gateway = { gatewayId: place.gateway.id, siteId: place.site.id, acctSessionId: loginId.slice(0, 8) };
  const use = { at: ways.time.now, seconds: 4 * 86_400, upOctets: 3n, downOctets: 4n, cause: 'Lost-Carrier' };
  await account(ways.parts, {
    ...gateway,
    ...use,
    status: 'stop',
    userName: loginId,
    classText: loginId,
    mac: null,
    framedIp: null,
  });

  const dump = await dumpPortal();
  for (const trace of [phoneHash, macHash]) expect(dump).not.toContain(trace);
  const rows = await ways.inventory.sql.query<object>('SELECT contact, login_id, end_cause FROM portal_sessions');
  expect(rows).toEqual([{ contact: null, login_id: null, end_cause: 'Lost-Carrier' }]);
  expect(await ways.inventory.portal.dataRequests.get(id)).toMatchObject({ outcome: 'due' });
});

/** Every row of every table of the portal, as text. */
async function dumpPortal(): Promise<string> {
  const tables = await ways.inventory.sql.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_name LIKE 'portal\\_%'`,
  );
  const rows = tables.map(({ name }) => ways.inventory.sql.query(`SELECT to_jsonb(t) FROM ${name} t`));
  return JSON.stringify(await Promise.all(rows));
}
