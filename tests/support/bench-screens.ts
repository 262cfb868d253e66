import type { Page } from 'playwright-core';
import { rounded, spread } from './bench.ts';
import { type OpenBrowser, openBrowser } from './browser.ts';
import { drag, traced, wheel } from './trace.ts';

type Screen = {
  readonly name: string;
  readonly path: string;
  /** What must be there before one can work with it. */
  readonly ready: string;
  /** What is dragged, where it is a picture, or scrolled. */
  readonly moved?: string | undefined;
};

export const SCREENS: readonly Screen[] = [
  { name: 'now', path: '/now', ready: '.now-columns', moved: '#content' },
  { name: 'map', path: '/map', ready: '.map-canvas', moved: '.map-canvas' },
  { name: 'coverage', path: '/coverage', ready: '.plan-table tbody tr' },
  { name: 'regencies', path: '/regencies', ready: 'tbody tr' },
  { name: 'outages', path: '/outages', ready: '.page-head' },
  { name: 'devices', path: '/devices', ready: 'tbody tr', moved: '#content' },
  { name: 'sites', path: '/sites', ready: 'tbody tr' },
  { name: 'topology', path: '/topology', ready: '.topology-counts', moved: '.topology-canvas' },
];

/** A browser that is signed in, with its first page. */
export async function signedIn(url: string, cookie: string): Promise<OpenBrowser & { readonly page: Page }> {
  const browser = await openBrowser({ reducedMotion: 'no-preference' });
  const [name = '', value = ''] = cookie.split('=');
  await browser.context.addCookies([{ name, value, url }]);
  return { ...browser, page: await browser.context.newPage() };
}

export async function shown(page: Page, url: string, { path, ready }: Screen): Promise<number> {
  await page.goto(url + path, { waitUntil: 'commit' });
  await page.locator(ready).first().waitFor({ timeout: 60_000 });
  return await page.evaluate(() => performance.now());
}

/** From the address to what can be worked with, some times over: the first with nothing in the browser's cache. */
export async function opening(page: Page, url: string, screen: Screen, times: number): Promise<object> {
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) taken.push(await shown(page, url, screen));
  const { p50Ms, maxMs } = spread(taken);
  return { screen: screen.name, firstMs: rounded(taken[0] ?? 0, 0), p50Ms, maxMs };
}

/** Frames while it is moved by hand, or while it is only looked at. */
export async function moving(page: Page, { name, moved }: Screen, forMs: number): Promise<object> {
  const does = moved === undefined ? 'rest' : moved.includes('canvas') ? 'drag' : 'scroll';
  const figures = await traced(page, async () => {
    if (moved === undefined) await page.waitForTimeout(forMs);
    else if (does === 'drag') await drag(page, moved, forMs);
    else await wheel(page, moved, forMs, 90);
  });
  return { screen: name, does, ...figures };
}
