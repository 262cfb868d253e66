import type { AddressInfo } from 'node:net';
import type { CDPSession, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
let asked: string[] = [];
let devtools: CDPSession;

/** One browser for all: its start costs more than what is looked at. */
beforeAll(async () => {
  const [siteDir, opened] = await Promise.all([builtSite(), openBrowser(PHONE)]);
  browser = opened;
  page = await browser.context.newPage();
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  devtools = await browser.context.newCDPSession(page);
  api = await openTestApi({ siteDir });
  province = await layProvince(api.inventory);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});
beforeEach(async () => {
  api.time.now = NOON + 130 * MINUTE;
  incident = await incidentIn(api.inventory, province.inside.site.id);
});

async function openPage({
  colorScheme = 'light',
  javaScriptEnabled = true,
}: {
  readonly colorScheme?: 'light' | 'dark';
  readonly javaScriptEnabled?: boolean;
} = {}): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await devtools.send('Emulation.setScriptExecutionDisabled', { value: !javaScriptEnabled });
  asked = [];
  await page.goto(`${url}/d/${tokenFor(incident.id, VILLAGE)}`);
}
const tap = (name: string) => page.getByRole('button', { name }).tap();
/** A telephone widens its window to what does not fit: the width of its screen counts. */
const isTooWide = () => page.evaluate((width) => document.documentElement.scrollWidth > width, PHONE.viewport.width);
async function shoot(name: string): Promise<void> {
  if (SHOTS !== '') await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}
/** A photograph as a telephone takes it: large. Its noise is drawn small and enlarged, which takes a quarter of the time. */
const photoOf = async (width: number, height: number): Promise<Buffer> => {
  const noise = { type: 'gaussian', mean: 120, sigma: 8 } as const;
  const drawn = sharp({ create: { width: width / 2, height: height / 2, channels: 3, background: 'grey', noise } });
  return await drawn.resize({ width, height, kernel: 'nearest' }).jpeg({ quality: 70 }).toBuffer();
};
const photos = () => api.inventory.photos.of(incident.id, api.time.now);

describe.each([
  ['light', 'with scripts', true, 4000, 3000],
  ['dark', 'without scripts', false, 2000, 1500],
] as const)('an officer at 360 px, %s, %s', (colorScheme, _, javaScriptEnabled, width, height) => {
  test('answers in three taps and a photograph', async () => {
    await openPage({ colorScheme, javaScriptEnabled });
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
    const file = await photoOf(width, height);
    const posted = page.waitForRequest((request) => request.url().endsWith('/photo'));
    await page.locator('input[type=file]').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: file });
    if (!javaScriptEnabled) await tap(id.photo.send);
    const { requestBodySize } = await (await posted).sizes();
    await page.getByRole('heading', { name: id.done.title }).waitFor();
    await shoot(`${colorScheme}-4-done`);
    wide.push(javaScriptEnabled && (await isTooWide()));

    await page.getByText(id.advice['try-socket']).waitFor();
    expect(wide).toEqual([false, false]);
    // The telephone makes a photograph small before it leaves, where it can.
    if (javaScriptEnabled) {
      expect(file.length).toBeGreaterThan(1_000_000);
      expect(requestBodySize).toBeLessThan(file.length / 2);
    }
    expect((await photos()).map(({ width, height }) => [width, height])).toEqual([[1600, 1200]]);
    expect((await api.inventory.officerAnswers.of(incident.id)).map(({ answer }) => answer)).toEqual(['off', 'in']);
    expect(await browser.context.cookies()).toEqual([]);
    const other = asked.filter((one) => !/^(GET|POST) \/d\//.test(one));
    expect(other).toEqual(javaScriptEnabled ? ['GET /assets/officer.js'] : []);
  });
});

test('every answer is large enough for a thumb, and read in both themes', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await openPage({ colorScheme });
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
  }
});

test('a broken link and one that is over say so, with the way out', async () => {
  await openPage();
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
