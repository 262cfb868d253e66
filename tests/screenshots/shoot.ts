import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import type { Screen } from '../web/support/screens.ts';
import { watchRequests } from '../web/support/settled.ts';
import type { StoreFacts } from '../web/support/store-facts.ts';
import { fileOf, type Shot } from './index-page.ts';
import { type Size, THEMES } from './options.ts';

/** Up to this width a finger points. */
const PHONE_WIDTH = 600;

export type Studio = {
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly url: string;
  readonly facts: StoreFacts;
  readonly out: string;
  readonly sizes: readonly Size[];
};

/** Opens a screen once a size, as somebody who comes to it, and takes it in both themes. */
export function photographer(studio: Studio): (screen: Screen) => Promise<Shot> {
  const { page, devtools, url, facts, out, sizes } = studio;
  const requests = watchRequests(page);

  async function take(shot: Pick<Shot, 'role' | 'name'>, screen: Screen, size: Size): Promise<void> {
    await page.setViewportSize(size);
    await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: size.width <= PHONE_WIDTH });
    // A wall has colours of its own, which its server tells it.
    let shown = '';
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const path = await screen.at(facts, { theme, language: 'id' });
      const address = path.startsWith('http') ? path : url + path;
      if (address !== shown || path.startsWith('/wall/')) await page.goto(address, { waitUntil: 'load' });
      shown = address;
      await requests.settled();
      await page.screenshot({ path: join(out, fileOf(shot, size, theme)), animations: 'disabled' });
    }
  }

  return async (screen) => {
    const shot = { role: screen.as ?? 'nobody', name: screen.name };
    const problems: string[] = [];
    for (const size of sizes) {
      try {
        await take(shot, screen, size);
      } catch (error) {
        problems.push(`${size.width}×${size.height}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
      }
    }
    return { ...shot, problem: problems.length === 0 ? null : problems.join('; ') };
  };
}
