import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { builtSite } from '../../support/site.ts';
import { StubApi } from '../support/stub-api.ts';

let browser: OpenBrowser;
let stub: StubApi;
let page: Page;
beforeAll(async () => {
  stub = await StubApi.start({ siteDir: await builtSite(), role: 'agency' });
  browser = await openBrowser({ viewport: { width: 360, height: 740 } });
  page = await browser.context.newPage();
}, 180_000);
afterAll(async () => {
  await browser.close();
  await stub.stop();
});

test('an agency lands on its own screen, which asks nothing that is refused to it', async () => {
  const asked = new Set<string>();
  page.on('request', (request) => asked.add(new URL(request.url()).pathname.replace(/[0-9a-f-]{36}/, 'ID')));

  await page.goto(`${stub.url}/`);
  await page.getByText('terpenuhi').first().waitFor();

  expect(new URL(page.url()).pathname).toBe('/agency');
  const refused = ['summary', 'coverage', 'map', 'now', 'search', 'regions'].map((name) => `/api/v1/${name}`);
  expect([...asked].filter((path) => refused.includes(path))).toEqual([]);
  expect(await page.getByRole('navigation').getByRole('link').allTextContents()).toEqual(
    expect.arrayContaining(['Instansi', 'Gangguan', 'Perangkat']),
  );
  expect(await page.getByRole('link', { name: 'Peta' }).count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
}, 120_000);

test('where the server does not answer, the screen says so and offers another try', async () => {
  stub.bend('/api/v1/sites/', { status: 503, code: 'store-unavailable' });

  await page.goto(`${stub.url}/agency`);
  const retry = page.getByRole('button', { name: 'Ulangi' });
  await retry.waitFor();
  stub.straighten();
  await retry.click();

  await page.getByText('Jaringan instansi').waitFor();
}, 120_000);
