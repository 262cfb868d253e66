import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { builtSite } from '../support/site.ts';

type Manifest = { readonly icons: readonly { readonly src: string; readonly sizes: string; readonly type: string }[] };

let site: string;
beforeAll(async () => {
  site = await builtSite();
});

test('every icon that the manifest names is built at the size that it says', async () => {
  const { icons } = JSON.parse(await readFile(join(site, 'site.webmanifest'), 'utf8')) as Manifest;
  const drawn = icons.filter(({ type }) => type === 'image/png');

  const sizes = await Promise.all(
    drawn.map(async ({ src }) => {
      const { width, height, format } = await sharp(join(site, src)).metadata();
      return `${width}x${height} ${format}`;
    }),
  );

  expect(sizes).toEqual(drawn.map((icon) => `${icon.sizes} png`));
  expect(drawn.map((icon) => icon.sizes)).toEqual(['192x192', '512x512', '512x512']);
});

test('the icon for iOS is 180 px wide, and nothing shows through it', async () => {
  const page = await readFile(join(site, 'index.html'), 'utf8');
  const icon = sharp(join(site, 'apple-touch-icon.png'));

  expect(page).toContain('href="/apple-touch-icon.png"');
  expect(await icon.metadata()).toMatchObject({ width: 180, height: 180 });
  expect((await icon.stats()).isOpaque).toBe(true);
});
