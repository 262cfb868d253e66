import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { builtSite } from '../../support/site.ts';
import { expectToFit } from '../support/screen-checks.ts';
import { StubApi } from '../support/stub-api.ts';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

let browser: OpenBrowser;
let stub: StubApi;
let page: Page;
let complaints: string[];

const router = () => {
  const found = stub.province.devices.find(({ siteKind, kind }) => siteKind === 'village-office' && kind === 'router');
  if (found === undefined) throw new Error('the stub has no router of a village');
  return found;
};

type Screen = {
  readonly name: string;
  readonly path: () => string;
  /** Paths whose answers the screen lives on. */
  readonly api: string;
  readonly shows: () => string | RegExp;
  readonly empty?: RegExp;
};

const SCREENS: readonly Screen[] = [
  {
    name: 'now',
    path: () => '/',
    api: '/api/v1/now',
    shows: () => /gangguan terbuka/,
  },
  {
    name: 'map',
    path: () => '/map',
    api: '/api/v1/coverage',
    shows: () => /46 dari 3\.259 desa/,
    empty: /Belum ada wilayah/,
  },
  {
    name: 'regency table',
    path: () => '/regencies',
    api: '/api/v1/coverage',
    shows: () => 'Kab. Muara Enim',
    empty: /Belum ada wilayah/,
  },
  {
    name: 'incidents',
    path: () => '/outages',
    api: '/api/v1/incidents',
    shows: () => /gangguan · terbuka/,
    empty: /Tidak ada gangguan terbuka/,
  },
  {
    name: 'outages',
    path: () => '/outages?by=device',
    api: '/api/v1/outages',
    shows: () => /gangguan · terbuka/,
    empty: /Tidak ada gangguan terbuka/,
  },
  {
    name: 'incident',
    path: () => `/incidents/${stub.incidents.all()[0]?.id ?? ''}`,
    api: '/api/v1/incidents',
    shows: () => 'Riwayat',
  },
  {
    name: 'devices',
    path: () => '/devices',
    api: '/api/v1/devices',
    shows: () => /218 perangkat/,
    empty: /Belum ada perangkat/,
  },
  { name: 'sites', path: () => '/sites', api: '/api/v1/sites', shows: () => /\d+ lokasi/, empty: /Belum ada lokasi/ },
  {
    name: 'villages',
    path: () => '/villages',
    api: '/api/v1/villages',
    shows: () => '46 desa',
    empty: /Belum ada desa dalam program/,
  },
  {
    name: 'links',
    path: () => '/links',
    api: '/api/v1/links',
    shows: () => /\d+ jalur/,
    empty: /Belum ada jalur di wilayah ini/,
  },
  {
    name: 'village',
    path: () => `/villages/${router().regionCode}`,
    api: '/api/v1/villages',
    shows: () => 'Tempat umum',
  },
  { name: 'device', path: () => `/devices/${router().id}`, api: '/api/v1/devices', shows: () => 'Antarmuka' },
  {
    name: 'site',
    path: () => `/sites/${router().siteId}`,
    api: '/api/v1/sites',
    shows: () => 'Perangkat di lokasi ini',
  },
  {
    name: 'statements',
    path: () => '/statements',
    api: '/api/v1/statements',
    shows: () => /jalur memenuhi SLA/,
    empty: /Belum ada jalur berkontrak/,
  },
  { name: 'system', path: () => '/system', api: '/api/v1/system', shows: () => 'Pekerjaan berkala' },
  { name: 'accounts', path: () => '/accounts', api: '/api/v1/accounts', shows: () => 'Budi Santoso' },
];

/** Tables never need to be pushed sideways to be read. */
async function expectTablesToFit(): Promise<void> {
  for (const box of await page.locator('.table-box').all()) {
    expect(await box.evaluate((node) => node.scrollWidth - node.clientWidth)).toBeLessThanOrEqual(0);
  }
}

const content = () => page.locator('#content');

beforeAll(async () => {
  stub = await StubApi.start({ siteDir: await builtSite() });
  browser = await openBrowser();
  page = await browser.context.newPage();
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      console.error(`against the policy: ${effectiveDirective} ${blockedURI} ${sample}`),
    );
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // The browser itself notes every answer of 400 and above; such answers are what some tests are about.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(stub.url)) complaints.push(`asked elsewhere: ${request.url()}`);
  });
});
afterAll(async () => {
  await browser?.close();
  await stub?.stop();
});
beforeEach(async () => {
  complaints = [];
  await page.setViewportSize(DESK);
});
afterEach(() => {
  stub.straighten();
  stub.shapes = true;
  expect(complaints).toEqual([]);
});

describe.each(SCREENS)('the $name screen', ({ path, api, shows }) => {
  test('has its frame at once, outlines while it waits, says what failed, and shows what it is for by its button, on a desk and a phone', async () => {
    stub.bend(api, 'later');
    await page.goto(stub.url + path());
    await page.getByRole('navigation', { name: 'Menu utama' }).waitFor();
    await content().getByRole('status', { name: 'Memuat…' }).first().waitFor();

    stub.bend(api, { status: 500, code: 'internal' });
    const failure = content().locator('[data-kind="failed"]').first();
    await failure.getByText('Tidak ada data yang hilang').waitFor();

    stub.straighten();
    await failure.getByRole('button', { name: 'Ulangi' }).click();
    await content().getByText(shows()).first().waitFor();
    expect(await page.locator('.counter').count()).toBeGreaterThan(0);
    await expectTablesToFit();

    await page.setViewportSize(PHONE);
    await content().getByText(shows()).first().waitFor({ state: 'attached' });

    await expectToFit(page);
    await expectTablesToFit();
  });

  test('names whom to ask where the account has no right', async () => {
    stub.bend(api, { status: 403, code: 'forbidden' });

    await page.goto(stub.url + path());

    await content()
      .getByText(/Mintalah hak kepada admin/)
      .first()
      .waitFor();
  });
});

describe.each(SCREENS.filter(({ empty }) => empty !== undefined))('the $name screen', ({ path, api, empty = '' }) => {
  test('says why it is empty', async () => {
    stub.bend(api, 'empty');

    await page.goto(stub.url + path());

    await content().getByText(empty).first().waitFor();
  });
});

describe('every screen', () => {
  test('keeps old figures, greyed and dated, when they cannot be refreshed', async () => {
    await page.goto(`${stub.url}/regencies`);
    await content().getByText('Kab. Muara Enim').first().waitFor();

    stub.bend('/api/v1/coverage', { status: 500, code: 'internal' });
    stub.province.emit({ type: 'resync', at: Date.now() });

    await content()
      .getByText(/belum dapat diperbarui/)
      .waitFor();
    expect(await content().locator('[data-kind="stale"]').getByText('Kab. Muara Enim').first().isVisible()).toBe(true);
  });

  test('says that a thing is not there, with a way on', async () => {
    await page.goto(`${stub.url}/devices/00000000-0000-4000-8000-0000000fffff`);
    await content().getByText('Tidak ditemukan.').waitFor();

    await page.goto(`${stub.url}/nowhere`);
    await content().getByText('Tidak ditemukan.').waitFor();
    await content().getByRole('link', { name: 'Ke layar awal' }).click();

    await page.getByRole('heading', { name: 'Sekarang' }).waitFor();
  });

  test('sends a person who is not signed in to sign in, and back to where they were going', async () => {
    const closed = await StubApi.start({ siteDir: await builtSite(), signedIn: false });
    try {
      const other = await browser.context.newPage();
      await other.goto(`${closed.url}/outages?status=closed`);
      await other.getByLabel('Nama akun').fill('sri');
      await other.getByLabel('Kata sandi', { exact: true }).fill('rahasia-sekali');
      await other.getByRole('button', { name: 'Masuk' }).click();

      await other.getByRole('heading', { name: 'Gangguan' }).waitFor();
      expect(new URL(other.url()).pathname + new URL(other.url()).search).toBe('/outages?status=closed');
      await other.close();
    } finally {
      await closed.stop();
    }
  });

  test('speaks English after the switch and remembers it', async () => {
    await page.goto(`${stub.url}/regencies`);
    await page.getByRole('button', { name: 'Menu akun' }).click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Regencies and cities' }).waitFor();

    await page.reload();
    await page.getByRole('heading', { name: 'Regencies and cities' }).waitFor();

    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.evaluate(() => localStorage.clear());
  });
});

describe('live', () => {
  test('a device that goes down shows without a reload, and up again', async () => {
    const device = router();
    await page.goto(`${stub.url}/map`);
    await page.locator('[data-line="open"]').waitFor();
    const before = Number(await page.locator('.counter').first().textContent());

    const startedAt = performance.now();
    stub.province.setState(device.id, 'down');
    await page.getByRole('link', { name: `${before + 1} perangkat putus` }).waitFor();
    await content().locator('.outage-rows').getByText(device.siteName).waitFor();
    const shownMs = performance.now() - startedAt;
    stub.province.setState(device.id, 'up');
    await page.getByRole('link', { name: `${before} perangkat putus` }).waitFor();

    process.stdout.write(`a change was on the screen after ${(shownMs / 1_000).toFixed(2)} s (aim 2)\n`);
  });

  test('the device page turns with its device', async () => {
    const device = router();
    await page.goto(`${stub.url}/devices/${device.id}`);
    await page.locator('[data-line="open"]').waitFor();
    await content().locator('.device-context').getByText('normal').waitFor();

    stub.province.setState(device.id, 'down');

    await content().locator('.device-context').getByText('putus').waitFor();
    stub.province.setState(device.id, 'up');
    await content().locator('.device-context').getByText('normal').waitFor();
  });

  test('a line that was cut mends itself and catches up', async () => {
    const device = router();
    await page.goto(`${stub.url}/devices/${device.id}`);
    await page.locator('[data-line="open"]').waitFor();

    stub.cutLines();
    await page.locator('[data-line="lost"]').waitFor();

    await page.locator('[data-line="open"]').waitFor();
    stub.province.setState(device.id, 'down');
    await content().locator('.device-context').getByText('putus').waitFor();
    stub.province.setState(device.id, 'up');
  });
});

describe('the map', () => {
  test('stands on tiles where no boundaries are loaded', async () => {
    stub.shapes = false;

    await page.goto(`${stub.url}/map`);

    await content()
      .getByText(/tiap petak mewakili satu wilayah/)
      .waitFor();
    expect(await content().getByRole('list', { name: 'Daftar kabupaten dan kota' }).getByRole('button').count()).toBe(
      17,
    );
  });

  test('opens a regency by keyboard and closes it by Back', async () => {
    await page.goto(`${stub.url}/map`);
    const regency = content().getByRole('button', { name: /^Kabupaten Lahat/ });
    await regency.focus();
    await page.keyboard.press('Enter');
    await content().getByRole('heading', { name: 'Kabupaten Lahat' }).waitFor();
    expect(new URL(page.url()).searchParams.get('region')).toBe('16.04');

    await page.goBack();

    await content().getByRole('heading', { name: 'Sumatera Selatan' }).waitFor();
  });

  test('changes its measure in the address, with the legend and its unit', async () => {
    await page.goto(`${stub.url}/map`);
    await content().getByRole('button', { name: 'Cakupan' }).click();

    await content().getByText('Desa dalam program, % dari semua desa').waitFor();
    expect(new URL(page.url()).searchParams.get('measure')).toBe('coverage');
  });
});

describe('the regency table', () => {
  test('adds up: every foot is the sum of its column', async () => {
    await page.goto(`${stub.url}/regencies`);
    await content().locator('tfoot').waitFor();

    const sums = await page.evaluate(() => {
      const figure = (cell: Element | undefined) =>
        Number((cell?.textContent ?? '').split('/')[0]?.replace(/\D/g, '') ?? 0);
      const cellsOf = (row: Element) => [...row.querySelectorAll('td')];
      // A row without a village of the programme has one cell in place of its four states.
      const columnOf = (row: Element, index: number) => {
        const cells = cellsOf(row);
        const isJoined = cells.some((cell) => cell.colSpan === 4);
        if (!isJoined) return figure(cells[index]);
        return index < 3 ? figure(cells[index]) : index < 7 ? 0 : figure(cells[index - 3]);
      };
      const foot = document.querySelector('tfoot tr');
      const rows = [...document.querySelectorAll('tbody tr')];
      if (foot === null) return [];
      return [0, 1, 3, 4, 5, 6, 7, 8, 9, 11].map((index) => ({
        index,
        foot: figure(cellsOf(foot)[index]),
        sum: rows.reduce((all, row) => all + columnOf(row, index), 0),
      }));
    });

    expect(sums).toHaveLength(10);
    for (const { foot, sum, index } of sums) expect(sum, `column ${index}`).toBe(foot);
  });

  test('is worst first, sorts by a click into the address, and every number opens its list', async () => {
    await page.goto(`${stub.url}/regencies`);
    await content().locator('tbody tr').first().getByText('Kab. Ogan Komering Ulu').waitFor();

    await content().getByRole('button', { name: 'Urutkan menurut Wilayah' }).click();
    await content().locator('tbody tr').first().getByText('Kab. Banyuasin').waitFor();
    expect(new URL(page.url()).searchParams.get('sort')).toBe('name');
    await content().locator('tfoot').getByRole('link', { name: '46' }).click();

    await page.getByRole('heading', { name: 'Desa dalam program' }).waitFor();
    await content().getByText('46 desa').waitFor();
  });
});

describe('search', () => {
  test('opens with the slash and leads to a village, a site or a device', async () => {
    const device = router();
    await page.goto(`${stub.url}/map`);
    await content()
      .getByText(/46 dari/)
      .waitFor();

    await page.keyboard.press('/');
    await page.keyboard.type(device.host);
    await page.getByRole('option').getByText(device.name, { exact: true }).waitFor();
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: device.name }).waitFor();
  });
});
