import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** To be given to a context as an init script: what is put into a page later, its content policy refuses. */
export const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Rules that depend on colours, and those that depend on the width. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block'] as const;
export const WIDTH_RULES = ['target-size', 'scrollable-region-focusable'] as const;

/**
 * What axe finds against WCAG 2.0 to 2.2, A and AA.
 * @param rules these alone; all of them when absent
 * @returns a line for each element
 */
export async function axeFindings(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  return await page.evaluate(
    async ({ tags, only }) => {
      const { axe: checker } = globalThis as unknown as { readonly axe: typeof axe };
      const { violations } = await checker.run(document, {
        runOnly: only === null ? { type: 'tag', values: tags } : { type: 'rule', values: only },
        ...(only === null ? { rules: { 'target-size': { enabled: true } } } : {}),
        resultTypes: ['violations'],
        // Frames hold pages that are checked by themselves.
        iframes: false,
        preload: false,
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, any, html }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? html.slice(0, 120)}`),
      );
    },
    { tags: TAGS, only: rules === undefined ? null : [...rules] },
  );
}

/** Everything that a screen says: what is seen, and what is read out instead of it. */
export async function textsShown(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const texts: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const { parentElement, textContent } = node;
      if (parentElement === null || textContent === null || textContent.trim() === '') continue;
      // Names of languages stand in themselves.
      if (parentElement.closest('script, style, noscript, [lang]:not(html), code, pre') !== null) continue;
      if (parentElement.checkVisibility()) texts.push(textContent);
    }
    for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-description'])
      for (const element of document.querySelectorAll(`[${name}]`)) texts.push(element.getAttribute(name) ?? '');
    return texts;
  });
}

/** An element that the Tab key came to. */
export type Stop = { readonly what: string; readonly isSeen: boolean };

/** Day, month, year, hour, minute and the button of a moment are one field to the page, and stops of their own to Tab. */
const FIELD_PARTS = 8;

/**
 * Presses Tab so often, and tells where the focus went and whether it is drawn.
 * @returns `heldBy`: what did not let it go on; null where nothing did
 */
export async function tabStops(
  page: Page,
  times: number,
): Promise<{ readonly stops: readonly Stop[]; readonly heldBy: string | null }> {
  await page.evaluate((PARTS) => {
    const stops: Stop[] = [];
    let still = 0;
    let longest = 0;
    const press = (): void => {
      still += 1;
      longest = Math.max(longest, still);
    };
    const isOutlined = (element: Element): boolean => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
    };
    const listen = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element)) return;
      still = 0;
      // A field within a frame of its own is drawn by that frame.
      const around = [target, target.parentElement, ...('labels' in target ? [...(target.labels as NodeList)] : [])];
      stops.push({
        what: target.outerHTML.slice(0, 100),
        isSeen: around.some((element) => element instanceof Element && isOutlined(element)),
      });
    };
    document.addEventListener('focusin', listen);
    document.addEventListener('keydown', press, true);
    Object.assign(globalThis, {
      endStops: () => {
        document.removeEventListener('focusin', listen);
        document.removeEventListener('keydown', press, true);
        return { stops, heldBy: stops.length > 0 && longest > PARTS ? (stops.at(-1)?.what ?? '') : null };
      },
    });
  }, FIELD_PARTS);
  // The browser takes them one after the other: none waits for the word that the one before it was heard.
  await Promise.all(Array.from({ length: times }, () => page.keyboard.press('Tab')));
  return await page.evaluate(() =>
    (globalThis as unknown as { endStops(): Awaited<ReturnType<typeof tabStops>> }).endStops(),
  );
}

/** Lets the next Tab begin at the top of the page, wherever the focus was. */
export async function beginAtTop(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
}

/** By how many pixels a page is wider than its window. */
const overhang = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(
      ...[document.documentElement, document.querySelector('#content')]
        .filter((element) => element !== null)
        .map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
    ),
  );

/** Nothing is wider than the window, once charts have drawn themselves anew after it changed. */
export const expectToFit = (page: Page): Promise<void> =>
  expect.poll(() => overhang(page), { timeout: 30_000, message: 'wider than its window' }).toBeLessThanOrEqual(0);

/** How a page looks on paper: whether anything of the frame is printed, on which ground, and in which ink. */
export async function onPaper(
  page: Page,
): Promise<{ readonly frame: string; readonly ground: string; readonly ink: string }> {
  await page.emulateMedia({ media: 'print' });
  return await page.evaluate(() => {
    dispatchEvent(new Event('beforeprint'));
    const shown = [...document.querySelectorAll('.rail, .bar')].filter((element) => element.checkVisibility());
    const paper = {
      frame: shown.length === 0 ? 'hidden' : shown.map(({ className }) => className).join(', '),
      ground: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(document.body).color,
    };
    dispatchEvent(new Event('afterprint'));
    return paper;
  });
}
