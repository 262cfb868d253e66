import type { Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../../core/contract/contract.ts';
import type { Language } from '../../../web/i18n/format.ts';
import { createSiteRouter } from '../../../web/router.ts';
import { type OpenBrowser, openBrowser } from '../../support/browser.ts';
import { builtSite } from '../../support/site.ts';
import { strangeWords, wordsOf } from '../support/dictionary-words.ts';
import {
  AXE_SOURCE,
  axeFindings,
  beginAtTop,
  COLOUR_RULES,
  expectToFit,
  onPaper,
  tabStops,
  textsShown,
  WIDTH_RULES,
} from '../support/screen-checks.ts';
import { PAGES, SCREENS, type Screen } from '../support/screens.ts';
import { openScreensProvince, type ScreensProvince } from '../support/screens-province.ts';
import { watchRequests } from '../support/settled.ts';
import type { Theme } from '../support/store-facts.ts';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
const STOPS = 12;
/** Nothing of the frame, nothing behind the text, dark text. */
const PAPER = { frame: 'hidden', ground: 'rgba(0, 0, 0, 0)', ink: 'rgb(24, 32, 46)' };

/** A value of a closed or open set: the screen has a word for it. */
const CODE = /^[a-z]+(?:-[a-z]+)*$/;

let province: ScreensProvince;
let browser: OpenBrowser;
let page: Page;
let requests: ReturnType<typeof watchRequests>;
/** Who is signed in; undefined: nothing was opened yet. */
let opened: Role | null | undefined;
let complaints: string[] = [];
/** Words of what the API sent: names, places and notes are in the language of whoever wrote them. */
const data = new Set<string>();
/** Answers that the screen may show already, whose words are not in `data` yet. */
const readings = new Set<Promise<unknown>>();

/** A browser may have dropped a body by the time it is asked for it: then the server is asked again. */
async function learnWords(request: Request): Promise<void> {
  const response = await request.response();
  if (!response?.headers()['content-type']?.startsWith('application/json')) return;
  const again = async () => {
    if (request.method() !== 'GET') return '';
    return await (await browser.context.request.get(request.url())).text();
  };
  const text = await response.text().catch(again);
  for (const [, value = ''] of text.matchAll(/[:[,]"([^"]*)"(?!:)/g))
    if (!CODE.test(value)) for (const word of wordsOf(value)) data.add(word);
}

beforeAll(async () => {
  province = await openScreensProvince(await builtSite());
  browser = await openBrowser({ serviceWorkers: 'block' });
  await browser.context.addInitScript({ content: AXE_SOURCE });
  page = await browser.context.newPage();
  requests = watchRequests(page);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfinished', (request) => {
    const reading: Promise<unknown> = learnWords(request)
      .catch((error: Error) => complaints.push(`${request.url()} could not be read: ${error.message}`))
      .finally(() => readings.delete(reading));
    readings.add(reading);
  });
});
afterAll(async () => {
  await Promise.all(readings);
  await browser?.close();
  await province?.close();
});
afterEach(() => {
  const heard = complaints;
  complaints = [];
  expect(heard).toEqual([]);
});

const ROLES: readonly (Role | null)[] = ['engineer', 'planner', 'viewer', 'agency', 'admin', 'officer', null];
/** Those of one role one after the other: a role signs in once. */
const byRole = (screens: readonly Screen[]): readonly Screen[] =>
  screens.toSorted((a, b) => ROLES.indexOf(a.as) - ROLES.indexOf(b.as));
const WEB = byRole(Object.values(SCREENS).flat());
const ALL = [...WEB, ...PAGES];

const isWall = (screen: Screen): boolean => SCREENS['/wall/$token'].includes(screen);
/** Its language is not the reader's to choose, or not without asking anew. */
const isFixed = (screen: Screen): boolean => PAGES.includes(screen) || isWall(screen);

async function load(screen: Screen, language: Language, theme: Theme = 'light'): Promise<void> {
  const path = await screen.at(province.facts, { theme, language });
  await page.goto(province.url + path);
  // A page whose policy forbids all script is checked as a copy.
  if (path.startsWith('/api/')) {
    const html = await page.content();
    await page.goto('about:blank');
    await page.setContent(html);
  }
  await requests.settled();
}

/** Goes to a screen as its reader would: within the web without loading it anew. */
async function open(screen: Screen, language: Language): Promise<void> {
  if (opened === screen.as && screen.as !== null && !isFixed(screen)) {
    const path = await screen.at(province.facts, { theme: 'light', language });
    await choose(language, path);
    return await requests.settled();
  }
  opened = screen.as;
  await browser.context.clearCookies();
  const { url } = province;
  if (screen.as !== null) await browser.context.addCookies([{ ...province.cookieOf(screen.as), url }]);
  await load(screen, language);
  if (!isFixed(screen)) await choose(language);
}

/** As it is done in another window. What the server makes, and a wall, is asked for in the language. */
async function speak(screen: Screen, language: Language): Promise<void> {
  if (isFixed(screen)) await load(screen, language);
  else await choose(language);
  await page.waitForFunction((lang) => document.documentElement.lang === lang, language);
}
const choose = (language: Language, path: string | null = null): Promise<void> =>
  page.evaluate(
    ({ chosen, to }) => {
      localStorage.setItem('simpul.language', chosen);
      dispatchEvent(new StorageEvent('storage', { key: 'simpul.language' }));
      if (to !== null) history.pushState(null, '', to);
    },
    { chosen: language, to: path },
  );

/** Texts with words that only the other language has. */
async function strangersIn(language: Language): Promise<readonly string[]> {
  const texts = await textsShown(page);
  await Promise.all(readings);
  return texts.flatMap((text) => {
    const words = strangeWords(text, language, data);
    return words.length === 0 ? [] : [`${words.join(', ')}: ${text.trim().slice(0, 100)}`];
  });
}
const isFramed = () =>
  page
    .locator('.frame')
    .count()
    .then((count) => count > 0);

/** From the top Tab comes to the way past the rail, and from there through the content; nothing holds it. */
async function expectKeyboard(): Promise<void> {
  await beginAtTop(page);
  if (await isFramed()) {
    const { stops } = await tabStops(page, 1);
    expect.soft(stops[0]?.what).toMatch(/class="skip"/);
    await page.keyboard.press('Enter');
  }
  const { stops, heldBy } = await tabStops(page, STOPS);
  const unseen = stops.filter(({ isSeen }) => !isSeen).map(({ what }) => what);
  expect.soft({ unseen, heldBy }).toEqual({ unseen: [], heldBy: null });
  // What is focused may show a tip over something else.
  await beginAtTop(page);
}

test('every path of the router has a sample', () => {
  expect(Object.keys(createSiteRouter().routesByPath).toSorted()).toEqual(Object.keys(SCREENS).toSorted());
});

test.each(ALL.map((screen) => ({ who: screen.as ?? 'nobody', what: screen.name, screen })))(
  '$who: $what is for everybody, on a desk, a telephone and paper, in light and dark, by keyboard, in both languages',
  async ({ screen }) => {
    await page.setViewportSize(DESK);
    await page.emulateMedia({ colorScheme: 'light', media: 'screen' });
    await open(screen, 'en');
    expect(await page.locator('[data-kind="failed"]').count(), 'what could not be shown').toBe(0);
    expect.soft(await strangersIn('en')).toEqual([]);

    // Indonesian words are the longer ones: the rest is measured with them.
    await speak(screen, 'id');
    expect.soft(await strangersIn('id')).toEqual([]);
    expect.soft(await axeFindings(page)).toEqual([]);
    await expectKeyboard();

    await page.emulateMedia({ colorScheme: 'dark' });
    if (isWall(screen)) await load(screen, 'id', 'dark');
    expect.soft(await axeFindings(page, COLOUR_RULES)).toEqual([]);
    await page.setViewportSize(PHONE);
    expect.soft(await axeFindings(page, WIDTH_RULES)).toEqual([]);
    await expectToFit(page);
    if (await isFramed()) expect.soft(await onPaper(page)).toEqual(PAPER);
  },
);
