import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

/** The same browser without its own windows first: it takes half of the processor's time. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Nothing of the browser's own reaches out, and no sandbox, which needs rights that tests lack. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of Chromium, by `SIMPUL_CHROMIUM` or where Debian puts it. Throws with the package's name where there is none. */
export function chromiumPath(): string {
  const named = process.env['SIMPUL_CHROMIUM'];
  const path = named === undefined || named === '' ? PLACES.find((place) => existsSync(place)) : named;
  if (path === undefined || !existsSync(path)) {
    throw new Error(
      'no Chromium found: install the Debian package "chromium-headless-shell", or set SIMPUL_CHROMIUM to its path',
    );
  }
  return path;
}

export type OpenBrowser = { readonly context: BrowserContext; readonly close: () => Promise<void> };

/**
 * Starts Chromium with a profile of its own; `close` ends it and removes the profile. Nothing moves by itself unless
 * asked for: what moves is drawn sixty times a second.
 */
export async function openBrowser(
  options: Parameters<typeof chromium.launchPersistentContext>[1] = {},
): Promise<OpenBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'simpul-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    headless: true,
    args: ARGUMENTS,
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  // Against what never comes: on a busy machine a screen takes several times as long.
  context.setDefaultTimeout(90_000);
  return {
    context,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
