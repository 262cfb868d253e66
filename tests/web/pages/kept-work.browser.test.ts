import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { layProvince, NOON, openTestApi, type Province, type TestApi } from '../../support/api.ts';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { incidentIn } from '../../support/incidents.ts';
import { builtSite } from '../../support/site.ts';

/** What an engineer enters, through the screens into real stores. */
let api: TestApi;
let province: Province;
let url: string;
let browser: OpenBrowser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  api = await openTestApi({ siteDir: await builtSite() });
  province = await layProvince(api.inventory);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
  browser = await openBrowser();
  const [name = '', value = ''] = (await api.signIn('engineer')).cookie.split('=');
  await browser.context.addCookies([{ name, value, url }]);
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});
beforeEach(async () => {
  complaints = [];
  page = await browser.context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterEach(async () => {
  await page.close();
  expect(complaints).toEqual([]);
});

test('the terms of a link are kept, and counted out before they are', async () => {
  const { id } = province.inside.link;
  await page.goto(`${url}/links/${id}/terms`);
  await page.getByLabel('Mulai bulan').fill('2026-10');
  await page.getByLabel('Biaya sebulan (Rp)').fill('7.500.000');
  await page.getByLabel('Di bawah (%)').fill('99,5');
  await page.getByLabel('Kembali (% biaya)').fill('5');
  await page.getByRole('button', { name: 'Tambah batas' }).click();
  await page.getByLabel('Di bawah (%)').nth(1).fill('98');
  await page.getByLabel('Kembali (% biaya)').nth(1).fill('12,5');
  await page.getByText('ketersediaan 97,99 % mengembalikan Rp937.500').waitFor();

  await page.getByRole('button', { name: 'Simpan ketentuan' }).click();

  await page.locator('.terms-history').getByText('di bawah 99,5 % kembali 5 %; di bawah 98 % kembali 12,5 %').waitFor();
  const [kept] = await api.inventory.linkTerms.list(id);
  expect(kept).toMatchObject({
    validFrom: '2026-10',
    monthlyFeeRupiah: 7_500_000,
    steps: [
      { belowPercent: 99.5, restitutionPercent: 5 },
      { belowPercent: 98, restitutionPercent: 12.5 },
    ],
    powerCounts: false,
  });
});

test('time is excluded for a site that was searched, and that is revoked with a reason', async () => {
  const { site } = province.inside;
  await page.goto(`${url}/exclusions`);
  await page.getByRole('combobox', { name: 'Untuk' }).fill(site.name);
  await page.getByRole('option', { name: site.name }).first().click();
  await page.getByLabel('Dari WIB').fill('2026-11-20T08:00');
  await page.getByLabel('Sampai WIB').fill('2026-11-20T10:30');
  await page.getByRole('textbox', { name: 'Keterangan' }).fill('Banjir, surat BPBD 12/2026');
  await page.getByRole('button', { name: 'Simpan pengecualian' }).click();

  const row = page.locator('tbody tr', { hasText: 'Banjir, surat BPBD 12/2026' });
  await row.getByText('2 jam 30 menit').waitFor();
  await row.getByRole('button', { name: 'Cabut' }).click();
  await row.getByLabel('Mengapa dicabut').fill('Salah lokasi');
  await row.getByRole('button', { name: 'Cabut' }).click();
  await row.waitFor({ state: 'detached' });

  const { items } = await api.inventory.exclusions.list({ withRevoked: true });
  expect(items).toMatchObject([
    {
      scopeKind: 'site',
      scopeId: site.id,
      from: Date.parse('2026-11-20T08:00+07:00'),
      to: Date.parse('2026-11-20T10:30+07:00'),
      reason: 'force-majeure',
      revoked: { note: 'Salah lokasi' },
    },
  ]);
});

test('a device of another cause is split from its incident, and joined to it again', async () => {
  const { id, deviceIds } = await incidentIn(api.inventory, province.inside.site.id, 3);
  const other = await api.inventory.devices.get(deviceIds[1] ?? '');
  await page.goto(`${url}/incidents/${id}`);
  await page.getByRole('button', { name: 'Pisahkan sebagian' }).click();
  await page
    .locator('.incident-pick')
    .getByLabel(other?.name ?? '')
    .check();

  await page.getByRole('button', { name: 'Pisahkan 1 perangkat' }).click();
  await page.getByText('Dipisahkan menjadi gangguan').waitFor();
  await page.getByRole('heading', { name: 'Perangkat putus (2)' }).waitFor();
  const made = (await api.inventory.incidents.list({ deviceId: deviceIds[1] ?? '' })).items;
  await page.getByRole('button', { name: 'Batalkan', exact: true }).click();
  await page.getByRole('heading', { name: 'Perangkat putus (3)' }).waitFor();

  expect(made).toMatchObject([{ openOutages: 1, effect: { devices: 1 } }]);
  expect(await api.inventory.incidents.get(made[0]?.id ?? '')).toMatchObject({ mergedInto: id });
});

test('an engineer’s photograph leaves small and without what its file said of the camera', async () => {
  const { id } = await incidentIn(api.inventory, province.inside.site.id);
  const large = { width: 3000, height: 2000, channels: 3, background: 'grey' } as const;
  const file = await sharp({ create: { ...large, noise: { type: 'gaussian', mean: 120, sigma: 20 } } })
    .withExif({ IFD0: { Make: 'Kamera' } })
    .jpeg({ quality: 60 })
    .toBuffer();
  await page.goto(`${url}/incidents/${id}`);
  await page.getByRole('button', { name: 'Lampirkan foto' }).waitFor();
  const posted = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/photos'));

  await page
    .locator('.photo-add input[type=file]')
    .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: file });

  await page.locator('.photos img').waitFor();
  await page.locator('.timeline').getByText('mengirim foto').waitFor();
  expect((await (await posted).sizes()).requestBodySize).toBeLessThan(file.length / 2);
  const [photo] = await api.inventory.photos.of(id, NOON);
  expect(photo).toMatchObject({ width: 1600, height: 1067, village: null });
  const kept = await api.inventory.photos.get(id, photo?.id ?? '', NOON);
  expect((await sharp(kept?.bytes).metadata()).exif).toBeUndefined();
});
