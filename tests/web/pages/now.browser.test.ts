import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { builtSite } from '../../support/site.ts';
import { StubApi } from '../support/stub-api.ts';

let browser: OpenBrowser;
let stub: StubApi;
let page: Page;

const rows = () => page.locator('.now-row');
const title = (at: number) => rows().nth(at).locator('a.name');
const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');

beforeAll(async () => {
  stub = await StubApi.start({ siteDir: await builtSite(), role: 'engineer' });
  browser = await openBrowser();
  page = await browser.context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await stub?.stop();
});
beforeEach(async () => {
  await page.goto(stub.url);
  await rows().first().waitFor();
});

test('the first screen of an engineer says what is broken, and keys alone walk it, take one and open it', async () => {
  const weights = stub.incidents.all().filter(({ closedAt }) => closedAt === null).length;
  expect(await rows().count()).toBe(weights);
  const [first, second] = [await title(0).textContent(), await title(1).textContent()];

  await page.keyboard.press('j');
  expect(await focused()).toBe(first);
  await page.keyboard.press('j');
  expect(await focused()).toBe(second);
  await page.keyboard.press('k');
  await page.keyboard.press('a');
  await rows().first().locator('.now-who').getByText('Anda').waitFor();
  await page.keyboard.press('Enter');

  await page
    .locator('#content')
    .getByRole('heading', { level: 1, name: first ?? '' })
    .waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/incidents\//);
});

test('what the server refuses is taken back, and said', async () => {
  const taken = rows().filter({ has: page.getByRole('button', { name: /^Tangani/ }) });
  const waiting = await taken.count();
  stub.bend('/api/v1/incidents', { status: 503, code: 'store-unavailable' });

  await taken
    .first()
    .getByRole('button', { name: /^Tangani/ })
    .click();

  await rows().getByText('Belum tersimpan').waitFor();
  expect(await taken.count()).toBe(waiting);
  stub.straighten();
});

test('the address of the map as it once was leads to the map', async () => {
  await page.goto(`${stub.url}/?measure=coverage&region=16.04`);

  await page.waitForURL(/\/map\?/);
  expect(new URL(page.url()).searchParams.get('measure')).toBe('coverage');
});

test('Ctrl-K finds by address, opens on the map with Ctrl-Enter, and remembers', async () => {
  const device = stub.province.devices.find(({ kind }) => kind === 'router');
  if (device === undefined) throw new Error('the stub has no router');

  await page.keyboard.press('Control+k');
  await page.keyboard.type(device.mac ?? device.host);
  await page.getByRole('option').getByText(device.name, { exact: true }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/map\?/);
  await page.keyboard.press('/');
  await page.getByRole('group', { name: 'Terakhir dibuka' }).getByText(device.name, { exact: true }).waitFor();
  await page.keyboard.press('Enter');

  await page.waitForURL(new RegExp(`/devices/${device.id}`));
});

test('fits a narrow phone', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(360);
  await page.setViewportSize({ width: 1280, height: 800 });
});
