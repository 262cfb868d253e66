import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Theme } from '../web/support/store-facts.ts';

export type Size = { readonly width: number; readonly height: number };
export type Options = {
  readonly out: string;
  /** Names of screens or roles; null: all. */
  readonly only: readonly string[] | null;
  readonly sizes: readonly Size[];
};

export const THEMES: readonly Theme[] = ['light', 'dark'];
export const USAGE = 'usage: npm run screenshots -- --out DIR [--only NAME,…] [--sizes 360x740,…]';

const SIZES: readonly Size[] = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const SIZE = /^(\d{2,4})x(\d{2,4})$/;

/** @throws an error for a person to read */
export function readOptions(args: readonly string[], root: string): Options {
  const given = new Map<string, string>();
  for (let at = 0; at < args.length; at += 2) {
    const [name = '', value] = [args[at], args[at + 1]];
    if (!['--out', '--only', '--sizes'].includes(name) || value === undefined || value === '') throw new Error(USAGE);
    given.set(name.slice(2), value);
  }
  const out = given.get('out');
  if (out === undefined) throw new Error(USAGE);
  const place = realPlace(out);
  const within = realpathSync(root);
  if (place === within || place.startsWith(within + sep))
    throw new Error(`${place} lies in the repository: pictures are kept out of it`);
  const sizes = given.get('sizes')?.split(',').map(sizeOf) ?? SIZES;
  return { out: place, only: given.get('only')?.split(',') ?? null, sizes };
}

function sizeOf(text: string): Size {
  const [, width, height] = SIZE.exec(text) ?? [];
  if (width === undefined || height === undefined) throw new Error(`${text} is no size, such as 1280x800`);
  return { width: Number(width), height: Number(height) };
}

/** Where a path leads, also one that is not there yet. */
function realPlace(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    return whole === dirname(whole) ? whole : join(realPlace(dirname(whole)), basename(whole));
  }
}
