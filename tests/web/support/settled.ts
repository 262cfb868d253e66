import { setTimeout as pause } from 'node:timers/promises';
import type { Page, Request } from 'playwright-core';

/** Longest wait for a screen: against what never comes, on a machine that does something else too. */
const PATIENCE_MS = 60_000;
const ROUND_MS = 30;

/** The live line stays open for as long as the page does. */
const isLasting = (request: Request): boolean => new URL(request.url()).pathname === '/api/v1/live';

/** Waits for everything a page asks for: begin before it is opened. */
export function watchRequests(page: Page): { settled(): Promise<void> } {
  const pending = new Set<Request>();
  page.on('request', (request) => {
    if (!isLasting(request)) pending.add(request);
  });
  const over = (request: Request): void => void pending.delete(request);
  page.on('requestfinished', over);
  page.on('requestfailed', over);
  // Of a page that was left, nothing is told any more.
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame()) return;
    for (const request of pending)
      if (request.frame() === frame && !request.isNavigationRequest()) pending.delete(request);
  });

  return {
    /** Resolves when nothing is asked and nothing waits, twice in a row. */
    async settled() {
      const until = Date.now() + PATIENCE_MS;
      for (let quiet = 0; quiet < 2; ) {
        if (Date.now() > until) {
          const [first] = pending;
          throw new Error(`${page.url()} still waits ${first === undefined ? 'for itself' : `for ${first.url()}`}`);
        }
        await pause(ROUND_MS);
        // Nothing but a look: in a page whose scripts are forbidden, no timer and no promise comes back.
        const isWaiting = await page
          .evaluate(() => {
            const root = document.querySelector('#root');
            return root?.childElementCount === 0 || document.querySelector('.skeleton') !== null;
          })
          // Left for another page meanwhile.
          .catch(() => true);
        quiet = isWaiting || pending.size > 0 ? 0 : quiet + 1;
      }
    },
  };
}
