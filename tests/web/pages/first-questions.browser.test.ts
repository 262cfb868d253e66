import type { AddressInfo } from 'node:net';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { id as officerWords } from '../../../api/officer/texts/id.ts';
import type { Role } from '../../../core/contract/contract.ts';
import { MINUTE } from '../../../core/domain/clock.ts';
import { makeWall } from '../../../core/services/wall.ts';
import { layProvince, NOON, openTestApi, PASSWORD, type Province, type TestApi } from '../../support/api.ts';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { incidentIn } from '../../support/incidents.ts';
import { builtSite } from '../../support/site.ts';
import { wallForm } from '../../support/wall-calls.ts';

const REGENCY = '16.03';
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
/** A password step: two fields and one press. */
const TO_SIGN_IN = 3;

let api: TestApi;
let province: Province;
let browser: OpenBrowser;
let page: Page;
let base: string;
let agencySiteId: string;
const figures: { role: string; question: string; taps: number; seconds: number }[] = [];

/** A district of a regency whose third village is on no list of the programme, an agency on a line, and what is down. */
beforeAll(async () => {
  const [siteDir, opened] = await Promise.all([builtSite(), openBrowser()]);
  browser = opened;
  page = await browser.context.newPage();
  api = await openTestApi({ siteDir, config: { publicUrl: null } });
  api.time.now = NOON + 20 * MINUTE;
  const { inventory } = api;
  province = await layProvince(inventory);
  await inventory.sql.run(
    `INSERT INTO region (code, level, parent_code, name, lat, lng, population, edition)
     VALUES ('16.03.11.2010', 'village', '16.03.11', 'Sukamulya', -3.3, 104.3, 900, 'test')`,
  );
  await incidentIn(inventory, province.inside.site.id);
  const agency = await inventory.sites.create({
    ...{ code: 'dinas', name: 'Dinas Kesehatan', kind: 'agency', regionCode: '16.71.01.1001' },
  });
  agencySiteId = agency.id;
  await inventory.links.create({
    ...{ code: 'dinas', name: 'Serat Dinas Kesehatan', medium: 'fibre', contractMbps: 100 },
    ...{ fromSiteId: agency.id, toSiteId: province.core.site.id },
  });
  await api.app.listen({ port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
  process.stdout.write(`${figures.map((row) => JSON.stringify(row)).join('\n')}\n`);
});

type Hand = {
  readonly tap: (what: Locator) => Promise<void>;
  readonly press: (key: string) => Promise<void>;
  readonly type: (what: Locator, text: string) => Promise<void>;
};

/** Drives a road, and counts what a hand does on it: each click, each key that acts, each field that is typed. */
async function road(of: { role: string; question: string; from: string }, drive: (hand: Hand) => Promise<void>) {
  let taps = 0;
  const startedAt = performance.now();
  await page.goto(base + of.from);
  await drive({
    tap: async (what) => {
      taps += 1;
      await what.click();
    },
    press: async (key) => {
      taps += 1;
      await page.keyboard.press(key);
    },
    type: async (what, text) => {
      taps += 1;
      await what.fill(text);
    },
  });
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  figures.push({ role: of.role, question: of.question, taps, seconds });
  return taps;
}

/** Somebody new in front of the same browser. */
async function signIn({ type, press }: Hand, role: Role, region = '', siteId: string | null = null): Promise<void> {
  const { account } = await api.signIn(role, region, siteId);
  await type(page.getByLabel('Nama akun'), account.name);
  await type(page.getByLabel('Kata sandi', { exact: true }), PASSWORD);
  await press('Enter');
}
async function leave(size: { readonly width: number; readonly height: number }): Promise<void> {
  await browser.context.clearCookies();
  await page.setViewportSize(size);
}

test('an engineer sees what is broken and that nobody is on it, and takes it at once', async () => {
  await leave(DESK);
  const taps = await road({ role: 'engineer', question: 'what is broken, who is on it', from: '/' }, async (hand) => {
    await signIn(hand, 'engineer');
    const row = page.locator('.now-row').first();
    await row.getByText('Sukamaju').first().waitFor();
    await hand.tap(row.getByRole('button', { name: /^Tangani/ }));
    await row.locator('.now-who').getByText('Anda').waitFor();
  });
  expect(taps).toBeLessThanOrEqual(TO_SIGN_IN + 1);
});

test('an officer sees their village and whom to call, on a telephone', async () => {
  await leave(PHONE);
  const taps = await road({ role: 'officer', question: 'is my village up, whom to call', from: '/' }, async (hand) => {
    await signIn(hand, 'officer', '16.03.11.2009');
    await page.getByRole('heading', { level: 1, name: 'Desa Sukamaju' }).waitFor();
    await page.locator('.states').getByText(officerWords.state.down, { exact: true }).first().waitFor();
    await page.locator('a[href^="tel:"]').first().waitFor();
  });
  expect(new URL(page.url()).pathname).toMatch(/^\/desa/);
  expect(taps).toBeLessThanOrEqual(TO_SIGN_IN);
});

test('a planner of a regency opens the villages behind the figure of those without', async () => {
  await leave(DESK);
  const taps = await road({ role: 'planner', question: 'which villages have nothing', from: '/' }, async (hand) => {
    await signIn(hand, 'planner', REGENCY);
    const figure = page.locator('.plan-sentence').getByRole('link').nth(2);
    await figure.waitFor();
    expect(await figure.textContent()).toBe('1');
    await hand.tap(figure);
    await page.getByRole('row').filter({ hasText: 'Sukamulya' }).waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'Sukamaju' }).count()).toBe(0);
  });
  expect(taps).toBeLessThanOrEqual(TO_SIGN_IN + 1);
});

test('a viewer sees how far the programme is', async () => {
  await leave(DESK);
  const taps = await road({ role: 'viewer', question: 'how far is the programme', from: '/' }, async (hand) => {
    await signIn(hand, 'viewer');
    await page.locator('.plan-sentence').getByText('dalam program').waitFor();
  });
  expect(taps).toBeLessThanOrEqual(TO_SIGN_IN);
});

test('an agency sees whether its line works', async () => {
  await leave(PHONE);
  const taps = await road({ role: 'agency', question: 'is my link up', from: '/' }, async (hand) => {
    await signIn(hand, 'agency', '16.71.01.1001', agencySiteId);
    await page.locator('.agency-state').waitFor();
    await page.locator('.link-section').getByText('Serat Dinas Kesehatan').first().waitFor();
  });
  expect(taps).toBeLessThanOrEqual(TO_SIGN_IN);
});

test('an admin finds who changed a device, by its name', async () => {
  await leave(DESK);
  const { device } = province.outside;
  const { account, cookie } = await api.signIn('admin');
  const changed = await api.app.inject({
    ...{
      method: 'PATCH',
      url: `/api/v1/devices/${device.id}`,
      headers: { cookie },
      payload: { name: 'AP 35 Ilir baru' },
    },
  });
  expect(changed.statusCode).toBe(200);
  // Changed yesterday, as it were: the search knows of it.
  const found = async () =>
    (await api.app.inject({ url: '/api/v1/search?q=AP 35 Ilir', headers: { cookie } })).json().items.length;
  await expect.poll(found, { timeout: 30_000, interval: 100 }).toBeGreaterThan(0);
  const taps = await road({ role: 'admin', question: 'who changed this device', from: '/' }, async (hand) => {
    await signIn(hand, 'admin');
    await hand.type(
      page.locator('header').getByRole('combobox', { name: 'Cari', exact: false }).and(page.locator('input')),
      'AP 35 Ilir',
    );
    await page.getByRole('option').filter({ hasText: 'AP 35 Ilir baru' }).waitFor();
    await hand.press('Enter');
    await page.getByRole('link', { name: new RegExp(account.displayName) }).waitFor();
  });
  expect(taps).toBeLessThanOrEqual(TO_SIGN_IN + 2);
});

test('a command centre sees the province at the address of its wall, without a hand', async () => {
  await leave({ width: 1920, height: 1080 });
  const { token } = await makeWall({ walls: api.inventory.walls, clock: () => api.time.now }, wallForm('16'));
  const from = `/wall/${token}`;
  const taps = await road({ role: 'command centre', question: 'how is the province', from }, async () => {
    await page.getByText('Sumatera Selatan').first().waitFor();
  });
  expect(taps).toBe(0);
});

test('the governor reads the province in one screen of a telephone', async () => {
  await leave(PHONE);
  const taps = await road({ role: 'governor', question: 'how is the province', from: '/ringkas' }, async (hand) => {
    await signIn(hand, 'viewer');
    await page.locator('.brief-sentence').waitFor();
  });
  expect(new URL(page.url()).pathname).toBe('/ringkas');
  expect(taps).toBeLessThanOrEqual(TO_SIGN_IN);
});
