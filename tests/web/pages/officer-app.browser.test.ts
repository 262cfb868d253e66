import type { AddressInfo } from 'node:net';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { id } from '../../../api/officer/texts/id.ts';
import { MINUTE } from '../../../core/domain/clock.ts';
import { layProvince, NOON, openTestApi, PASSWORD, type Province, type TestApi } from '../../support/api.ts';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { incidentIn } from '../../support/incidents.ts';
import { smallPhoto } from '../../support/officer.ts';
import { builtSite } from '../../support/site.ts';
import { type BadLine, badLine } from '../support/bad-line.ts';

const VILLAGE = '16.03.11.2009';
const OTHER = '16.71.01.1001';
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } as const;
/** 400 kbit/s and 600 ms from here to there and back, on a processor a quarter as fast. */
const SLOW = { offline: false, latency: 600, downloadThroughput: 50_000, uploadThroughput: 50_000 } as const;
const MOST_BYTES = 60 * 1024;
/** Where to keep pictures of every step; nowhere by default. */
const SHOTS = process.env['SIMPUL_SHOTS'] ?? '';

let api: TestApi;
let province: Province;
let line: BadLine;
let browser: OpenBrowser;
let page: Page;
let devtools: CDPSession;

beforeAll(async () => {
  const [siteDir, opened] = await Promise.all([builtSite(), openBrowser(PHONE)]);
  browser = opened;
  page = await browser.context.newPage();
  devtools = await browser.context.newCDPSession(page);
  await devtools.send('Network.enable');
  api = await openTestApi({ siteDir });
  api.time.now = NOON + 130 * MINUTE;
  province = await layProvince(api.inventory);
  await incidentIn(api.inventory, province.inside.site.id);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  line = await badLine((api.app.server.address() as AddressInfo).port);
});
afterAll(async () => {
  await browser?.close();
  await line?.close();
  await api?.close();
});

async function shoot(name: string): Promise<void> {
  if (SHOTS === '') return;
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${SHOTS}/app-${name}-${colorScheme}.png`, fullPage: true });
  }
}
async function signIn(region: string): Promise<void> {
  const { account } = await api.signIn('officer', region);
  await page.goto(`${line.url}/desa`);
  await page.getByLabel(id.app.nameField).fill(account.name);
  await page.getByLabel(id.app.password).fill(PASSWORD);
  await shoot('1-sign-in');
  await page.getByRole('button', { name: id.app.signIn }).tap();
}
const village = () => page.getByRole('heading', { level: 1, name: 'Desa Sukamaju' });
/** A telephone widens its window to what does not fit: the width of its screen counts. */
const isTooWide = () => page.evaluate((width) => document.documentElement.scrollWidth > width, PHONE.viewport.width);
const kept = () =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('desa-kept-')).length);
const wakeUp = () => page.evaluate(() => dispatchEvent(new Event('online')));
const reports = () => api.inventory.officerReports.of(VILLAGE, 0);

test('on a slow line and a slow telephone the village is there within a few kilobytes', async () => {
  await signIn(VILLAGE);
  await village().waitFor();
  await page.waitForFunction(async () => (await caches.keys()).some((name) => name.startsWith('desa-kept-')));
  const cookies = await browser.context.cookies();
  // As on the very first visit: no worker, nothing kept.
  await page.evaluate(async () => {
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await page.goto('about:blank');
  await devtools.send('Network.clearBrowserCache');
  await devtools.send('Network.emulateNetworkConditions', SLOW);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  let bytes = 0;
  const count = ({ encodedDataLength }: { encodedDataLength: number }): void => {
    bytes += encodedDataLength;
  };
  devtools.on('Network.loadingFinished', count);
  const startedAt = performance.now();

  await page.goto(`${line.url}/desa`, { waitUntil: 'commit' });
  await page.getByText(id.app.now).waitFor();
  const tookMs = performance.now() - startedAt;
  await page.waitForLoadState('load');

  devtools.off('Network.loadingFinished', count);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await devtools.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 },
  });
  console.log(`officer app, 400 kbit/s, 600 ms, CPU / 4: ${Math.round(tookMs)} ms, ${bytes} bytes to the first state`);
  expect(cookies).toHaveLength(1);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(MOST_BYTES);
});

test('it fits a small telephone, in large letters too, and everything has a name and room for a thumb', async () => {
  await page.goto(`${line.url}/desa`);
  await shoot('2-village');
  const wide = [await isTooWide()];
  await page.getByText(id.app.report, { exact: true }).tap();
  await shoot('3-report');
  wide.push(await isTooWide());
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  wide.push(await isTooWide());
  await shoot('4-large');
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));

  const controls = await page.locator('a, button, summary, input:not([type=hidden]), textarea').evaluateAll((all) =>
    all
      .filter((one) => (one as HTMLElement).offsetParent !== null && one.getBoundingClientRect().width > 1)
      .map((one) => {
        const field = one as HTMLInputElement;
        const label = field.labels?.[0]?.textContent ?? '';
        const box = (field.type === 'radio' ? field.closest('label') : one)?.getBoundingClientRect();
        return { name: (label || one.textContent || '').trim(), height: box?.height ?? 0 };
      }),
  );
  const outline = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title,
    h1: document.querySelectorAll('h1').length,
    main: document.querySelectorAll('main').length,
    loose: [...document.querySelectorAll('svg:not([aria-hidden])')].length,
    ids: [...document.querySelectorAll('[id]')].map((one) => one.id),
  }));

  expect(wide).toEqual([false, false, false]);
  expect(controls.length).toBeGreaterThan(8);
  expect(controls.filter(({ name, height }) => name === '' || height < 24)).toEqual([]);
  expect(outline).toMatchObject({ lang: 'id', title: 'Wi-Fi Desa Sukamaju', h1: 1, main: 1, loose: 0 });
  expect(new Set(outline.ids).size).toBe(outline.ids.length);
});

test('with the line dead it shows the last state and its age; a report waits, and goes once when it is back', async () => {
  await page.goto(`${line.url}/desa`);
  await page.waitForFunction(async () => (await caches.keys()).some((name) => name.startsWith('desa-kept-')));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  line.isDead = true;

  await page.reload();
  await page.getByText(id.app.stale).waitFor();
  await village().waitFor();
  const age = await page.locator('[data-age]').textContent();
  await page.getByText(id.app.report, { exact: true }).tap();
  await page.getByText(id.app.reportKind.damaged).tap();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: await smallPhoto() });
  await page.getByText(id.app.waiting).waitFor();
  await shoot('5-dead-line');
  const before = await reports();
  await page.reload();
  await page.getByText(id.app.waiting).waitFor();
  line.isDead = false;
  await wakeUp();
  await page.getByText(id.app.reportKept).waitFor();
  await shoot('6-sent');

  const after = await reports();
  expect(age).toMatch(/^(\d+ \w+ )?14[.:]10/);
  expect(before).toEqual([]);
  expect(after.map(({ kind }) => kind)).toEqual(['damaged']);
  expect(await page.getByText(id.app.waiting).count()).toBe(0);
  expect(await page.locator('html[data-stale]').count()).toBe(0);
});

test('in three taps a problem is reported', async () => {
  await page.goto(`${line.url}/desa`);
  const before = (await reports()).length;

  await page.getByText(id.app.report, { exact: true }).tap();
  await page.getByText(id.app.reportKind.slow).tap();
  await page.getByRole('button', { name: id.app.send }).tap();
  await page.getByText(id.app.reportKept).waitFor();

  expect((await reports()).length).toBe(before + 1);
});

test('whoever signs out leaves nothing behind, and the next one sees their own village alone', async () => {
  await page.goto(`${line.url}/desa`);
  const keptBefore = await kept();
  await page.getByRole('button', { name: id.app.signOut }).tap();
  await page.getByRole('heading', { name: id.app.signInTitle }).waitFor();
  const keptAfter = await kept();
  line.isDead = true;
  await page.goto(`${line.url}/desa`).catch(() => null);
  const dead = await page.evaluate(() => document.body.textContent);
  line.isDead = false;
  await signIn(OTHER);
  await page.getByRole('heading', { level: 1, name: 'Kelurahan 35 Ilir' }).waitFor();
  await page.waitForFunction(async () => (await caches.keys()).some((name) => name.startsWith('desa-kept-')));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  line.isDead = true;
  await page.reload();
  await page.getByText(id.app.stale).waitFor();
  const other = await page.evaluate(() => document.body.textContent);
  line.isDead = false;

  expect([keptBefore, keptAfter, await kept()]).toEqual([1, 0, 1]);
  expect(dead).not.toContain('Sukamaju');
  expect(other).not.toContain('Sukamaju');
});

test('whoever signs out on a dead line is out, there and at the server', async () => {
  await page.goto(`${line.url}/desa`);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  line.isDead = true;
  await page.getByRole('button', { name: id.app.signOut }).tap();
  await page.getByRole('heading', { name: id.app.lineTitle }).waitFor();
  await page.goto(`${line.url}/desa`);
  await page.getByRole('heading', { name: id.app.lineTitle }).waitFor();
  line.isDead = false;
  await page.goto(`${line.url}/desa`);

  await page.getByRole('heading', { name: id.app.signInTitle }).waitFor();
});

test('the role sees nothing else of the web', async () => {
  const { cookie } = await api.signIn('officer', VILLAGE);
  const [name = '', value = ''] = cookie.split('=');
  await browser.context.addCookies([{ name, value, url: line.url }]);

  await page.goto(`${line.url}/devices`);

  await village().waitFor();
  expect(new URL(page.url()).pathname).toBe('/desa');
});
