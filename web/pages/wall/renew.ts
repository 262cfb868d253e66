import { SECOND } from '../../../core/domain/clock.ts';

const FILE = /(?:src|href)="(\/assets\/[^"]+)"/g;
const WAIT_MS = 15 * SECOND;

/** @returns the body; null where it cannot be had whole */
async function have(address: string, cache: RequestCache): Promise<string | null> {
  try {
    const answer = await fetch(address, { cache, signal: AbortSignal.timeout(WAIT_MS) });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

/**
 * Loads this page anew once it and every file that it names can be had, and does nothing before: a screen without
 * anybody would be left with the browser's own error. The files then come out of the browser's cache.
 */
export async function renewPage(): Promise<void> {
  const page = await have('/', 'no-store');
  const files = [...(page ?? '').matchAll(FILE)].map(([, file = '']) => file);
  const bodies = await Promise.all(files.map((file) => have(file, 'default')));
  if (bodies.length > 0 && !bodies.includes(null)) location.reload();
}
