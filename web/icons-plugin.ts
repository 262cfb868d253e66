import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Plugin } from 'vite';

/** Of the width: a circle of this is never cut off (W3C, Web App Manifest, safe zone of a maskable icon). */
const SAFE = 0.8;
const DENSITY = 72;
const DRAWN_PX = 32;

type Icon = { readonly file: string; readonly px: number; readonly share?: number };
const ICONS: readonly Icon[] = [
  { file: 'icon-192.png', px: 192 },
  { file: 'icon-512.png', px: 512 },
  { file: 'icon-maskable-512.png', px: 512, share: SAFE },
  // iOS takes neither SVG nor what one can see through, and rounds the corners itself.
  { file: 'apple-touch-icon.png', px: 180, share: 1 },
];

async function draw(svg: string, { px, share }: Icon): Promise<Buffer> {
  // Home screens that cut a shape of their own want the ground of the mark up to the edge.
  const background = /<rect[^>]* fill="([^"]+)"/.exec(svg)?.[1] ?? 'white';
  const isFull = share !== undefined;
  const inner = Math.round(px * (share ?? 1));
  const mark = await sharp(Buffer.from(isFull ? svg.replace(/ rx="\d+"/, '') : svg), {
    density: (DENSITY * inner) / DRAWN_PX,
  })
    .resize(inner, inner)
    .png()
    .toBuffer();
  const before = Math.floor((px - inner) / 2);
  const after = px - inner - before;
  const whole = sharp(mark).extend({ top: before, left: before, bottom: after, right: after, background });
  return await (isFull ? whole.flatten({ background }) : whole).png({ palette: true, effort: 10 }).toBuffer();
}

/** Icons for home screens, which take no SVG, made of the one mark there is. */
export function icons(): Plugin {
  return {
    name: 'simpul-icons',
    apply: 'build',
    async generateBundle() {
      const svg = await readFile(join(import.meta.dirname, 'public/simpul.svg'), 'utf8');
      for (const icon of ICONS) this.emitFile({ type: 'asset', fileName: icon.file, source: await draw(svg, icon) });
    },
  };
}
