import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RumFigures } from '../../../core/contract/rum.ts';
import { layProvince, openTestApi, type Province, type TestApi } from '../../support/api.ts';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { builtSite } from '../../support/site.ts';

let api: TestApi;
let province: Province;
let browser: OpenBrowser;
let page: Page;
let url: string;
let cookie: string;
const complaints: string[] = [];

beforeAll(async () => {
  api = await openTestApi({ siteDir: await builtSite(), config: { rum: { alloyUrl: null } } });
  api.time.now = Date.now();
  province = await layProvince(api.inventory);
  cookie = (await api.signIn('admin')).cookie;
  await api.app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
  browser = await openBrowser();
  const [name = '', value = ''] = cookie.split('=');
  await browser.context.addCookies([{ name, value, url }]);
  page = await browser.context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load')) complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) complaints.push(`asked elsewhere: ${request.url()}`);
  });
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

const change = (payload: object) =>
  api.app.inject({ method: 'PATCH', url: `/api/v1/sites/${province.inside.site.id}`, payload, headers: { cookie } });
const overflow = () =>
  page.evaluate(() => {
    const main = document.querySelector('#content');
    return (
      document.documentElement.scrollWidth - innerWidth + (main === null ? 0 : main.scrollWidth - main.clientWidth)
    );
  });

test('the change history shows who did what, opens a row before and after, and keeps its filters in the address', async () => {
  await change({ name: 'Kantor Desa Sukamaju' });
  await change({ name: 'Balai Desa Sukamaju' });

  await page.goto(`${url}/audit`);
  await page.getByRole('button', { name: 'Mengubah lokasi' }).first().click();
  const detail = page.locator('.audit-fields');
  await detail.getByText('Kantor Desa Sukamaju').waitFor();
  await detail.getByText('Balai Desa Sukamaju').waitFor();
  expect(new URL(page.url()).searchParams.get('open')).not.toBeNull();

  await page.getByRole('searchbox').last().fill('tidak ada yang begini');
  await page.getByText('Tidak ada baris yang cocok.').waitFor();
  await page.goBack();
  await page.goto(`${url}/audit?target=${province.inside.site.id}&name=Balai`);
  await page.getByRole('link', { name: /Hanya: Balai/ }).waitFor();
  await page.getByRole('button', { name: 'Periksa keutuhan' }).click();
  await page.getByText(/Utuh: \d+ baris/).waitFor();

  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('button', { name: 'Mengubah lokasi' }).first().waitFor();
  expect(await overflow()).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('a real browser reports how its screens felt and what failed, and the screen of it shows both', async () => {
  await page.goto(`${url}/system/experience?connection=slow-2g`);
  await page.getByText('Belum ada ukuran pada rentang ini.').waitFor();
  const isAsked = page.waitForResponse(
    (answer) => answer.url().endsWith('/api/v1/rum') && answer.request().method() === 'GET',
  );
  await page.goto(`${url}/sites`);
  await isAsked;
  // Once the measuring part runs: until then nobody hears of an error, or of a page that is left.
  await page.waitForFunction(() => window.onerror !== null);
  const shows = (state: 'visible' | 'hidden'): Promise<void> =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, state);
  const goTo = async (name: string): Promise<void> => {
    await page.getByRole('link', { name, exact: true }).first().click();
    await page.getByRole('heading', { name, exact: true }).waitFor();
  };

  const figures = async (): Promise<RumFigures> =>
    (await api.app.inject({ url: '/api/v1/rum/figures', headers: { cookie } })).json<RumFigures>();
  const heard = async () => {
    // A screen that is left before its figures are there is not timed: the next one is.
    await shows('visible');
    await goTo('Perangkat');
    await goTo('Gangguan');
    await page.evaluate(() => {
      setTimeout(() => {
        throw new TypeError('cannot read "Budi" of 12');
      });
    });
    // What a reader does on leaving: vitals are told as the page is hidden.
    await shows('hidden');
    const { errors, all } = await figures();
    const { ready, lcp } = all.vitals;
    return { errors: errors.map(({ sample }) => sample), hasReady: ready !== null, hasLcp: lcp !== null };
  };
  await expect
    .poll(heard, { timeout: 45_000, interval: 500 })
    .toEqual({ errors: ['TypeError: cannot read <text> of #'], hasReady: true, hasLcp: true });

  await page.goto(`${url}/system/experience`);
  await page.getByText('cannot read <text> of #').waitFor();
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await overflow()).toBeLessThanOrEqual(0);
  expect(complaints.filter((complaint) => !complaint.includes('Budi'))).toEqual([]);
});
