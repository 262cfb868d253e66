import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../../core/contract/contract.ts';
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
  browser = await openBrowser({ reducedMotion: 'reduce' });
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
