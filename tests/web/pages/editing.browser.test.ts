import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toParts } from '../../../core/bus/parts.ts';
import type { PollAnswer } from '../../../core/contract/poll.ts';
import { HOUR } from '../../../core/domain/clock.ts';
import { layProvince, NOON, openTestApi, type Province, type TestApi } from '../../support/api.ts';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { layCharts } from '../../support/charted-device.ts';
import { incidentIn } from '../../support/incidents.ts';
import { builtSite } from '../../support/site.ts';

/** What an engineer sees of a device and changes of the inventory, through the screens into real stores. */
let api: TestApi;
let province: Province;
let url: string;
let browser: OpenBrowser;
let page: Page;
let cookie: string;
const complaints: string[] = [];

beforeAll(async () => {
  api = await openTestApi({ siteDir: await builtSite() });
  province = await layProvince(api.inventory);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
  browser = await openBrowser();
  cookie = (await api.signIn('engineer')).cookie;
  const [name = '', value = ''] = cookie.split('=');
  await browser.context.addCookies([{ name, value, url }]);
  page = await browser.context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
  expect(complaints).toEqual([]);
});

const siteNow = async () => await api.inventory.sites.get(province.inside.site.id);

test('a device’s charts are looked into by keyboard and address, compared, and read as a table', async () => {
  const { id } = province.inside.device;
  await layCharts(api, id, NOON);
  const before = `/devices/${id}?from=${NOON - 24 * HOUR}&to=${NOON}`;
  await page.goto(url + before);
  const charts = page.getByRole('region', { name: 'Grafik perangkat' });
  await charts.locator('canvas').first().waitFor();

  await charts.press('+');
  await page.waitForURL(/from=\d+/);
  const zoomed = new URL(page.url()).searchParams;
  await page.goBack();
  await page.getByLabel('Bandingkan').selectOption('day');
  await charts.getByText('Prosesor, hari sebelumnya').waitFor();
  await charts.locator('summary').first().click();
  await page.getByRole('button', { name: 'Baca sebagai tabel' }).click();
  const rows = await charts.getByRole('region', { name: 'Waktu tempuh' }).locator('tbody tr').count();
  await page.getByRole('button', { name: 'sfp1' }).click();
  await page.getByText('sfp1: lalu lintas').waitFor();

  expect(Number(zoomed.get('to')) - Number(zoomed.get('from'))).toBe(12 * HOUR);
  expect(rows).toBeGreaterThan(100);
});

test('a device is asked now, and what it says is shown word for word', async () => {
  const said: PollAnswer = {
    collector: 'utara',
    at: NOON,
    tookMs: 431,
    reach: { probe: 'icmp', roundTripMs: 23.4, failure: null, impairment: null },
    poll: { probe: 'snmp', failure: null, detail: null },
    device: null,
    readings: [{ group: 'usage', class: 'processor', index: '1', value: 17, unit: '%', label: 'CPU 1' }],
    interfaces: [],
    raw: [{ question: 'GET', name: '1.3.6.1.2.1.1.5.0', value: 'octets "router-balai"' }],
    isCut: false,
  };
  const leave = api.bus.hear((message) => {
    if (message.type !== 'poll-asked') return;
    const { askId } = message;
    api.bus.send({ type: 'poll-taken', askId, collector: 'utara' });
    for (const [part, text] of (toParts(said) ?? []).entries())
      api.bus.send({ type: 'poll-answered', askId, collector: 'utara', part, parts: toParts(said)?.length ?? 0, text });
  });
  await page.goto(`${url}/devices/${province.inside.device.id}`);

  await page.getByRole('button', { name: 'Tanya sekarang' }).click();

  await page.getByText('octets "router-balai"').waitFor();
  await page.getByText('Hidup menurut icmp (23,4 ms).').waitFor();
  leave();
});

test('a site is changed: what is entered outlives a reload, is saved, and is taken back', async () => {
  const { site } = province.inside;
  await page.goto(`${url}/sites/${site.id}/edit`);
  await page.getByLabel('Nama', { exact: true }).fill('Balai Desa Sukamaju');
  await page.getByRole('button', { name: /^Pin lokasi/ }).press('ArrowUp');
  await page.reload();
  await page.getByText('Isian yang belum tersimpan dari sebelumnya dipakai lagi.').waitFor();

  await page.getByRole('button', { name: 'Simpan' }).click();
  await page.getByText('tersimpan.').waitFor();
  const saved = await siteNow();
  await page.getByRole('button', { name: 'Urungkan' }).click();
  await page.getByText('Sudah diurungkan.').waitFor();

  expect(saved).toMatchObject({ name: 'Balai Desa Sukamaju', lat: -3.1999 });
  expect(await siteNow()).toMatchObject({ name: site.name, lat: -3.2 });
});

test('what somebody else changed meanwhile is shown beside one’s own before either is lost', async () => {
  const { site } = province.inside;
  await page.goto(`${url}/sites/${site.id}/edit`);
  await page.getByLabel('Penanggung jawab').fill('Bu Rina');
  await api.inventory.sites.update(site.id, { contact: 'Pak Joko' });

  await page.getByRole('button', { name: 'Simpan' }).click();
  const row = page.getByRole('row', { name: /Penanggung jawab/ });
  await row.getByText('Pak Joko').waitFor();
  const kept = (await siteNow())?.contact;
  await page.getByRole('button', { name: 'Simpan isian saya' }).click();
  await page.getByText('tersimpan.').waitFor();

  expect(kept).toBe('Pak Joko');
  expect((await siteNow())?.contact).toBe('Bu Rina');
});

test('a file is looked through first: its faults by row, its changes field by field, then it is stored', async () => {
  const csv = (await api.app.inject({ url: '/api/v1/inventory/export?format=csv&table=sites', headers: { cookie } }))
    .body;
  const give = (text: string) =>
    page.getByLabel(/Pilih berkas/).setInputFiles({ name: 'lokasi.csv', mimeType: '', buffer: Buffer.from(text) });
  await page.goto(`${url}/import`);

  await give(csv.replaceAll('16.71.01.1001,', '99.99.99.9999,'));
  await page.getByText(/Berkas ditolak: \d+ kesalahan/).waitFor();
  await give(csv.replace('Situs 16.71.01.1001-pop', 'POP Ilir'));
  await page.getByText('POP Ilir').waitFor();
  const before = (await api.inventory.sites.getByCode('16.71.01.1001-pop'))?.name;
  await page.getByRole('button', { name: 'Simpan semua' }).click();
  await page.getByText('Tersimpan: 0 baru, 1 berubah.').waitFor();

  expect(before).toBe('Situs 16.71.01.1001-pop');
  expect((await api.inventory.sites.getByCode('16.71.01.1001-pop'))?.name).toBe('POP Ilir');
});

/** Refuses the changes of an address, but only after `look` saw the screen as if they were stored. */
async function refusing(path: string, act: () => Promise<void>, look: () => Promise<void>): Promise<void> {
  let refuse = (): void => {};
  const looked = new Promise<void>((done) => {
    refuse = done;
  });
  const address = `**${path}`;
  await page.route(address, async (route) => {
    if (route.request().method() === 'GET') return await route.fallback();
    await looked;
    const problem = { type: 'about:blank', title: 'away', status: 503, code: 'store-unavailable' };
    await route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) });
  });
  await act();
  await look();
  refuse();
  await page.getByText('dikembalikan seperti semula').waitFor();
  await page.getByText('Penyimpanan data sedang tidak terjangkau').waitFor();
  await page.unroute(address);
}

test('a new name is shown at once, put back where it is refused, and kept for another try', async () => {
  const { site } = province.inside;
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  await page.goto(`${url}/sites/${site.id}`);
  await heading(site.name).waitFor();

  await refusing(
    `/api/v1/sites/${site.id}`,
    async () => {
      await page.getByRole('button', { name: 'Ubah nama' }).click();
      await page.getByLabel('Nama', { exact: true }).fill('Balai Baru');
      await page.keyboard.press('Enter');
    },
    async () => await heading('Balai Baru').waitFor(),
  );
  await heading(site.name).waitFor();
  expect((await siteNow())?.name).toBe(site.name);

  await page.getByRole('button', { name: 'Ubah lagi' }).click();
  await page.getByRole('button', { name: 'Simpan' }).click();
  await page.getByText('Nama diubah menjadi Balai Baru.').waitFor();
  expect((await siteNow())?.name).toBe('Balai Baru');
  await page.getByRole('button', { name: 'Urungkan' }).click();
  await page.getByText('Sudah diurungkan.').waitFor();
  expect((await siteNow())?.name).toBe(site.name);
});

test('who takes an incident is shown at once, and no longer where it was refused', async () => {
  const { id } = await incidentIn(api.inventory, province.inside.site.id);
  const { displayName = '' } = (await api.inventory.accounts.list({})).items[0] ?? {};
  const take = page.getByRole('button', { name: 'Tandai ditangani' });
  const nobody = page.getByText('belum ditangani', { exact: true });
  await page.goto(`${url}/incidents/${id}`);
  await take.waitFor();

  await refusing(
    `/api/v1/incidents/${id}/acknowledge`,
    async () => await take.click(),
    async () => await take.waitFor({ state: 'detached' }),
  );
  await take.waitFor();
  await page.reload();
  const assign = page.getByLabel('Tugaskan kepada');
  await assign.getByRole('option', { name: displayName }).waitFor({ state: 'attached' });
  await refusing(
    `/api/v1/incidents/${id}/assign`,
    async () => void (await assign.selectOption({ label: displayName })),
    async () => await nobody.waitFor({ state: 'detached' }),
  );

  await nobody.waitFor();
  expect(await api.inventory.incidents.get(id)).toMatchObject({ acknowledged: null, assignee: null });
});
