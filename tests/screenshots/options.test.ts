import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readOptions } from './options.ts';

const place = mkdtempSync(join(tmpdir(), 'simpul-options-'));
const root = join(place, 'repository');
mkdirSync(root);
symlinkSync(root, join(place, 'link'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

test('pictures are taken in three sizes, of everything, into a folder that need not be there yet', () => {
  const options = readOptions(['--out', join(place, 'new/pictures')], root);

  expect(options.out.endsWith('/new/pictures')).toBe(true);
  expect(options.only).toBeNull();
  expect(options.sizes.map(({ width, height }) => `${width}x${height}`)).toEqual(['360x740', '1280x800', '1920x1080']);
});

test('screens and sizes are named', () => {
  const options = readOptions(['--sizes', '3840x2160', '--out', place, '--only', 'now,officer'], root);

  expect(options.only).toEqual(['now', 'officer']);
  expect(options.sizes).toEqual([{ width: 3840, height: 2160 }]);
});

test.each([join(root, 'shots'), root, join(place, 'link/shots')])(
  'pictures are kept out of the repository (%s)',
  (out) => {
    expect(() => readOptions(['--out', out], root)).toThrow(/lies in the repository/);
  },
);

test.each([[[]], [['--out']], [['--in', 'x']], [['--out', place, '--sizes', 'large']]])('%j is refused', (args) => {
  expect(() => readOptions(args, root)).toThrow();
});
