import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WALL_SCENES } from '../../../core/domain/wall.ts';
import { layProvince, openTestApi, type TestApi } from '../../support/api.ts';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { builtSite } from '../../support/site.ts';
import { wallViewAt } from '../support/wall-view.ts';

const WAIT = { timeout: 90_000, interval: 50 };
const TOKEN = 'a'.repeat(43);
const NOON = Date.UTC(2026, 10, 21, 5);

let api: TestApi;
let browser: OpenBrowser;
let page: Page;
/** One wall for all that is done by hand: its clock is the whole browser's. */
let wall: Page;
let url: string;
const complaints: string[] = [];

beforeAll(async () => {
  api = await openTestApi({ siteDir: await builtSite() });
  api.time.now = Date.now();
  await layProvince(api.inventory);
  await api.app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
  browser = await openBrowser({ viewport: { width: 1920, height: 1080 } });
  page = await opened();
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

async function opened(): Promise<Page> {
  const next = await browser.context.newPage();
  next.on('pageerror', (error) => complaints.push(error.message));
  next.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load')) complaints.push(message.text());
  });
  return next;
}

/** A wall whose server is in the test's hands, at a clock that is moved by hand. */
async function byHand(on: Page): Promise<void> {
  await on.clock.install({ time: NOON });
  await on.route('**/api/v1/wall/**', async (route) => {
    const now = await on.evaluate(() => Date.now());
    const headers = { date: new Date(now).toUTCString() };
    const isShapes = route.request().url().endsWith('/shapes');
    if (isShapes) return await route.fulfill({ status: 404, headers, json: { code: 'not-found' } });
    return await route.fulfill({ headers, json: wallViewAt(now) });
  });
}

test('an admin makes a wall, whose address shows it to nobody in particular until it is revoked', async () => {
  const { cookie } = await api.signIn('admin');
  const [name = '', value = ''] = cookie.split('=');
  await browser.context.addCookies([{ name, value, url }]);
  await page.goto(`${url}/walls`);
  await page.getByText('Belum ada layar dinding').waitFor();
  await page.getByRole('button', { name: 'Buat layar' }).click();
  await page.getByLabel('Nama').fill('Lobi');
  await page.getByRole('checkbox', { name: 'Kamera dan situs web' }).uncheck();
  await page.getByRole('button', { name: 'Majukan Gangguan sekarang' }).click();
  await page.getByRole('button', { name: 'Buat layar' }).click();
  const address = await page.getByLabel('Alamat layar').inputValue();
  expect(address.startsWith(`${url}/wall/`)).toBe(true);

  await browser.context.clearCookies();
  const shown = await opened();
  await shown.goto(address);
  await shown.getByText('Sumatera Selatan · Lobi').waitFor();
  expect(await shown.locator('.wall-turns > li').count()).toBe(5);
  await shown.close();

  await browser.context.addCookies([{ name, value, url }]);
  await page.reload();
  await page.getByRole('button', { name: 'Cabut' }).click();
  await page.getByRole('button', { name: 'Cabut sekarang?' }).click();
  await page.getByText('Belum ada layar dinding').waitFor();
  await page.goto(address);
  await page.getByText('Alamat ini tidak berlaku lagi').waitFor();
});

test('the governor sees the province in one screen of a phone', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${url}/ringkas`);
  await page.getByText('Paling perlu perhatian').waitFor();
  await page.locator('canvas').waitFor();

  const hidden = await page.evaluate(() => {
    const main = document.querySelector('#content');
    return main === null ? [-1] : [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth];
  });

  expect(hidden.every((more) => more <= 0 && more !== -1)).toBe(true);
  await page.setViewportSize({ width: 1920, height: 1080 });
});

test('every scene is whole and large on a wall, the same at twice the size', async () => {
  await page.close();
  wall = await opened();
  await byHand(wall);
  for (const [width, unit] of [
    [1920, 1],
    [3840, 2],
  ] as const) {
    await wall.setViewportSize({ width, height: (width * 9) / 16 });
    await wall.goto(`${url}/wall/${TOKEN}`);
    for (const scene of WALL_SCENES) {
      await expect
        .poll(async () => {
          const shown = await wall.locator('.wall-scene').getAttribute('data-scene');
          if (shown !== scene) await wall.clock.fastForward(20_000);
          return shown;
        }, WAIT)
        .toBe(scene);
      const found = await wall.evaluate(() => {
        const texts = [...document.querySelectorAll<Element>('.wall *')].filter((node) =>
          [...node.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim() !== ''),
        );
        const sizes = texts.map((node) => {
          const px = Number.parseFloat(getComputedStyle(node).fontSize);
          const matrix = node instanceof SVGGraphicsElement ? (node.getScreenCTM()?.a ?? 1) : 1;
          return px * matrix;
        });
        const beyond = [...document.querySelectorAll('.wall-panel')].filter(
          (panel) => panel.scrollHeight > panel.clientHeight + 2 || panel.scrollWidth > panel.clientWidth + 2,
        );
        return { smallest: Math.min(...sizes), beyond: beyond.length };
      });
      expect([scene, found.beyond]).toEqual([scene, 0]);
      expect(found.smallest, scene).toBeGreaterThanOrEqual(23.9 * unit);
    }
  }
  expect(complaints).toEqual([]);
});
