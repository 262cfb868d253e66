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

const overflow = () =>
  page.evaluate(() => {
    const main = document.querySelector('#content');
    return main === null ? 1 : main.scrollWidth - main.clientWidth;
  });

function openIncidents() {
  const found = stub.incidents.all().filter(({ closedAt }) => closedAt === null);
  const [first, second] = found;
  if (first === undefined || second === undefined) throw new Error('the stub has no two open incidents');
  return { first, second };
}

describe('an incident', () => {
  test('is acknowledged at its head, commented, and its cause corrected and taken back', async () => {
    const { first } = openIncidents();
    await page.goto(`${stub.url}/incidents/${first.id}`);
    await page.getByRole('button', { name: 'Tandai ditangani' }).click();
    await page.getByText('ditangani Sri Wahyuni').waitFor();
    await page.getByRole('button', { name: 'Batalkan tanda ditangani' }).click();
    await page.getByRole('button', { name: 'Tandai ditangani' }).click();
    await page.getByText('ditangani Sri Wahyuni').waitFor();

    await page.getByLabel('Catatan').fill('Teknisi berangkat');
    await page.getByRole('button', { name: 'Kirim catatan' }).click();
    await page.locator('.timeline-text', { hasText: 'Teknisi berangkat' }).waitFor();
    await page.locator('select[name="cause"]').selectOption('planned');
    await page.getByRole('button', { name: 'Tetapkan sebab' }).click();
    await page.getByText('menurut teknisi').waitFor();
    await page.getByRole('button', { name: 'Batalkan', exact: true }).click();

    await page.getByRole('button', { name: 'Batalkan', exact: true }).waitFor({ state: 'detached' });
    expect(stub.incidents.detail(first.id)?.cause).toBe(first.cause);
  });

  test('shows what it takes down, site by site under its regency', async () => {
    const { first } = openIncidents();
    const [site] = stub.incidents.sites(first.id);

    await page.goto(`${stub.url}/incidents/${first.id}`);

    await page
      .locator('.affected-sites')
      .getByText(site?.siteName ?? '', { exact: true })
      .waitFor();
    await page.locator('.affected h3', { hasText: site?.place.split(', ').at(-1) ?? '' }).waitFor();
  });

  test('takes another one over, and gives it back', async () => {
    const { first, second } = openIncidents();
    const before = first.effect.devices;
    await page.goto(`${stub.url}/incidents/${first.id}`);
    await page.getByRole('button', { name: 'Gabungkan gangguan lain ke sini' }).click();
    await page.locator('.incident-pick li', { hasText: `#${second.number.toLocaleString('id-ID')}` }).click();

    await page.getByRole('button', { name: 'Gabungkan 1' }).click();
    await page.getByText('1 gangguan digabung ke sini.').waitFor();
    expect(stub.incidents.detail(first.id)?.outageCount).toBe(before + second.effect.devices);
    await page.getByRole('button', { name: 'Batalkan', exact: true }).click();

    await page.getByRole('button', { name: 'Batalkan', exact: true }).waitFor({ state: 'detached' });
    expect(stub.incidents.detail(first.id)?.outageCount).toBe(before);
  });
});

describe('maintenance', () => {
  test('is announced for a site that was searched, every week on two days, and called off', async () => {
    const [site] = stub.province.sites;
    await page.goto(`${stub.url}/maintenance/new`);
    await page.getByLabel('Pekerjaan').fill('Ganti baterai UPS');
    await page.getByLabel('Yang dikerjakan').fill(site?.name ?? '');
    await page
      .getByRole('option', { name: site?.name ?? '' })
      .first()
      .click();
    await page.getByLabel('Mulai').fill('2030-01-07T22:00');
    await page.getByRole('button', { name: 'Mingguan' }).click();
    await page.getByRole('button', { name: 'Kam' }).click();

    await page.getByText('Setiap minggu pada Sen, Kam').waitFor();
    expect(await page.locator('.next-times li').count()).toBe(5);
    await page.getByRole('button', { name: 'Simpan jadwal' }).click();

    await page.locator('tbody tr', { hasText: 'Ganti baterai UPS' }).waitFor();
    expect(stub.notices.windows[0]?.recurrence).toBe('FREQ=WEEKLY;BYDAY=MO,TH');
    expect(stub.notices.windows[0]?.startsAt).toBe(Date.parse('2030-01-07T22:00+07:00'));
    await page.getByRole('button', { name: 'Tiadakan' }).click();
    await page.getByRole('button', { name: 'Ya, tiadakan' }).click();
    await page.getByText('Tidak ada pemeliharaan yang dijadwalkan.').waitFor();
  });
});

describe('notices', () => {
  test('a channel is set up by the form of its kind, and a test says what the provider said', async () => {
    await page.goto(`${stub.url}/settings`);
    await page.getByText('Belum ada saluran yang hidup.').waitFor();
    await page.getByRole('button', { name: 'Tambah saluran' }).click();
    await page.getByLabel('Nama', { exact: true }).fill('Surel dinas');
    await page.getByLabel('Server').fill('mail.example.id');
    await page.getByLabel('Kata sandi').fill('rahasia sekali');
    await page.getByRole('button', { name: 'Simpan' }).click();
    await page.getByLabel('Kirim pesan percobaan ke').fill('budi@example.id');
    await page.getByRole('button', { name: 'Kirim percobaan' }).click();

    await page.getByText('Penyedia menolak kata sandi atau tokennya.').waitFor();
    await page.getByText('smtp 535 5.7.8').waitFor();
    expect(stub.notices.channels[0]).toMatchObject({
      settings: { host: 'mail.example.id', tls: 'starttls' },
      secretsSet: ['password'],
    });
    expect(await page.getByLabel('Kata sandi').inputValue()).toBe('');

    await page.getByRole('button', { name: 'Hapus Kata sandi' }).click();
    await page.getByPlaceholder('dihapus saat disimpan').waitFor();
    await page.getByRole('button', { name: 'Simpan' }).click();
    await page.getByRole('button', { name: 'Hapus Kata sandi' }).waitFor({ state: 'detached' });
    expect(stub.notices.channels[0]?.secretsSet).toEqual([]);
  });
});

test.each(['light', 'dark'] as const)('every screen of the work fits a phone (%s)', async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width: 360, height: 740 });
  const { first } = openIncidents();
  for (const path of [
    `/incidents/${first.id}`,
    '/maintenance',
    '/maintenance/new',
    '/exclusions',
    '/settings?edit=new',
    '/settings?tab=duty',
    '/settings?tab=policies&edit=new',
  ]) {
    await page.goto(stub.url + path);
    await page.locator('#content h1').waitFor();
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });

    expect(await overflow(), path).toBeLessThanOrEqual(0);
  }
});
