import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DICTIONARIES } from '../support/dictionary-words.ts';

const WEB = resolve(import.meta.dirname, '../../../web');

function keysOf(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${path}: ${value === '' ? 'nothing' : typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, path === '' ? key : `${path}.${key}`));
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [(value as (...args: string[]) => string)('{a}', '{b}', '{c}')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

describe('dictionaries', () => {
  test.each(DICTIONARIES)('both languages fill the same keys with the same kinds ($folder)', ({ id, en }) => {
    expect(keysOf(en).toSorted()).toEqual(keysOf(id).toSorted());
  });

  test.each(DICTIONARIES)('no text shouts or holds an unfilled place ($folder)', ({ id, en }) => {
    for (const text of [id, en].flatMap(textsOf)) {
      expect(text, text).not.toMatch(/!|undefined|\[object/);
    }
  });

  test('no component holds a text of its own', async () => {
    const files = (await readdir(WEB, { recursive: true })).filter((file) => file.endsWith('.tsx'));

    for (const file of files) {
      const source = await readFile(join(WEB, file), 'utf8');
      const texts = [...source.matchAll(/>\s*([A-Za-z][A-Za-z ,.]{3,})\s*<\//g)].map(([, text]) => text);
      const attributes = [...source.matchAll(/(?:aria-label|placeholder|title|alt)="([^"]{2,})"/g)].map(
        ([, text]) => text,
      );
      expect([...texts, ...attributes], file).toEqual([]);
    }
  });
});
