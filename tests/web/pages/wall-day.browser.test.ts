import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApi } from '../../../api/main.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { HOUR, MINUTE } from '../../../core/domain/clock.ts';
import { WALL_SCENES } from '../../../core/domain/wall.ts';
import { makeWall } from '../../../core/services/wall.ts';
import { layProvince, openTestApi, type TestApi } from '../../support/api.ts';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { builtSite } from '../../support/site.ts';
import { wallForm } from '../../support/wall-calls.ts';
import { wallViewAt } from '../support/wall-view.ts';

const WAIT = { timeout: 90_000, interval: 50 };

let api: TestApi;
/** The server of the moment, always at the same port over the same stores. */
let server: FastifyInstance;
let port: number;
let address: string;
let browser: OpenBrowser;
let wall: Page;
let site: string;
let newSite: string;

beforeAll(async () => {
  site = await builtSite();
  api = await openTestApi({ siteDir: site, clock: Date.now });
  await layProvince(api.inventory);
  server = api.app;
  await server.listen({ port: 0, host: '127.0.0.1' });
  port = (server.server.address() as AddressInfo).port;
  browser = await openBrowser({ viewport: { width: 1920, height: 1080 } });
  wall = await browser.context.newPage();
  const form = { ...wallForm('16'), scenes: [{ scene: 'villages' as const, seconds: 3_600 }] };
  const { token } = await makeWall({ walls: api.inventory.walls, clock: Date.now }, form);
  address = `http://127.0.0.1:${port}/wall/${token}`;
  // Once, before the page is there: from then on the clock of all that the page does is moved by hand.
  await wall.clock.install();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await api?.close();
  if (newSite !== undefined) await rm(newSite, { recursive: true, force: true });
});

async function startAgain(change: Partial<ApiParts> = {}): Promise<void> {
  server = await buildApi({ ...api, ...change });
  await server.listen({ port, host: '127.0.0.1' });
}

/** Lets time pass on the wall until something is so. */
const until = (isSo: () => Promise<unknown>, byMs: number) =>
  expect
    .poll(async () => {
      if (await isSo().catch(() => false)) return true;
      await wall.clock.fastForward(byMs).catch(() => undefined);
      return false;
    }, WAIT)
    .toBe(true);
const sees = async (text: string | RegExp): Promise<boolean> => (await wall.getByText(text).count()) > 0;
const isStale = () => sees(/DATA BASI sejak \d\d\.\d\d/);
const isWell = async () =>
  (await wall.locator('.wall-panel').count()) > 0 && !(await sees(/DATA BASI|Sambungan terputus/));
const pictureOf = () => wall.locator('.wall-panel-body').allInnerTexts();

test('a wall outlives its line and its server: its picture stays, greyed with its hour, and comes back', async () => {
  await wall.goto(address);
  await until(isWell, MINUTE);
  const picture = await pictureOf();
  expect(picture.join()).toContain('Muara Enim');
  await wall.evaluate(() => Object.assign(window, { isSamePage: true }));

  await browser.context.setOffline(true);
  await until(isStale, MINUTE);
  await wall.getByText('Sambungan terputus, mencoba lagi').waitFor();
  expect(await pictureOf()).toEqual(picture);
  expect(
    await wall
      .locator('.wall-panel-body')
      .first()
      .evaluate((node) => getComputedStyle(node).filter),
  ).toBe('grayscale(1)');
  await browser.context.setOffline(false);
  await until(isWell, MINUTE);

  await server.close();
  await until(isStale, MINUTE);
  const answers = ['not', 'half', 'other', 'empty'] as const;
  const asked: string[] = [];
  const nonsense = createServer((_, reply) => {
    const answer = answers[asked.length % answers.length] ?? 'not';
    asked.push(answer);
    reply.writeHead(answer === 'not' ? 404 : 200, { 'content-type': 'application/json' });
    if (answer === 'half') reply.write('{"wall":{"na', () => reply.destroy());
    else reply.end(answer === 'not' ? '<h1>404</h1>' : answer === 'other' ? '{"wall":7}' : '');
  });
  await new Promise<void>((done) => nonsense.listen(port, '127.0.0.1', done));
  await until(async () => asked.length >= answers.length, MINUTE);
  expect(await pictureOf()).toEqual(picture);
  nonsense.closeAllConnections();
  await new Promise((done) => nonsense.close(done));

  await startAgain();
  await until(isWell, MINUTE);
  expect(await pictureOf()).toEqual(picture);
  expect(await wall.evaluate(() => 'isSamePage' in window)).toBe(true);
});

test('a wall takes a new build by itself, once all of its files can be had', async () => {
  newSite = await mkdtemp(join(tmpdir(), 'simpul-site-'));
  await cp(site, newSite, { recursive: true });
  const page = await readFile(join(site, 'index.html'), 'utf8');
  const entry = /src="\/(assets\/[^"]+)"/.exec(page)?.[1] ?? '';
  await writeFile(join(newSite, 'index.html'), page.replace(entry, 'assets/index-newbuild.js'));
  let missed = 0;
  wall.on('response', (answer) => {
    if (answer.url().endsWith('index-newbuild.js') && answer.status() === 404) missed += 1;
  });

  await wall.goto(address);
  await until(isWell, MINUTE);
  await wall.evaluate(() => Object.assign(window, { isSamePage: true }));
  await server.close();
  await startAgain({ siteDir: newSite });
  await until(async () => missed >= 2, MINUTE);
  await until(isWell, MINUTE);
  expect(await wall.evaluate(() => 'isSamePage' in window)).toBe(true);

  await writeFile(join(newSite, 'assets/index-newbuild.js'), `import '/${entry}';`);
  await until(async () => await wall.evaluate(() => !('isSamePage' in window)), MINUTE);
  await until(isWell, MINUTE);
});

test('a wall whose own script cannot be had says that it waits, and tries again', async () => {
  await wall.route('**/assets/WallPage-*.js', (route) => route.abort());
  await wall.goto(address);
  await wall.getByRole('status').waitFor();

  await server.close();
  await wall.clock.fastForward(HOUR);
  expect(await wall.getByRole('status').count()).toBe(1);

  await startAgain();
  await wall.unroute('**/assets/WallPage-*.js');
  await until(isWell, MINUTE);
});

test('the memory of a wall is flat over a day', async () => {
  const STEP = 10 * MINUTE;
  const scenes = WALL_SCENES.map((scene) => ({ scene, seconds: 70 }));
  const { wall: given } = wallViewAt(0);
  let now = Date.now();
  let answers = 0;
  await wall.route('**/api/v1/wall/**', async (route) => {
    const headers = { date: new Date(now).toUTCString() };
    const isShapes = route.request().url().endsWith('/shapes');
    if (isShapes) return await route.fulfill({ status: 404, headers, json: { code: 'not-found' } });
    await route.fulfill({ headers, json: wallViewAt(now, { wall: { ...given, scenes } }) });
    answers += 1;
  });
  await wall.goto(address);
  const inspector = await browser.context.newCDPSession(wall);
  const measure = async () => {
    for (const _ of ['what is let go', 'what that held']) await inspector.send('HeapProfiler.collectGarbage');
    const { usedSize } = await inspector.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await inspector.send('Memory.getDOMCounters');
    return { usedSize, nodes, jsEventListeners };
  };
  const live = async (forMs: number) => {
    for (const end = now + forMs; now < end; ) {
      const before = answers;
      await expect
        .poll(async () => {
          now += STEP;
          await wall.clock.fastForward(STEP);
          return answers;
        }, WAIT)
        .toBeGreaterThan(before);
    }
  };

  await wall.locator('.wall-scene').waitFor();
  await live(HOUR);
  const morning = await measure();
  await live(23 * HOUR);
  const night = await measure();

  // Half of that is code which the browser compiles after the first hour; every answer kept would take twice as much.
  expect(night.usedSize - morning.usedSize).toBeLessThan(1_000_000);
  expect(night.nodes - morning.nodes).toBeLessThan(500);
  expect(night.jsEventListeners - morning.jsEventListeners).toBeLessThan(20);
});
