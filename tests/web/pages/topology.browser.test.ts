import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { builtSite } from '../../support/site.ts';
import { StubApi } from '../support/stub-api.ts';

const LIMIT_MS = 90_000;
let browser: OpenBrowser;
let stub: StubApi;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  stub = await StubApi.start({ siteDir: await builtSite() });
  browser = await openBrowser();
  page = await browser.context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  await stub?.stop();
});
afterEach(() => {
  stub.straighten();
  expect(complaints.splice(0)).toEqual([]);
});

const canvas = () => page.locator('.topology-canvas');
const panel = () => page.locator('.topology-panel');
const nameOf = (node: number): string => stub.drawing.topology.devices.names[node] ?? '';

/** A key that comes before the picture has what it is about does nothing: whoever sits there presses it again. */
async function pressUntilShown(key: string, name: string): Promise<void> {
  const heading = panel().getByRole('heading', { name });
  const isShown = async (): Promise<boolean> => {
    if (!(await heading.isVisible())) await page.keyboard.press(key);
    return await heading.isVisible();
  };
  await expect.poll(isShown, { timeout: LIMIT_MS, interval: 400 }).toBe(true);
}

test('from the search to a device: its way to the core, what hangs on it, and onwards by keys alone', async () => {
  // The structure is held back until the states are asked for: asked one after the other, neither would come.
  const asksStates = page.waitForRequest(/\/topology\/now$/);
  const holdBack = { times: 1 };
  await page.route(/\/api\/v1\/topology$/, (route) => asksStates.then(() => route.continue()), holdBack);
  await page.goto(`${stub.url}/topology`);
  await panel().getByText('Perlu dilihat').waitFor();
  const pop = nameOf(1);

  await page.getByRole('searchbox', { name: 'Cari di topologi' }).fill(pop);
  await pressUntilShown('Enter', pop);
  expect(await panel().locator('.topology-path button').allTextContents()).toEqual([pop, nameOf(0)]);
  await panel()
    .getByText(/\d jiwa/)
    .waitFor();

  await canvas().focus();
  await pressUntilShown('ArrowLeft', nameOf(0));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/devices\//);
  await page.goBack();
  await panel()
    .getByRole('heading', { name: nameOf(0) })
    .waitFor();
});

test('a link tells its load, its day and its health', async () => {
  const { links } = stub.drawing.topology;
  await page.goto(`${stub.url}/topology?link=${links.ids[3]}`);

  await panel()
    .getByRole('heading', { name: links.names[3] ?? '' })
    .first()
    .waitFor();
  await panel().getByText('dari kontrak sekarang').waitFor();
  await panel()
    .getByRole('img', { name: /^Beban 24 jam, tertinggi/ })
    .waitFor();
  await panel().getByText('Gangguan perangkat pengukur').waitFor();
});

test('map and rings are drawn, and the list says the same as text, a branch at a time', async () => {
  for (const mode of ['map', 'rings']) {
    await page.goto(`${stub.url}/topology?mode=${mode}`);
    await canvas().waitFor();
  }
  await page.goto(`${stub.url}/topology?mode=list`);
  const rows = page.locator('.topology-row');
  await rows.first().waitFor();
  const before = await rows.count();

  await page.getByRole('button', { name: `Buka cabang: ${nameOf(2)}` }).click();

  await expect.poll(() => rows.count(), { timeout: LIMIT_MS }).toBeGreaterThan(before);
});

test('a state that changes shows without a question', async () => {
  await page.goto(`${stub.url}/topology?mode=list`);
  const row = page.locator('.topology-row').first();
  await row.waitFor();
  await page.locator('.topology-counts').waitFor();
  stub.bend('/api/v1/topology', { status: 503, code: 'store-unavailable' });

  // The line may still be opening: said again until it is heard.
  await expect
    .poll(
      async () => {
        stub.province.setState(stub.drawing.topology.devices.ids[0] ?? '', 'down');
        return await row.textContent();
      },
      { timeout: LIMIT_MS, interval: 500 },
    )
    .toContain('putus');
});

test('fits a phone, and says what failed', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${stub.url}/topology?node=${stub.drawing.topology.devices.ids[1]}`);
  await panel()
    .getByRole('heading', { name: nameOf(1) })
    .waitFor();
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(overflow).toBeLessThanOrEqual(0);

  stub.bend('/api/v1/topology', { status: 503, code: 'store-unavailable' });
  await page.reload();
  await page.getByRole('button', { name: 'Ulangi' }).first().waitFor();
});
