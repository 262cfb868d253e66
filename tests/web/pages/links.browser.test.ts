import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { builtSite } from '../../support/site.ts';
import { StubApi } from '../support/stub-api.ts';

let browser: OpenBrowser;
let stub: StubApi;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  stub = await StubApi.start({ siteDir: await builtSite() });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stub?.stop();
});
beforeEach(async () => {
  complaints = [];
  page = await browser.context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
});
afterEach(async () => {
  stub.straighten();
  await page.close();
  expect(complaints).toEqual([]);
});

/** Agencies have one link each: well, falling, in trouble, unseen, without light, and so on again. */
const agency = (at: number) => {
  const found = stub.province.devices.filter(({ siteKind }) => siteKind === 'agency')[at];
  if (found === undefined) throw new Error('the stub has too few agencies');
  return found;
};
const section = () => page.locator('.link-section');
const openSite = (siteId: string) => page.goto(`${stub.url}/sites/${siteId}`);

describe('the links of an agency', () => {
  test('say that all is well, with medium, provider and contract', async () => {
    await openSite(agency(0).siteId);

    await section().getByText('sehat').waitFor();
    await section().getByText('Tidak ada yang perlu dilakukan.').waitFor();
    await section().getByText('Serat optik · Serat Optik Sriwijaya · kontrak 100 Mbit/s · SLA 99,5 %').waitFor();
    await section().getByText('tetap selama 6 hari').waitFor();
    await section().getByText('Batas 1000BASE-LX10').waitFor();
  });

  test('say what falls, and what to do before it breaks', async () => {
    await openSite(agency(1).siteId);

    await section().getByText('perlu diperiksa').waitFor();
    await section().getByText('Cahaya diterima turun 2,3 dB dalam beberapa hari, batas 1,5 dB').waitFor();
    await section()
      .getByText(/konektor kotor/)
      .waitFor();
    await section().getByRole('img', { name: 'Masuk 84 Mbit/s, 84 % dari kontrak' }).waitFor();
  });

  test('draw the light on a scale whose lines lie in order, the light beyond the limit that it crossed', async () => {
    await openSite(agency(2).siteId);
    const scale = section().getByRole('img', { name: 'Diterima -21,4 dBm, batas -19,5 dBm sampai -3 dBm' });
    await scale.waitFor();

    const lines = await scale
      .locator('.optical-line')
      .evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().x));
    const hand = await scale.locator('.optical-hand').boundingBox();

    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    expect((hand?.x ?? 0) + (hand?.width ?? 0) / 2).toBeLessThan(lines[0] ?? 0);
    expect(await section().locator('.link-reasons li').allTextContents()).toEqual([
      expect.stringMatching(/^Cahaya diterima -21,4 dBm, batas bawah -19,5 dBm/),
      expect.stringMatching(/^Paket rusak 2\.380 per sejuta, batas 1\.000 per sejuta/),
      expect.stringMatching(/^Cahaya diterima turun 7,9 dB/),
    ]);
  });

  test('say that nothing is known, and draw nothing, where nothing is', async () => {
    await openSite(agency(3).siteId);
    await section().getByText('belum diketahui').waitFor();
    await section()
      .getByText(/Belum ada bacaan/)
      .waitFor();

    expect(await section().locator('.optical, .link-use, .link-losses').count()).toBe(0);
  });

  test.each(['light', 'dark'] as const)('fit a phone (%s)', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });

    await openSite(agency(2).siteId);
    await section().getByText('bermasalah').waitFor();

    const overflow = await page.evaluate(() => {
      const main = document.querySelector('#content');
      return main === null ? 1 : main.scrollWidth - main.clientWidth;
    });
    expect(overflow).toBeLessThanOrEqual(0);
    // Numbers of neighbouring lines stand apart.
    const numbers = await section()
      .locator('.optical')
      .first()
      .locator('.optical-number')
      .evaluateAll((nodes) =>
        nodes.map((node) => node.getBoundingClientRect()).map(({ left, right }) => [left, right]),
      );
    for (const [at, [left = 0]] of numbers.entries()) {
      if (at > 0) expect(left).toBeGreaterThanOrEqual(numbers[at - 1]?.[1] ?? 0);
    }
  });

  test('that could not be read can be asked for again', async () => {
    stub.bend('/api/v1/links/', { status: 503, code: 'store-unavailable' });
    await openSite(agency(1).siteId);
    const retry = section().getByRole('button', { name: 'Ulangi' });
    await retry.waitFor({ timeout: 20_000 });
    stub.straighten();

    await retry.click();

    await section()
      .getByText(/konektor kotor/)
      .waitFor();
  });
});

test('a place where many links end lists them, worst first, and shows them all when asked', async () => {
  const [core] = stub.province.devices;
  await openSite(core?.siteId ?? '');
  await section().locator('.link-rows li').first().waitFor();
  const before = await section().locator('.link-rows .state-word').allTextContents();

  await section()
    .getByRole('button', { name: /Tampilkan semua/ })
    .click();

  const all = await section().locator('.link-rows .state-word').allTextContents();
  const order = ['bermasalah', 'perlu diperiksa', 'belum diketahui', 'sehat'];
  const ranks = all.map((word) => order.indexOf(word));
  expect(before).toHaveLength(8);
  expect(all.length).toBeGreaterThan(before.length);
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
});

test('a device shows the link that it measures', async () => {
  await page.goto(`${stub.url}/devices/${agency(1).id}`);

  await section().getByText('perlu diperiksa').waitFor();
});

test('a place without links has no such section', async () => {
  const shelter = stub.province.devices.find(({ siteKind }) => siteKind === 'shelter');
  await openSite(shelter?.siteId ?? '');
  await page.getByText('Perangkat di lokasi ini').waitFor();
  await page.waitForLoadState('networkidle');

  expect(await section().count()).toBe(0);
});
