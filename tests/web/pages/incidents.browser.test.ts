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
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  stub = await StubApi.start({ siteDir: await builtSite() });
  complaints = [];
  page = await browser.context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
});
afterEach(async () => {
  await page.close();
  await stub.stop();
  expect(complaints).toEqual([]);
});

const open = () => stub.incidents.all().filter(({ closedAt }) => closedAt === null);
const first = () => {
  const [incident] = open();
  if (incident?.root == null) throw new Error('the stub has no open incident');
  return { ...incident, root: incident.root };
};
const rows = () => page.locator('#content tbody tr');

describe('the list of incidents', () => {
  test('has one row a cause, with how sure it is, what it takes down and who is on it', async () => {
    await page.goto(`${stub.url}/outages`);
    await rows().first().waitFor();

    const row = await rows().first().innerText();

    expect(await rows().count()).toBe(Math.min(50, open().length));
    expect(row).toContain('putus');
    expect(row).toMatch(/keyakinan \d+ %|Belum diketahui/);
    expect(row).toMatch(/\d+ (desa|OPD|lokasi)/);
    expect(row).toContain('Tandai ditangani');
  });

  test('lets one acknowledge in the row, and names who did', async () => {
    await page.goto(`${stub.url}/outages`);
    await rows().first().getByRole('button', { name: 'Tandai ditangani' }).click();

    await rows().first().locator('td', { hasText: 'Sri Wahyuni' }).waitFor();
  });

  test('shows single devices at one choice, which stays in the address', async () => {
    await page.goto(`${stub.url}/outages`);
    await page.getByRole('button', { name: 'Per perangkat' }).click();

    await page.getByRole('columnheader', { name: 'Perangkat' }).waitFor();
    expect(new URL(page.url()).searchParams.get('by')).toBe('device');
  });

  test('is asked again when an incident is told of', async () => {
    await page.goto(`${stub.url}/outages`);
    await rows().first().waitFor();
    await page.locator('[data-line="open"]').waitFor();
    const { id, regionCode } = first();
    stub.incidents.act(id, 'acknowledge', {});

    stub.province.emit({ type: 'incident-changed', incidentId: id, regionCode, at: Date.now() });

    await rows().locator('td', { hasText: 'Sri Wahyuni' }).waitFor();
  });
});

describe('an incident', () => {
  test('opens from its row and shows its evidence and timeline', async () => {
    await page.goto(`${stub.url}/outages`);
    await rows().first().getByRole('link').first().click();

    await page.getByText('Listrik PLN di lokasi padam').waitFor();
    await page.getByText('Sinyal turun 7,4 dB sebelum putus').waitFor();
    await page.getByText('membuka gangguan').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/incidents/${first().id}`);
  });

  test('is acknowledged, taken, commented and given its cause', async () => {
    await page.goto(`${stub.url}/incidents/${first().id}`);
    await page.getByRole('button', { name: 'Tandai ditangani' }).click();
    await page.getByText('ditangani Sri Wahyuni').waitFor();

    await page.getByRole('button', { name: 'Tugaskan kepada saya' }).click();
    await page.getByRole('button', { name: 'Tugaskan kepada saya' }).waitFor({ state: 'detached' });
    await page.getByLabel('Catatan').fill('Teknisi berangkat pukul 14');
    await page.getByRole('button', { name: 'Kirim catatan' }).click();
    await page.locator('.timeline-text', { hasText: 'Teknisi berangkat pukul 14' }).waitFor();
    await page.locator('select[name="cause"]').selectOption('device');
    await page.getByLabel('Keterangan').fill('Adaptor rusak');
    await page.getByRole('button', { name: 'Tetapkan sebab' }).click();

    await page.getByText('menurut teknisi').waitFor();
    await page.locator('.timeline-text', { hasText: 'Adaptor rusak' }).waitFor();
    expect(await page.getByLabel('Catatan').inputValue()).toBe('');
  });

  test('says what failed where a change is refused', async () => {
    await page.goto(`${stub.url}/incidents/${first().id}`);
    const button = page.getByRole('button', { name: 'Tandai ditangani' });
    await button.waitFor();
    stub.bend(`/api/v1/incidents/${first().id}/acknowledge`, { status: 409, code: 'conflict' });

    await button.click();

    await page.getByRole('alert').getByText('Ada yang lebih dulu mengubahnya').waitFor();
  });

  test.each(['light', 'dark'] as const)('fits a phone (%s)', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ['/outages', `/incidents/${first().id}`]) {
      await page.goto(stub.url + path);
      await page.getByText('Listrik PLN di lokasi padam').or(rows().first()).first().waitFor();

      const overflow = await page.evaluate(() => {
        const main = document.querySelector('#content');
        return main === null ? 1 : main.scrollWidth - main.clientWidth;
      });
      expect(overflow).toBeLessThanOrEqual(0);
    }
  });

  test('speaks English', async () => {
    await page.addInitScript(() => localStorage.setItem('simpul.language', 'en'));
    await page.goto(`${stub.url}/incidents/${first().id}`);

    await page.getByText('The mains of the site were off').waitFor();
    await page.getByRole('button', { name: 'Acknowledge' }).waitFor();
  });
});

test('a planner sees an incident and is offered nothing to change', async () => {
  const other = await StubApi.start({ siteDir: await builtSite(), role: 'planner' });
  try {
    const [incident] = other.incidents.all();
    await page.goto(`${other.url}/incidents/${incident?.id ?? ''}`);
    await page.getByText('membuka gangguan').waitFor();

    expect(await page.locator('.incident-actions').count()).toBe(0);
  } finally {
    await other.stop();
  }
});
