import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../../support/api.ts';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { layCoverage } from '../../support/coverage-province.ts';
import { builtSite } from '../../support/site.ts';

const WAIT = 90_000;

let api: TestApi;
let browser: OpenBrowser;
let page: Page;
const complaints: string[] = [];
beforeAll(async () => {
  api = await openTestApi({ siteDir: await builtSite() });
  await layCoverage(api.inventory);
  const url = await api.app.listen({ port: 0, host: '127.0.0.1' });
  browser = await openBrowser({ baseURL: url, acceptDownloads: true });
  const [name = '', value = ''] = (await api.signIn('planner')).cookie.split('=');
  await browser.context.addCookies([{ name, value, url }]);
  page = await browser.context.newPage();
  page.setDefaultTimeout(WAIT);
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

test('a planner begins with coverage, follows a figure to its villages and comes back to what was there', async () => {
  await page.goto('/');
  const sentence = page.locator('.plan-sentence');
  await sentence.waitFor();
  expect(new URL(page.url()).pathname).toBe('/coverage');
  const said = (await sentence.textContent()) ?? '';

  await sentence.locator('a').first().click();
  const listed = Number.parseInt((await page.getByText(/^\d+ desa dan kelurahan\. Penyebut/).textContent()) ?? '', 10);
  await page.goBack();
  await sentence.waitFor();

  expect(said).toMatch(
    /^\d+ dari 60 desa dan kelurahan \(\d+,\d %\) dalam program; \d+ hidup dua-duanya; \d+ tanpa titik\.$/,
  );
  expect(listed).toBe(Number(/^\d+/.exec(said)?.[0]));
  expect(await page.locator('.plan-basis').textContent()).toContain('edisi 2025-06');
});

test('the address holds the region, the kind and what is picked, in the table and on the map alike', async () => {
  await page.goto('/coverage?of=desa');
  await page.getByRole('button', { name: 'Urutkan menurut Wilayah' }).click();
  const row = page.locator('.plan-table tbody tr').nth(1);
  await row
    .locator('td')
    .nth(3)
    .click({ position: { x: 2, y: 2 } });
  await page.locator('.plan-picked strong').waitFor();
  expect(await page.locator('.plan-picked strong').textContent()).toBe('regency 16.02');
  expect(await row.getAttribute('data-picked')).toBe('true');

  await page.getByRole('link', { name: 'Rinci regency 16.02' }).click();
  await page.getByRole('link', { name: 'Rinci district 16.02.01' }).waitFor();
  expect(page.url()).toMatch(/region=16\.02/);
  expect(page.url()).toMatch(/of=desa/);
  await page.goBack();
  await page.getByRole('link', { name: 'Rinci regency 16.02' }).waitFor();
});

test('the map and the table become pictures, and the map is ready for paper', async () => {
  await page.locator('.plan-files summary').click();
  for (const name of ['Peta PNG', 'Tabel PNG']) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name, exact: true }).click(),
    ]);
    const bytes = await readFile(await download.path());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    // Twice as fine as its 1,120 (map) or 1,274 (table) pixels.
    expect([2240, 2548]).toContain(bytes.readUInt32BE(16));
  }
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const inked = await page.locator('canvas.plan-paper').evaluate((canvas: HTMLCanvasElement) => canvas.width);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  expect(inked).toBe(2240);
});

test('a planner says where a village stands, and the history tells who did', async () => {
  await page.goto('/coverage/gaps');
  await page.locator('tbody tr th a').first().click();
  await page.locator('.plan-form select').selectOption('blocked-by-terrain');
  await page.locator('.plan-form textarea').fill('Bukit di antara desa dan menara');
  await page.getByRole('button', { name: 'Simpan status' }).click();

  await page
    .getByText(/→ Terkendala medan/)
    .first()
    .waitFor();
  expect(await page.locator('.plan-history').textContent()).toContain('Bukit di antara desa dan menara');
});

test('nothing must be pushed sideways on a phone', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [path, ready] of [
    ['/coverage', '.plan-table tbody tr'],
    ['/coverage/villages', 'tbody tr'],
    ['/coverage/gaps', 'tbody tr'],
    ['/coverage/programme/16.01', '.plan-form'],
  ] as const) {
    await page.goto(path);
    await page.locator(ready).first().waitFor();
    const over = await page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      ...[...document.querySelectorAll('.table-box')].map((box) => box.scrollWidth - box.clientWidth),
    ]);
    expect([path, Math.max(...over)]).toEqual([path, 0]);
  }
  expect(complaints).toEqual([]);
});
