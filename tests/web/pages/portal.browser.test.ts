import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../../core/contract/contract.ts';
import { PHONE_LIMITS_SETTING } from '../../../core/services/portal/phone-limits.ts';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { builtSite } from '../../support/site.ts';
import { openPortalProvince, type PortalProvince } from '../support/portal-province.ts';

let province: PortalProvince;
let browser: OpenBrowser;
let page: Page;
let complaints: string[];

async function signIn(role: Role, regionCode = ''): Promise<void> {
  const { cookie } = await province.api.signIn(role, regionCode);
  const [name = '', value = ''] = cookie.split('=');
  await browser.context.clearCookies();
  await browser.context.addCookies([{ name, value, url: province.url }]);
}
const open = (path: string) => page.goto(`${province.url}/portal${path}`);

beforeAll(async () => {
  province = await openPortalProvince(await builtSite());
  browser = await openBrowser();
  await signIn('admin');
});
afterAll(async () => {
  await browser?.close();
  await province?.close();
});
beforeEach(async () => {
  complaints = [];
  page = await browser.context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
});
afterEach(async () => {
  await page.close();
  expect(complaints).toEqual([]);
});

describe('the overview', () => {
  test('says how many are online and how well logins go, and leads to the regency where they fail', async () => {
    await open('');
    await page.getByText('Berhasil masuk, 24 jam').waitFor();
    await page.getByText('17 dari 18').waitFor();
    await page.getByRole('button', { name: '30 hari' }).click();
    await page.waitForURL(/days=30/);

    await page.getByRole('link', { name: 'Kab. Muara Enim' }).click();

    await page.waitForURL(/\/portal\/sites\?region=16.03$/);
    const first = page.getByRole('row').nth(1);
    await first.getByText('Balai Desa Sukamaju 3').waitFor();
    expect(await page.getByRole('row').count()).toBe(4);
    expect(await first.locator('.portal-failing').first().textContent()).toBe('50,0 %');
  });

  test('says what to do where there is no gateway yet', async () => {
    await page.route('**/api/v1/portal/figures?*', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), gateways: 0, regencies: [] } });
    });
    await open('');

    await page.getByRole('link', { name: 'Daftarkan gateway' }).click();

    await page.waitForURL(/\/portal\/gateways\?edit=new/);
    await page.getByRole('heading', { name: 'Daftarkan gateway' }).waitFor();
  });
});

test('every screen fits a phone without sideways scrolling', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  const screens = [
    '',
    '/sessions',
    '/sites',
    `/sites/${province.siteId}`,
    '/gateways?edit=new',
    '/plans?edit=new',
    `/vouchers?edit=${province.batchId}`,
    '/vouchers?edit=new',
    '/terms?edit=new',
    '/requests',
  ];

  for (const screen of screens) {
    await open(screen);
    await page.locator('.portal-tabs .active').waitFor();
    await page.locator('.table, .form, .portal-version').first().waitFor();
    const over = await page.evaluate(() =>
      [...document.querySelectorAll('#content, .table-box')].map((node) => node.scrollWidth - node.clientWidth),
    );
    expect([screen, ...over.filter((px) => px > 0)]).toEqual([screen]);
  }
});

test('somebody is taken off after a second word, and the row says what the gateway answered', async () => {
  const { sessions } = province.api.inventory.portal;
  await open('/sessions');
  const row = page.getByRole('row').nth(1);
  await row.getByRole('button', { name: 'Akhiri' }).click();

  await row.getByRole('button', { name: 'Akhiri sesi ini?' }).click();

  await row.getByText('Diminta; menunggu jawaban gateway').waitFor();
  const [asked] = await sessions.endAsked();
  if (asked === undefined) throw new Error('nobody asked for an end');
  await sessions.answerEnd(asked.id, 'at-reentry');
  await row.getByText(/tidak menerima perintah/).waitFor();
  expect(await page.content()).not.toContain('02:00:00');
});

test('vouchers are made, printed in a tab of their own, and shown no more', async () => {
  await open('/vouchers?edit=new');
  await page.locator('[name=batch-name]').fill('Pos ronda');
  await page.getByLabel('Lokasi', { exact: true }).fill('Sukamaju 2');
  await page.getByRole('option', { name: /Balai Desa Sukamaju 2/ }).click();
  await page.getByLabel('Jumlah').fill('25');
  await page.getByRole('button', { name: 'Buat', exact: true }).click();
  await page.getByText('Pos ronda: 25 kode dibuat').waitFor();

  const [sheet] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('button', { name: 'Cetak A4' }).click(),
  ]);

  await sheet.getByText('Balai Desa Sukamaju 2').first().waitFor();
  const codes = await sheet.locator('.v b').allTextContents();
  expect(codes).toHaveLength(25);
  expect(
    await sheet
      .locator('.v')
      .first()
      .evaluate((node) => getComputedStyle(node).display),
  ).toBe('grid');
  await sheet.close();
  await page.getByRole('button', { name: 'Sudah saya simpan' }).click();
  await page.getByText('0 dari 25').waitFor();
  const digits = codes.map((code) => code.replace(/\D/g, ''));
  const content = await page.content();
  expect(digits.filter((code) => content.includes(code))).toEqual([]);
});

test('a gateway keeps its secrets to itself and warns before a check is switched off', async () => {
  await open('/gateways');
  await page.getByRole('button', { name: 'Hotspot 1.1', exact: true }).click();
  await page.getByLabel('Rahasia RADIUS', { exact: false }).first().waitFor();
  expect(await page.content()).not.toMatch(/rahasia-radius-panjang|rahasia-uam-gateway/);

  await page.getByLabel('Message-Authenticator pada permintaan').selectOption('no');
  await page.getByText(/CVE-2024-3596/).waitFor();
  await page.getByRole('button', { name: 'Simpan' }).click();

  await page
    .getByRole('row', { name: /Hotspot 1\.1/ })
    .getByText('tidak diperiksa')
    .waitFor();
  const [kept] = (await province.api.inventory.portal.gateways.list({ siteId: province.siteId })).items;
  expect(kept).toMatchObject({ hasRadiusSecret: true, coaPort: 3799, messageAuthenticator: 'no' });
});

test('what is written for a site stands in its preview before it is kept', async () => {
  await open(`/sites/${province.siteId}`);
  const preview = page.frameLocator('iframe');
  await preview.getByText('Posyandu hari Sabtu').waitFor();

  await page.getByLabel('Pengumuman desa').fill('Listrik padam besok <b>pagi</b>');

  await preview.getByText('Listrik padam besok <b>pagi</b>').waitFor();
  const button = preview.getByRole('button', { name: 'Setuju dan masuk' });
  expect(await button.evaluate((node) => getComputedStyle(node).minHeight)).toBe('48px');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await page.getByText('Tersimpan.').waitFor();
  const kept = await province.api.inventory.portal.sites.get(province.siteId);
  expect(kept?.announcement).toBe('Listrik padam besok <b>pagi</b>');
  expect(kept?.methods.map(({ kind }) => kind)).toEqual(['terms', 'voucher']);
});

test('a request about data shows how late it is, and is done with a word on what was done', async () => {
  await open('/requests');
  const row = page.getByRole('row', { name: /Tarik persetujuan/ });
  await row.getByText('terlambat 8 jam').waitFor();
  await row.getByRole('button', { name: 'Kerjakan' }).click();
  await page.getByLabel('Apa yang dilakukan').fill('Persetujuan ditarik');

  await page.getByRole('button', { name: 'Simpan sebagai selesai' }).click();

  await row.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Selesai' }).click();
  await page.getByText('Persetujuan ditarik').waitFor();
});

test('codes by telephone are counted against what the day allows, and their end is said in words', async () => {
  const { settings, sql } = province.api.inventory;
  await settings.set(PHONE_LIMITS_SETTING, { perDay: 4, perSiteDay: 4 });
  await sql.run(
    `INSERT INTO portal_phone_codes (id, phone_hash, mac_hash, site_id, purpose, code_hash, sent_at, expires_at, sent)
     SELECT gen_random_uuid(), 'p' || n, 'm' || n, $1, 'login', 'c', $2, $2, true FROM generate_series(1, 4) n`,
    [province.siteId, new Date()],
  );
  try {
    await open('');

    const budget = page.locator('.portal-budget');
    await budget.getByText('dari 4 yang diizinkan').waitFor();
    await budget.getByRole('alert').getByText('Jatah hari ini habis.').waitFor();
    expect(await budget.locator('.portal-failing').textContent()).toBe('4 dari 4 yang diizinkan');
    await budget.getByRole('link', { name: 'Balai Desa Sukamaju 1' }).click();
    await page.waitForURL(new RegExp(`/portal/sites/${province.siteId}$`));
  } finally {
    await sql.run('DELETE FROM portal_phone_codes');
    await settings.set(PHONE_LIMITS_SETTING, {});
  }
});

test('answers to the question of a site are counted under it', async () => {
  const { survey } = province.api.inventory.portal;
  const answers = ['Untuk sekolah', 'untuk sekolah', 'Belanja'];
  await open(`/sites/${province.siteId}`);
  await page.getByText(/Belum ada jawaban/).waitFor();
  for (const answer of answers)
    await survey.add({ siteId: province.siteId, day: '2026-11-20', question: 'Dipakai untuk apa?', answer });

  await page.reload();

  await page.getByText('Dipakai untuk apa?').waitFor();
  await page.getByText('3 jawaban, 20 Nov 2026').waitFor();
  const first = page.getByRole('row', { name: /untuk sekolah/i });
  expect(await first.getByRole('cell').first().textContent()).toBe('2');
});

test('a consent is shown again in the words that were agreed to, and an unknown number is told', async () => {
  const { terms, consents } = province.api.inventory.portal;
  const { version, textEn, sha256En } = await terms.current(Date.now());
  const id = await consents.add({
    termsVersion: version,
    language: 'en',
    siteId: province.siteId,
    gatewayId: null,
    macHash: 'm',
    phoneHash: null,
    service: true,
    news: false,
    at: Date.now(),
  });
  await open('/terms');
  const number = page.getByLabel('Nomor persetujuan');
  await number.fill('11111111-2222-4333-8444-555555555555');
  await page.getByRole('button', { name: 'Tampilkan' }).click();
  await page.getByText(/Tidak ada persetujuan dengan nomor ini/).waitFor();
  expect(complaints.splice(0)).toEqual([expect.stringContaining('404')]);

  await number.fill(id);
  await page.getByRole('button', { name: 'Tampilkan' }).click();

  const proof = page.locator('.portal-proof');
  await proof.getByText(sha256En).waitFor();
  expect(await proof.locator('.portal-terms').textContent()).toBe(textEn);
  await proof.getByText('Inggris').waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('navigation').or(page.getByRole('button')).or(page.getByRole('heading')).count()).toBe(0);
  expect(await proof.isVisible()).toBe(true);
  const clips = await page.evaluate(() =>
    [...document.querySelectorAll(':has(.portal-proof)')].filter(
      (node) => getComputedStyle(node).overflowY !== 'visible',
    ),
  );
  expect(clips).toEqual([]);
});

test('one slip of a sheet is made worthless after a second word', async () => {
  await open(`/vouchers?edit=${province.batchId}`);
  await page.getByRole('button', { name: 'Semua', exact: true }).click();
  const row = page.getByRole('row', { name: /^48 belum dipakai/ });
  await row.getByRole('button', { name: 'Batalkan' }).click();
  await row.getByRole('button', { name: 'Yakin batal?' }).waitFor();
  const boxes = page.locator('.portal-side .table-box');
  expect(await boxes.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);

  await row.getByRole('button', { name: 'Yakin batal?' }).click();

  await row.getByText('dibatalkan').waitFor();
  expect(await row.getByRole('button').count()).toBe(0);
  expect(await province.api.inventory.portal.vouchers.get(province.batchId)).toMatchObject({
    voidedAt: null,
    voided: 1,
  });
});

test('an officer of a village changes the announcement alone', async () => {
  await signIn('officer', '16.01.01.2001');
  try {
    await open(`/sites/${province.siteId}`);
    await page.getByLabel('Pengumuman desa').fill('Rapat RT malam ini');
    await page.getByRole('button', { name: 'Simpan' }).click();
    await page.frameLocator('iframe').getByText('Rapat RT malam ini').waitFor();

    expect(await page.getByLabel('Paket').count()).toBe(0);
    expect(await page.locator('.portal-tabs a').allTextContents()).toEqual([
      'Ringkasan',
      'Lokasi',
      'Paket',
      'Ketentuan',
    ]);
  } finally {
    await signIn('admin');
  }
});
