import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MINUTE } from '../../../core/domain/clock.ts';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { type Hotspot, MAC, openHotspot } from './support/hotspot.ts';

/** A satellite line at its evening: 256 kbit/s, 600 ms there and back. */
const LINE = { offline: false, latency: 600, downloadThroughput: 32_000, uploadThroughput: 16_000 };
const FIRST_PAINT_MS = 4_000;

let hotspot: Hotspot;
let browser: OpenBrowser;
beforeAll(async () => {
  hotspot = await openHotspot();
  browser = await openBrowser({
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: false,
    hasTouch: true,
    isMobile: true,
  });
});
afterAll(async () => {
  await browser.close();
  await hotspot.close();
});

async function openPage(): Promise<{ page: Page; devtools: CDPSession; asked: string[] }> {
  hotspot.time.now += 10 * MINUTE;
  const page = await browser.context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => void (request.url().startsWith('data:') || asked.push(request.url())));
  const devtools = await browser.context.newCDPSession(page);
  await devtools.send('Network.enable');
  return { page, devtools, asked };
}

/** From the begin of the way, the gateway's redirect included; null where the browser did not say. */
const firstPaintMs = (page: Page): Promise<number | null> =>
  page.evaluate(() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    return paint === undefined ? null : Math.round(paint.startTime);
  });

test('on a satellite line a citizen is online after one tap, without script, from one page', async () => {
  const { page, devtools, asked } = await openPage();
  await devtools.send('Network.emulateNetworkConditions', LINE);
  const startedAt = performance.now();
  await page.goto(`http://127.0.0.1:${hotspot.router.port}/`, { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Setuju dan masuk' }).waitFor();
  const shownMs = Math.round(performance.now() - startedAt);
  await page.waitForLoadState('load');
  const paintMs = await firstPaintMs(page);
  const requestsBefore = asked.length;

  await page.getByRole('button', { name: 'Setuju dan masuk' }).tap();
  await page.getByRole('heading', { name: 'Anda sudah tersambung' }).waitFor();
  const onlineMs = Math.round(performance.now() - startedAt);

  console.info(
    `satellite line: first paint ${paintMs} ms (at most ${FIRST_PAINT_MS}), button after ${shownMs} ms, online ${onlineMs} ms, one tap`,
  );
  expect(requestsBefore).toBe(2);
  expect(asked.every((url) => new URL(url).hostname === '127.0.0.1')).toBe(true);
  expect(hotspot.router.online.has(MAC)).toBe(true);
  expect(page.url()).toContain('/s/');
  await page.close();
});

test('the page of click-through fits a small telephone without scrolling, its targets a thumb', async () => {
  const { page } = await openPage();
  await page.goto(hotspot.arrival());

  const { height } = (await page.locator('body').boundingBox()) ?? { height: Number.NaN };
  const targets = await page.locator('button, summary, footer a').all();
  const heights = await Promise.all(targets.map(async (one) => (await one.boundingBox())?.height ?? 0));

  expect(height).toBeLessThanOrEqual(740);
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  await page.close();
});

test('a screen reader hears where it is, the terms, the fields with their labels and the button', async () => {
  const { inventory, siteId, time } = hotspot;
  const methods = ['terms', 'voucher'].map((kind) => ({ kind, planId: null, settings: {} }));
  await inventory.portal.sites.update(siteId, { methods, news: true, announcement: 'Posyandu hari Kamis.' }, time.now);
  const { page } = await openPage();
  await page.goto(hotspot.arrival());

  const language = await page.locator('html').getAttribute('lang');
  const terms = page.getByRole('button', { name: 'Setuju dan masuk' }).first();
  await page.getByText('Baca ketentuan selengkapnya').tap();
  await page.getByText('Masuk dengan voucher').tap();
  await page.getByLabel('Kode voucher').fill('1234567890');
  const isTicked = await page.getByLabel('Saya juga mau menerima kabar').first().isChecked();
  await page.getByRole('button', { name: 'Setuju dan masuk' }).nth(1).tap();
  await page.getByLabel('Kode voucher').waitFor();
  const described = await page.getByLabel('Kode voucher').getAttribute('aria-describedby');
  const unlabelled = await page
    .locator('input:not([type=hidden])')
    .evaluateAll((inputs) => inputs.filter((input) => (input as HTMLInputElement).labels?.length !== 1).length);

  await inventory.portal.sites.update(
    siteId,
    { methods: methods.slice(0, 1), news: false, announcement: '' },
    time.now,
  );
  expect(language).toBe('id');
  expect(await terms.count()).toBe(1);
  expect(isTicked).toBe(false);
  expect(described).toContain('voucher-code-e');
  expect(unlabelled).toBe(0);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Wi-Fi Gratis Desa Sukamaju');
  await page.close();
});

test('in English the way is the same, and stays English to its end', async () => {
  const { page } = await openPage();
  await page.goto(hotspot.arrival());

  await page.getByRole('link', { name: 'English' }).tap();
  await page.getByRole('button', { name: 'Agree and enter' }).tap();
  await page.getByRole('heading', { name: 'You are connected' }).waitFor();
  const language = await page.locator('html').getAttribute('lang');
  await page.getByRole('button', { name: 'Log out of the Wi-Fi' }).tap();
  await page.getByRole('button', { name: 'Setuju dan masuk' }).waitFor();

  expect(language).toBe('en');
  expect(hotspot.router.online.has(MAC)).toBe(false);
  await page.close();
});
