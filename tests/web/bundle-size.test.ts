import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { builtSite } from '../support/site.ts';

const KB = 1024;
const compressedKb = (text: string): number =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length / KB;

/** Scripts that a page loads without being asked: what index.html names, and their static imports. */
async function staticScripts(dir: string, entries: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const visit = async (file: string): Promise<void> => {
    if (found.has(file)) return;
    found.add(file);
    const text = await readFile(join(dir, 'assets', file), 'utf8');
    const imports = [...text.matchAll(/(?:from|import)\s*["']\.\/([\w-]+\.js)["']/g)].map(([, name]) => name ?? '');
    await Promise.all(imports.map(visit));
  };
  await Promise.all(entries.map(visit));
  return found;
}

const print = (what: string, size: number, most: number): void =>
  console.log(`${what}: ${size.toFixed(1)} of ${most} KB compressed`);

async function sizeOf(dir: string, files: Iterable<string>): Promise<number> {
  let sum = 0;
  for (const file of files) sum += compressedKb(await readFile(join(dir, 'assets', file), 'utf8'));
  return sum;
}

describe('the built site', () => {
  let dir: string;
  let first: ReadonlySet<string>;
  let files: readonly string[];

  beforeAll(async () => {
    dir = await builtSite();
    const html = await readFile(join(dir, 'index.html'), 'utf8');
    const named = [...html.matchAll(/assets\/([\w-]+\.js)/g)].map(([, name]) => name ?? '');
    first = await staticScripts(dir, named);
    files = await readdir(join(dir, 'assets'));
  });

  test('loads at most 150 KB of compressed scripts first, the map not counted', async () => {
    const size = await sizeOf(dir, first);

    print('before the first screen', size, 150);
    expect(first.size).toBeGreaterThan(0);
    expect(size).toBeLessThan(150);
  });

  test('gives the officer at most 60 KB of compressed scripts, what the telephone keeps included', async () => {
    const size = await sizeOf(dir, await staticScripts(dir, ['officer.js', 'officer-worker.js']));

    print('officer', size, 60);
    expect(size).toBeLessThan(60);
  });

  test('keeps map, charts and coasts out of the first load', () => {
    const apart = files.filter((file) => /^(MapPage|DevicePage|coast)-.*\.js$/.test(file));

    expect(apart).toHaveLength(3);
    expect(apart.filter((file) => first.has(file))).toEqual([]);
  });

  test('opens any page with at most 60 KB beyond the first load', async () => {
    const pages = files.filter((file) => /Page-.*\.js$/.test(file));

    for (const page of pages) {
      const extra = [...(await staticScripts(dir, [page]))].filter((file) => !first.has(file));
      const size = await sizeOf(dir, extra);
      print(page.slice(0, page.indexOf('-')), size, 60);
      expect(size, page).toBeLessThan(60);
    }
  });

  test('names no other host and holds no schema library', async () => {
    const scripts = await Promise.all(
      files.filter((file) => /\.(js|css)$/.test(file)).map((file) => readFile(join(dir, 'assets', file), 'utf8')),
    );
    const html = await readFile(join(dir, 'index.html'), 'utf8');

    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    expect(scripts.join('\n')).not.toMatch(/url\((https?:)?\/\//);
    expect(scripts.join('\n')).not.toContain('UTC ms since the epoch');
  });
});
