import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PortalRequest } from '../../../captive-portal/flow/answer.ts';
import { myDataRoutes } from '../../../captive-portal/my-data/my-data.ts';
import { DAY, MINUTE } from '../../../core/domain/clock.ts';
import { hashPassword } from '../../../core/services/password.ts';
import { account } from '../../../core/services/portal/account.ts';
import { recordConsent } from '../../../core/services/portal/consent.ts';
import { completeDataRequest } from '../../../core/services/portal/data-request.ts';
import { issueLogin } from '../../../core/services/portal/issue-login.ts';
import type { Place } from '../../support/portal-places.ts';
import { openWays, TEN, type Ways } from '../../support/portal-ways.ts';

const NUMBER = '081234567890';
const MAC = '02:00:00:00:00:64';
let ways: Ways;
let place: Place;
let routes: ReturnType<typeof myDataRoutes>;
beforeAll(async () => {
  ways = await openWays();
  const foot = (otherLanguage: string) => ({ province: 'Sumatera Selatan', helpPhone: '0711-351000', otherLanguage });
  routes = myDataRoutes({ ...ways.tools, zone: ways.parts.zone, foot });
});
afterAll(async () => {
  await ways.close();
});
beforeEach(async () => {
  await ways.empty();
  place = await ways.layPlace();
});

async function ask(form: Readonly<Record<string, string>> | null, language: 'id' | 'en' = 'id'): Promise<string> {
  const request: PortalRequest = {
    method: form === null ? 'GET' : 'POST',
    path: '/data-saya',
    rawQuery: '',
    query: new URLSearchParams(),
    form: new URLSearchParams(form ?? {}),
    userAgent: '',
    language,
  };
  const answer = await routes(request);
  if (answer?.kind !== 'page') throw new Error('no page');
  expect(answer.status).toBe(200);
  expect(gzipSync(answer.page.markup).length).toBeLessThanOrEqual(6_000);
  expect(answer.page.markup).not.toMatch(/<script|<img|https?:|undefined|\[object/);
  return answer.page.markup;
}
const stateIn = (page: string): string => / name="s" value="([^"]+)"/.exec(page)?.[1] ?? '';
async function codeFor(number: string): Promise<{ page: string; code: string }> {
  const count = ways.sms.asked.length;
  const page = await ask({ s: stateIn(await ask(null)), a: 'send', 'phone-number': number });
  const texts = await ways.sms.until(count + 1);
  return { page, code: /\b\d{6}\b/.exec(texts.at(-1)?.text ?? '')?.[0] ?? '' };
}
async function signIn(number = NUMBER): Promise<string> {
  const { page, code } = await codeFor(number);
  return await ask({ s: stateIn(page), a: 'check', 'phone-code': code });
}

/** Online as the holder of the number, with a consent that has the news. */
async function visit(sessions = 1) {
  const { keys, inventory } = ways.parts;
  const gateway = { id: place.gateway.id, siteId: place.site.id };
  const [macHash, phoneHash] = [keys.hash('mac', MAC), keys.hash('phone', '+6281234567890')];
  const { version } = await inventory.portal.terms.current(TEN);
  const given = { termsVersion: version, language: 'id', siteId: gateway.siteId, gatewayId: gateway.id } as const;
  const consentId = await recordConsent(ways.parts, { ...given, macHash, phoneHash, news: true });
  const login = await issueLogin(ways.parts, {
    ...{ gateway, macHash, consentId, method: 'phone', subjectHash: phoneHash, planId: null },
    ...{ arrivedAt: TEN, reentryUntil: TEN + 10 * DAY },
  });
  if (login.kind !== 'login') throw new Error('refused');
  for (let n = 0; n < sessions; n++) {
    await account(ways.parts, {
      ...{ gatewayId: gateway.id, siteId: gateway.siteId, userName: login.id, classText: login.id, mac: MAC },
      ...{ status: 'stop', acctSessionId: `s${n}`, framedIp: '10.5.50.7', at: TEN - n * 600_000, seconds: 300 },
      ...{ upOctets: 1_000_000n, downOctets: 52_000_000n, cause: 'User-Request' },
    });
  }
  return { phoneHash, loginId: login.id };
}
const reentry = async (loginId: string) => (await ways.inventory.portal.logins.get(loginId))?.reentryUntil;

test('who proves that a number is theirs sees what is kept under it, in both languages', async () => {
  await visit();

  const page = await signIn();
  const english = await ask({ s: stateIn(page), a: 'check' }, 'en');

  expect(page).toContain('Situs A');
  expect(page).toContain('5 menit');
  expect(page).toContain('53 MB');
  expect(page).toContain('Ketentuan versi 1');
  expect(page).toContain('dengan kabar');
  expect(page).toContain('Wi-Fi ini gratis dan disediakan pemerintah daerah untuk umum.');
  expect(english).toContain('Use of the Wi-Fi');
  const { items } = await ways.inventory.portal.dataRequests.list({});
  expect(items.map(({ kind, doneAt, outcome }) => [kind, doneAt, outcome])).toEqual([['access', TEN, 'shown']]);
});

test('a page with all that fits stays below 6,000 bytes', async () => {
  await visit(60);

  expect(await signIn()).toContain('30 terbaru dari 60.');
});

test('known and unknown numbers are answered with the same bytes, until the code is right', async () => {
  await visit();
  const blank = (page: string): string => page.replace(/ name="s" value="[^"]+"/, '');

  const known = await codeFor(NUMBER);
  const unknown = await codeFor('081399999999');
  const wrong = await Promise.all(
    [known, unknown].map(({ page }) => ask({ s: stateIn(page), a: 'check', 'phone-code': '12' })),
  );

  expect(blank(known.page)).toBe(blank(unknown.page));
  expect(stateIn(known.page)).toHaveLength(stateIn(unknown.page).length);
  expect(blank(wrong[0] ?? '')).toBe(blank(wrong[1] ?? ''));
  expect(await signIn('081388888888')).toContain('Tidak ada data yang tersimpan atas nomor ini.');
});

test('news and consent are withdrawn at once, and no device comes back by itself', async () => {
  const { loginId } = await visit();
  const page = await signIn();

  const withoutNews = await ask({ s: stateIn(page), a: 'news' });
  expect(withoutNews).toContain('Kabar dari pemerintah daerah tidak dikirim lagi.');
  expect(withoutNews).not.toContain('Berhenti menerima kabar');
  expect(await reentry(loginId)).toBe(TEN + 10 * DAY);
  const withdrawn = await ask({ s: stateIn(withoutNews), a: 'withdraw' });

  expect(withdrawn).toContain('Persetujuan Anda sudah ditarik.');
  expect(withdrawn).toContain('ditarik 22 Nov');
  expect(await reentry(loginId)).toBe(TEN);
  const { items } = await ways.inventory.portal.dataRequests.list({ open: false });
  expect(items.map(({ kind, outcome }) => [kind, outcome]).sort()).toEqual([
    ['access', 'shown'],
    ['withdraw', 'news'],
    ['withdraw', 'service'],
  ]);
});

test('erasing waits for the staff with a clock of three days; they do it, and nothing is left', async () => {
  const { phoneHash, loginId } = await visit();
  const passwordHash = await hashPassword('a long enough password');
  const staff = await ways.inventory.accounts.create({
    name: 's',
    displayName: 'Sari',
    role: 'admin',
    regionCode: '',
    passwordHash,
  });
  const page = await signIn();

  const asked = await ask({ s: stateIn(page), a: 'erase' });
  await ask({ s: stateIn(page), a: 'erase' });
  const { items } = await ways.inventory.portal.dataRequests.list({ open: true });
  const done = await completeDataRequest(ways.parts, items[0]?.id ?? '', staff.id, 'Dihapus seluruhnya');

  expect(asked).toContain('Data Anda dihapus paling lambat 25 Nov');
  expect(asked).not.toContain('Ya, hapus data saya');
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ kind: 'erase', askedAt: TEN, dueAt: TEN + 3 * DAY });
  expect(done).toMatchObject({ doneAt: TEN, doneByName: 'Sari', outcome: 'Dihapus seluruhnya' });
  expect(await ways.inventory.portal.logins.get(loginId)).toBeNull();
  expect(await ways.inventory.portal.consents.ofPhone(phoneHash, 10)).toEqual([]);
  await expect(completeDataRequest(ways.parts, done.id, staff.id, 'again')).rejects.toMatchObject({ code: 'conflict' });
  ways.time.now += 2 * MINUTE;
  expect(await signIn()).toContain('Tidak ada data yang tersimpan atas nomor ini.');
});

test('a page from elsewhere, of another step, too old or made up leads nowhere', async () => {
  await visit();
  const start = stateIn(await ask(null));
  const { page, code } = await codeFor(NUMBER);
  const known = await ask({ s: stateIn(page), a: 'check', 'phone-code': code });

  const forged = `${stateIn(known).slice(0, -2)}AA`;
  for (const s of ['', 'x', forged, 'A'.repeat(4_000)])
    expect(await ask({ s, a: 'erase' })).toContain('Silakan mulai lagi');
  expect(await ask({ s: start, a: 'erase' })).toContain('Ini bukan nomor HP Indonesia');
  expect(await ask({ s: stateIn(page), a: 'erase' })).toContain('Kode tidak cocok');
  ways.time.now += 21 * MINUTE;
  expect(await ask({ s: stateIn(known), a: 'erase' })).toContain('Silakan mulai lagi');
  expect((await ways.inventory.portal.dataRequests.list({ open: true })).total).toBe(0);
});

test('neither the number nor the code stands in the pages that follow', async () => {
  const { page, code } = await codeFor(NUMBER);
  const known = await ask({ s: stateIn(page), a: 'check', 'phone-code': code });

  for (const shown of [page, known]) {
    expect(shown).not.toContain('81234567890');
    expect(shown).not.toContain(code);
  }
});

test('without a channel it is said whom to ask; other addresses are not ours', async () => {
  await ways.inventory.channels.update(ways.channelId, { enabled: false });

  const page = await ask({ s: stateIn(await ask(null)), a: 'send', 'phone-number': NUMBER });

  await ways.inventory.channels.update(ways.channelId, { enabled: true });
  expect(page).toContain('Kode belum dapat dikirim di sini');
  const other = { method: 'GET', path: '/lain', rawQuery: '', userAgent: '', language: 'id' } as const;
  expect(await routes({ ...other, query: new URLSearchParams(), form: new URLSearchParams() })).toBeNull();
});
