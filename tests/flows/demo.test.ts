import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import type { Static } from 'typebox';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { getCoverage, getMap } from '../../core/contract/coverage.ts';
import { id as words } from '../../web/pages/system/words/id.ts';
import { type OpenBrowser, openBrowser } from '../support/browser.ts';
import { freePort } from '../support/port.ts';
import { type Running, root, startNode } from '../support/process.ts';

type Coverage = Static<(typeof getCoverage)['schema']['response'][200]>;
type MapPoints = Static<(typeof getMap)['schema']['response'][200]>;

/** Long enough for a busy machine; how long it took is told, not judged. */
const START_MS = 120_000;
const CHANGE_MS = 60_000;

let dataDir: string;
let demo: Running;
let browser: OpenBrowser;
let url: string;
let page: Page;

async function untilReady(): Promise<void> {
  const until = performance.now() + START_MS;
  while (performance.now() < until) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`not ready within ${START_MS} ms:\n${demo.output()}`);
}

const simpul = async (...args: string[]): Promise<string> => {
  const env = { ...process.env, SIMPUL_DATA_DIR: dataDir };
  const { stdout } = await promisify(execFile)(process.execPath, ['provisioning/bin/simpul.mjs', ...args], {
    cwd: root,
    env,
  });
  return stdout;
};

const get = async <T>(path: string): Promise<T> => {
  const answer = await page.request.get(`${url}${path}`);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as T;
};

/** What is on the lab's telephones, a message each. */
async function phone(): Promise<readonly string[]> {
  const at = /telephones: (\S+)/.exec(demo.output())?.[1] ?? '';
  return (await (await fetch(at)).text()).split('<article>').slice(1);
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'simpul-demo-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  demo = startNode(['dist/provisioning/demo.js'], {
    SIMPUL_DATA_DIR: dataDir,
    SIMPUL_HTTP_PORT: String(port),
    SIMPUL_PORTAL_PORT: '0',
  });
  await untilReady();
  process.stdout.write(
    `the demo was ready ${((performance.now() - startedAt) / 1_000).toFixed(1)} s after its start\n`,
  );
  browser = await openBrowser();
  page = await browser.context.newPage();
  const login = (await demo.until(/insinyur +(\S+)/, 60_000))[1] ?? '';
  await page.goto(url);
  await page.locator('input').first().fill('insinyur');
  await page.locator('input[type=password]').fill(login);
  await page.keyboard.press('Enter');
  await page.locator('canvas').first().waitFor();
}, 2 * START_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.end('SIGINT');
  await rm(dataDir, { recursive: true, force: true });
});

test('the province is there: 17 regencies, 46 villages, 92 hotspots of which at least 90 have a state', async () => {
  const coverage = await get<Coverage>('/api/v1/coverage');
  const map = await get<MapPoints>('/api/v1/map');

  const states = map.villages.flatMap((village) => [village.office, village.public]);
  expect(coverage.rows).toHaveLength(17);
  expect(map.villages).toHaveLength(46);
  expect(states.filter((state) => state !== null)).toHaveLength(92);
  expect(states.filter((state) => state !== 'unknown').length).toBeGreaterThanOrEqual(90);
  await page.goto(`${url}/regencies`);
  await page.locator('tbody tr', { hasText: 'Muara Enim' }).waitFor();
  expect(await page.locator('tbody tr').count()).toBe(17);
});

test('a device that is stopped shows as down in an open browser, and as up when it is started again', async () => {
  const map = await get<MapPoints>('/api/v1/map');
  const village = map.villages.find(({ code }) => code.startsWith('16.03.'));
  const { sites } = await get<{ sites: { kind: string; devices: { code: string }[] }[] }>(
    `/api/v1/villages/${village?.code}`,
  );
  const device = sites.find(({ kind }) => kind === 'village-office')?.devices[0]?.code ?? '';
  await page.goto(`${url}/villages/${village?.code}`);
  const office = page.locator('section.hotspot').first();
  await page.locator('section.hotspot[data-state="up"]').nth(1).waitFor({ timeout: CHANGE_MS });

  const stoppedAt = performance.now();
  await simpul('lab', 'stop', device);
  await page.locator('section.hotspot[data-state="down"]').waitFor({ timeout: CHANGE_MS });
  const downMs = performance.now() - stoppedAt;
  const words = (await office.textContent()) ?? '';
  const startedAt = performance.now();
  await simpul('lab', 'start', device);
  await page.locator('section.hotspot[data-state="up"]').nth(1).waitFor({ timeout: CHANGE_MS });
  const upMs = performance.now() - startedAt;

  process.stdout.write(`down after ${(downMs / 1_000).toFixed(1)} s, up after ${(upMs / 1_000).toFixed(1)} s\n`);
  expect(words.toLowerCase()).toContain('putus');
});

test('both hotspots of a village that are stopped are one incident, of which its officer is told once, with a link that opens', async () => {
  type Listed = { items: { regionCode: string; effect: { sites: number; villages: number } }[] };
  const map = await get<MapPoints>('/api/v1/map');
  const code = map.villages.findLast((village) => village.office === 'up' && village.public === 'up')?.code ?? '';
  const incidents = async () => (await get<Listed>(`/api/v1/incidents?region=${code}&open=true`)).items;

  await simpul('lab', 'stop', code);
  const found = await vi.waitUntil(
    async () => {
      const [first, ...more] = await incidents();
      return first !== undefined && more.length === 0 && first.effect.sites === 2 ? first : null;
    },
    { timeout: CHANGE_MS, interval: 300 },
  );
  const { region } = await get<{ region: { name: string } }>(`/api/v1/villages/${code}`);
  const officers = await vi.waitUntil(
    async () => {
      const heard = (await phone()).filter((message) => message.includes(`<b>Petugas ${region.name}</b>`));
      return heard.length > 0 ? heard : null;
    },
    { timeout: CHANGE_MS, interval: 300 },
  );
  const link = new RegExp(`${url}/d/[\\w-]+`).exec(officers.join())?.[0] ?? '';
  const answer = await fetch(link);
  const asked = await answer.text();
  await simpul('lab', 'start', code);

  expect(found).toMatchObject({ regionCode: code, effect: { villages: 1 } });
  expect(officers).toHaveLength(1);
  expect(answer.status).toBe(200);
  expect(asked).toContain(region.name);
});

test('hotspots are asked by SNMP and by the RouterOS API; power boxes, cameras and web sites are heard or asked, and each has its page', async () => {
  type Listed = { total: number; items: { id: string; reachability: string; state: string }[] };
  const ofKind = (kind: string) => get<Listed>(`/api/v1/devices?kind=${kind}&pageSize=200`);
  const kinds = { camera: 36, 'web-site': 55, 'power-box': 46 } as const;
  const hotspots = await ofKind('access-point');
  const asked = new Set(hotspots.items.map(({ reachability }) => reachability));

  expect(asked).toEqual(new Set(['snmp', 'routeros']));
  for (const [kind, count] of Object.entries(kinds)) {
    const { total, items } = await ofKind(kind);
    expect([kind, total]).toEqual([kind, count]);
    const seen = items.find(({ state }) => state === 'up' || state === 'degraded');
    expect(seen, `a ${kind} that was seen`).toBeDefined();
    await page.goto(`${url}/devices/${seen?.id}`);
    await page.locator('.reading-group').first().waitFor();
  }
});

test('citizens of the lab log in over the page and RADIUS, and their numbers are on the screen', async () => {
  type Sessions = { total: number; items: { method: string; endedAt: number | null }[] };
  const sessions = await vi.waitUntil(
    async () => {
      const live = await get<Sessions>('/api/v1/portal/sessions?live=true');
      return live.total >= 3 ? live : null;
    },
    { timeout: CHANGE_MS, interval: 500 },
  );
  const { items } = await get<{ items: { kind: string }[] }>('/api/v1/devices?kind=portal&pageSize=200');
  const [, address = ''] = await demo.until(/e\.g\. (\S+)/, CHANGE_MS);
  const login = await fetch(address);
  const shown = await login.text();
  await page.goto(`${url}/portal`);
  await page.locator('tbody tr', { hasText: 'Muara Enim' }).waitFor();

  expect(sessions.items.every(({ method, endedAt }) => method === 'terms' && endedAt === null)).toBe(true);
  expect(items.length).toBeGreaterThanOrEqual(46);
  expect(login.status).toBe(200);
  expect(shown).toContain('Setuju dan masuk');
});

test('every periodic job has a word for people', async () => {
  const { jobs } = await get<{ jobs: { id: string }[] }>('/api/v1/system');

  expect(jobs.map(({ id }) => id).filter((id) => !(id in words.jobName))).toEqual([]);
});

test('the browser was told of nothing outside, and nothing failed in it', async () => {
  const others: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) others.push(request.url());
  });
  page.on('pageerror', (error) => errors.push(error.message));

  for (const path of ['/', '/regencies', '/outages', '/devices', '/system']) {
    await page.goto(`${url}${path}`);
    await page.locator('main').waitFor();
  }

  expect(others).toEqual([]);
  expect(errors).toEqual([]);
});

test('a second demo on the same data stops with one line that says why', async () => {
  const second = startNode(['dist/provisioning/demo.js'], { SIMPUL_DATA_DIR: dataDir, SIMPUL_HTTP_PORT: '0' });

  await second.until(/is open in process \d+/, 120_000);

  expect(await second.end('SIGTERM')).toBe(1);
});

test('the command line works beside the running demo', async () => {
  const users = JSON.parse(await simpul('user', 'list', '--json')) as unknown;

  expect(JSON.stringify(users)).toContain('insinyur');
  expect(JSON.stringify(users)).not.toMatch(/password|hash/i);
});
