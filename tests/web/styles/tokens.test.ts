import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

const WEB = resolve(import.meta.dirname, '../../../web');

type Tokens = ReadonlyMap<string, string>;

function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = channels.map((value) =>
    value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2 contrast of two opaque colours. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const read = (block: string): Tokens =>
  new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\s*;/g)].map(([, name = '', value = '']) => [name, value]));

const SURFACES = ['bg', 'surface', 'surface-2'];
const TEXTS = [
  'text',
  'text-2',
  'text-3',
  'accent',
  'up-text',
  'degraded-text',
  'down-text',
  'unknown-text',
  'planned-text',
];
const SHAPES = [
  'up',
  'degraded-line',
  'down-line',
  'unknown',
  'planned',
  'none',
  'line-strong',
  'chart-1',
  'chart-2',
  'chart-3',
];

describe('colour tokens', () => {
  let themes: Readonly<Record<'light' | 'dark', Tokens>>;

  beforeAll(async () => {
    const css = await readFile(join(WEB, 'styles/tokens.css'), 'utf8');
    const [, light = '', dark = ''] = css.split(/:root[^{]*\{/);
    themes = { light: read(light), dark: read(dark) };
  });

  test.each(['light', 'dark'] as const)('text stands out 4.5 to 1 from every surface (%s)', (theme) => {
    const tokens = themes[theme];

    for (const text of TEXTS) {
      for (const surface of SURFACES) {
        expect(
          contrast(tokens.get(text) ?? '', tokens.get(surface) ?? ''),
          `${text} on ${surface}`,
        ).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test.each(['light', 'dark'] as const)('shapes and lines of a state stand out 3 to 1 (%s)', (theme) => {
    const tokens = themes[theme];

    for (const shape of SHAPES) {
      for (const surface of ['bg', 'surface']) {
        expect(
          contrast(tokens.get(shape) ?? '', tokens.get(surface) ?? ''),
          `${shape} on ${surface}`,
        ).toBeGreaterThanOrEqual(3);
      }
    }
  });

  test.each(['light', 'dark'] as const)('text reads on the soft grounds it is laid on (%s)', (theme) => {
    const tokens = themes[theme];

    for (const [text, ground] of [
      ['on-accent', 'accent'],
      ['accent', 'accent-soft'],
      ['text', 'degraded-soft'],
      ['text', 'down-soft'],
      ['text', 'accent-soft'],
      ['text', 'ramp-1'],
    ] as const) {
      expect(contrast(tokens.get(text) ?? '', tokens.get(ground) ?? ''), `${text} on ${ground}`).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });

  test('both themes fill every token', () => {
    expect([...themes.dark.keys()].sort()).toEqual([...themes.light.keys()].sort());
  });

  test('nothing but the tokens names a colour', async () => {
    const files = (await readdir(WEB, { recursive: true })).filter(
      (file) => /\.(css|tsx?)$/.test(file) && !file.endsWith('tokens.css'),
    );

    for (const file of files) {
      const text = await readFile(join(WEB, file), 'utf8');
      expect(text.match(/#[0-9a-f]{3,8}\b(?!['"]?\s*\})|\brgba?\(|\bhsla?\(|oklch\(/gi) ?? [], file).toEqual([]);
    }
  });
});
