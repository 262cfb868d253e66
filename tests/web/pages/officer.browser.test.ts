import type { AddressInfo } from 'node:net';
import type { BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { en } from '../../../api/officer/texts/en.ts';
import { id } from '../../../api/officer/texts/id.ts';
import { MINUTE } from '../../../core/domain/clock.ts';
import { layProvince, NOON, openTestApi, type Province, type TestApi } from '../../support/api.ts';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { incidentIn, type LaidIncident } from '../../support/incidents.ts';
import { mendAll, tokenFor } from '../../support/officer.ts';
import { builtSite } from '../../support/site.ts';

const VILLAGE = '16.03.11.2009';
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;
/** Something to look at what a page is like; set it to a folder to keep pictures of every step. */
const SHOTS = process.env['SIMPUL_SHOTS'] ?? '';

let api: TestApi;
let province: Province;
let url: string;
let browser: OpenBrowser;
let page: Page;
let incident: LaidIncident;
let asked: string[];

beforeAll(async () => {
  api = await openTestApi({ siteDir: await builtSite() });
  province = await layProvince(api.inventory);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await api?.close();
});
beforeEach(async () => {
  api.time.now = NOON + 130 * MINUTE;
  incident = await incidentIn(api.inventory, province.inside.site.id);
});
afterEach(async () => {
  await browser?.close();
});

async function openPhone(options: BrowserContextOptions = {}): Promise<void> {
  browser = await openBrowser({ ...PHONE, ...options });
  page = await browser.context.newPage();
  asked = [];
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await page.goto(`${url}/d/${tokenFor(incident.id, VILLAGE)}`);
}
const tap = (name: string) => page.getByRole('button', { name }).tap();
const isTooWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
async function shoot(name: string): Promise<void> {
  if (SHOTS !== '') await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}
/** A photograph as a telephone takes it: large, and saying where. */
const largePhoto = () =>
  sharp({
    create: {
      width: 4000,
      height: 3000,
      channels: 3,
      background: 'grey',
      noise: { type: 'gaussian', mean: 120, sigma: 20 },
    },
  })
    .jpeg({ quality: 70 })
    .toBuffer();
const photos = () => api.inventory.photos.of(incident.id, api.time.now);

describe.each([
  ['light', 'with scripts', true],
  ['dark', 'without scripts', false],
] as const)('an officer at 360 px, %s, %s', (colorScheme, _, javaScriptEnabled) => {
  test('answers in three taps and a photograph', async () => {
    await openPhone({ colorScheme, javaScriptEnabled });
    await page.getByRole('heading', { name: id.lamp.ask }).waitFor();
    await shoot(`${colorScheme}-1-lamp`);
    const wide = [javaScriptEnabled && (await isTooWide())];

    await tap(id.lamp.answers.off);
    await page.getByRole('heading', { name: id.plug.ask }).waitFor();
    await shoot(`${colorScheme}-2-plug`);
    await tap(id.plug.answers.in);
    await page.getByRole('heading', { name: id.photo.ask }).waitFor();
    // Where scripts run, choosing is sending.
    if (javaScriptEnabled) await page.locator('.scripted').waitFor();
    await shoot(`${colorScheme}-3-photo`);
    const file = await largePhoto();
    await page.locator('input[type=file]').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: file });
    if (!javaScriptEnabled) await tap(id.photo.send);
    await page.getByRole('heading', { name: id.done.title }).waitFor();
    await shoot(`${colorScheme}-4-done`);
    wide.push(javaScriptEnabled && (await isTooWide()));

    await page.getByText(id.advice['try-socket']).waitFor();
    expect(wide).toEqual([false, false]);
    expect((await photos()).map(({ width, height }) => [width, height])).toEqual([[1600, 1200]]);
    expect((await api.inventory.officerAnswers.of(incident.id)).map(({ answer }) => answer)).toEqual(['off', 'in']);
    expect(await page.evaluate(() => document.cookie).catch(() => '')).toBe('');
    const other = asked.filter((one) => !/^(GET|POST) \/d\//.test(one));
    expect(other).toEqual(javaScriptEnabled ? ['GET /assets/officer.js'] : []);
  });
});

test('the telephone makes a photograph small before it leaves', async () => {
  await openPhone();
  await tap(id.lamp.answers.on);
  await page.getByRole('heading', { name: id.photo.ask }).waitFor();
  const file = await largePhoto();
  const posted = page.waitForRequest((request) => request.method() === 'POST');

  await page.locator('input[type=file]').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: file });

  const sizes = await (await posted).sizes();
  expect(file.length).toBeGreaterThan(1_000_000);
  expect(sizes.requestBodySize).toBeLessThan(file.length / 2);
  await page.getByRole('heading', { name: id.done.title }).waitFor();
});

test('every answer is large enough for a thumb, and read in both themes', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await openPhone({ colorScheme });
    const heights = await page
      .getByRole('button')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    const colours = await page.evaluate(() =>
      ['h1', 'h2', 'button', '.hint', '.down'].map((selector) => {
        const element = document.querySelector(selector);
        return element === null ? '' : getComputedStyle(element).color;
      }),
    );

    expect(Math.min(...heights)).toBeGreaterThanOrEqual(56);
    expect(new Set(colours).has('')).toBe(false);
    await browser.close();
  }
});

test('a broken link and one that is over say so, with the way out', async () => {
  await openPhone();
  const shown: string[] = [];
  for (const [name, address] of [
    ['5-wrong', `/d/${'A'.repeat(56)}`],
    ['6-expired', `/d/${tokenFor(incident.id, VILLAGE, () => NOON - 9 * 86_400_000)}`],
  ] as const) {
    await page.goto(url + address);
    shown.push((await page.getByRole('heading').textContent()) ?? '');
    await page.getByRole('link', { name: id.call('0711-351000') }).waitFor();
    await shoot(name);
  }
  await api.inventory.sql.run('UPDATE incident SET ended_at = $2, closed_at = $2 WHERE id = $1', [
    incident.id,
    new Date(api.time.now),
  ]);
  await mendAll(api.inventory);
  await page.goto(`${url}/d/${tokenFor(incident.id, VILLAGE)}`);
  await page.getByRole('heading', { name: id.over.title }).waitFor();
  await shoot('7-over');
  await page.getByRole('link', { name: 'English' }).tap();
  await page.getByRole('heading', { name: en.over.title }).waitFor();

  expect(shown).toEqual([id.problem.wrong.title, id.problem.expired.title]);
});
