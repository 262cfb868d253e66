import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { totpCode, totpStep } from '../../../core/services/totp.ts';
import { layProvince, openTestApi, PASSWORD, type TestApi } from '../../support/api.ts';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { builtSite } from '../../support/site.ts';

const WAIT_MS = 90_000;
let api: TestApi;
let browser: OpenBrowser;
let page: Page;
let base: string;
const complaints: string[] = [];
const shots = process.env['SIMPUL_SHOTS'];

beforeAll(async () => {
  api = await openTestApi({ siteDir: await builtSite(), config: { requireTotp: ['admin'], publicUrl: null } });
  await layProvince(api.inventory);
  await api.app.listen({ port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
  browser = await openBrowser({ viewport: { width: 360, height: 740 } });
  page = await browser.context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 4')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const fits = async () =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

/** For looking: only where somebody asks for pictures. */
async function shot(name: string): Promise<void> {
  await fits();
  if (shots === undefined) return;
  for (const theme of ['light', 'dark'] as const) {
    for (const [width, height] of [
      [360, 740],
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await page.evaluate((value) => {
        document.documentElement.dataset['theme'] = value;
      }, theme);
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `${shots}/${name}-${width}-${theme}.png`, fullPage: width === 360 });
    }
  }
  await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'light';
  });
  await page.setViewportSize({ width: 360, height: 740 });
}

const secret = { text: '' };
const code = (): string => totpCode(secret.text, totpStep(api.time.now));

test('an administrator who must have a second step sets it up on the way in', async () => {
  const { account } = await api.signIn('admin');
  await page.goto(`${base}/accounts`);
  await shot('1-sign-in');

  await page.getByLabel('Nama akun').fill(account.name);
  await page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await button('Masuk').click();
  await page.getByRole('img', { name: 'Kode QR untuk aplikasi pengautentikasi' }).waitFor();
  secret.text = ((await page.locator('.key-text').textContent()) ?? '').replaceAll(' ', '');
  await shot('2-enrol');
  await page.getByLabel('Kode enam angka dari aplikasi').fill('000000');
  await button('Periksa dan pasang').click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Kode enam angka dari aplikasi').fill(code());
  await button('Periksa dan pasang').click();
  await page.getByRole('heading', { name: 'Simpan sepuluh kode pemulihan ini' }).waitFor();
  expect(await page.locator('.codes-list li').count()).toBe(10);
  await shot('3-codes');
  await button('Sudah saya simpan').click();

  await page.getByRole('heading', { name: 'Akun', exact: true }).waitFor();
  api.time.now += 30_000;
});

test('an account is added, and its link alone lets the person in', async () => {
  await button('Tambah akun').click();
  await page.getByLabel('Nama akun', { exact: true }).fill('budi');
  await page.getByLabel('Nama orang').fill('Budi Santoso');
  await page.getByRole('combobox', { name: 'Peran', exact: true }).selectOption('planner');
  await page.getByLabel('Kabupaten, kecamatan, atau desa').fill('Muara');
  const found = page.getByRole('listbox', { name: 'Kabupaten, kecamatan, atau desa' });
  await found.getByRole('option', { name: /Kabupaten Muara Enim/ }).click();
  await shot('4-new-account');
  await button('Simpan').click();
  const link = page.getByLabel('Kirim tautan ini');
  await link.waitFor();
  const address = await link.inputValue();
  await page.getByText('Ada tautan yang belum dipakai').waitFor();
  await shot('5-account');

  const guest = await openBrowser({ viewport: { width: 360, height: 740 } });
  try {
    const theirs = await guest.context.newPage();
    theirs.setDefaultTimeout(WAIT_MS);
    await theirs.goto(address);
    await theirs.getByLabel('Kata sandi baru').fill('a fresh long password');
    if (shots !== undefined) await theirs.screenshot({ path: `${shots}/6-link-360.png` });
    await theirs.getByRole('button', { name: 'Simpan kata sandi' }).click();
    await theirs.getByRole('link', { name: 'Masuk' }).click();
    await theirs.getByLabel('Nama akun').fill('budi');
    await theirs.getByLabel('Kata sandi', { exact: true }).fill('a fresh long password');
    await theirs.getByRole('button', { name: 'Masuk' }).click();
    await theirs.getByRole('navigation').first().waitFor();
    await theirs.goto(address);
    await theirs.getByRole('heading', { name: /sudah dipakai/ }).waitFor();
  } finally {
    await guest.close();
  }
});

test('a session elsewhere is ended, and a token is shown once', async () => {
  await page.goto(`${base}/security`);
  await page.getByText('sesi ini').waitFor();
  await button('Tutup').click();
  await button('Tutup sekarang?').click();
  await expect.poll(() => button('Tutup').count(), { timeout: WAIT_MS }).toBe(0);

  await button('Buat token').click();
  await page.getByLabel('Nama, misalnya Grafana provinsi').fill('Grafana');
  await button('Buat').click();
  const token = await page.getByLabel('Token', { exact: true }).inputValue();
  await shot('7-security');
  await page.reload();
  await page.getByText('Grafana', { exact: true }).waitFor();

  expect(token).toMatch(/^spl_[\w-]{43}$/);
  expect(await page.content()).not.toContain(token);
});

test('the next sign-in takes the code, and says the way out when it is wrong', async () => {
  const { account } = (await (await page.request.get(`${base}/api/v1/session`)).json()) as {
    account: { name: string };
  };
  await page.request.delete(`${base}/api/v1/session`);
  await page.goto(`${base}/security`);
  await page.getByLabel('Nama akun').fill(account.name);
  await page.getByLabel('Kata sandi', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');

  await page.getByLabel('Kode enam angka').fill('000000');
  await page.keyboard.press('Enter');
  await page.getByText('Tunggu kode berikutnya').waitFor();
  await shot('8-code');
  await page.getByLabel('Kode enam angka').fill(code());
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Keamanan akun' }).waitFor();
  expect(complaints).toEqual([]);
});
