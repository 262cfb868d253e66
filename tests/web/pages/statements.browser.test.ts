import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { builtSite } from '../../support/site.ts';
import { StubApi } from '../support/stub-api.ts';
import { stubMonth, stubStatementList } from '../support/stub-statements.ts';

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

const agency = () => {
  const found = stubStatementList(stub.province).items.find(({ party }) => party.kind === 'agency')?.party;
  if (found?.kind !== 'agency') throw new Error('the stub has no agency with a link');
  return found;
};
const openAgency = () => page.goto(`${stub.url}/statements?month=${stubMonth()}&agency=${agency().siteId}`);

describe('the statement of an agency', () => {
  test('says what was missed and what comes back, and shows the month with its outage when asked', async () => {
    await openAgency();
    await page.getByText('0 dari 1 jalur memenuhi SLA').waitFor();

    await page.getByRole('button', { name: '1 gangguan' }).click();

    await page.getByRole('img', { name: /^Keadaan sepanjang bulan: normal, terganggu, putus, terencana$/ }).waitFor();
    await page.getByText('Rp7.500.000 × 5 % = Rp375.000').waitFor();
    await page.getByText(/dihitung 5 jam 7 menit/).waitFor();
    await page.getByText(/Dikecualikan: terencana, oleh Sri Wahyuni.*Ganti tiang/).waitFor();
    expect(await page.getByText('Rp375.000', { exact: true }).count()).toBe(2);
  });

  test('offers its files under the same month and party', async () => {
    await openAgency();

    const link = page.getByRole('link', { name: 'Unduh PDF' });
    await link.waitFor();
    const href = await link.getAttribute('href');

    const asked = new URL(href ?? '', stub.url);
    expect(asked.pathname).toBe(`/api/v1/statements/${stubMonth()}/file`);
    expect(Object.fromEntries(asked.searchParams)).toEqual({ agency: agency().siteId, format: 'pdf', language: 'id' });
  });

  test('gives way to another party or month, which the address holds', async () => {
    await openAgency();
    const party = page.getByLabel('Penyedia atau perangkat daerah');
    await party.waitFor();

    await party.selectOption('provider:Serat Optik Sriwijaya');
    await page.getByText(/ dari \d+ jalur memenuhi SLA/).waitFor();
    await page.getByLabel('Bulan', { exact: true }).selectOption({ index: 0 });
    await page.getByText('Sementara: bulan ini belum berakhir.').waitFor();

    const search = new URL(page.url()).searchParams;
    expect(search.get('provider')).toBe('Serat Optik Sriwijaya');
    expect(search.get('agency')).toBeNull();
    expect(search.get('month')).not.toBe(stubMonth());
  });

  test.each(['light', 'dark'] as const)('fits a phone (%s)', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    await openAgency();

    await page.getByRole('button', { name: '1 gangguan' }).click();
    await page.locator('.condition-bar').waitFor();

    const overflow = await page.evaluate(() =>
      ['#content', '.table-box'].map((selector) => {
        const node = document.querySelector(selector);
        return node === null ? 1 : node.scrollWidth - node.clientWidth;
      }),
    );
    expect(overflow).toEqual([0, 0]);
  });

  test('that could not be read can be asked for again', async () => {
    stub.bend(`/api/v1/statements/${stubMonth()}`, { status: 503, code: 'store-unavailable' });
    await openAgency();
    const retry = page.getByRole('button', { name: 'Ulangi' });
    await retry.waitFor({ timeout: 20_000 });
    stub.straighten();

    await retry.click();

    await page.getByText('0 dari 1 jalur memenuhi SLA').waitFor();
  });
});
