import type { RegionCode } from '../../core/domain/region.ts';
import type { RegionShape, XY } from './scene.ts';
import { type Size, toScreen, type View } from './view.ts';

/** A round thing on the screen that a name must not cover. */
export type Boxed = { readonly at: XY; readonly radius: number };
export type Label = { readonly lines: readonly string[]; readonly at: XY; readonly isSelected: boolean };
type Rect = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

const LINE_PX = 14;
const PAD_PX = 3;
const MAX_LINE = 15;
/** A tile is narrow and must carry its name. */
const TILE_LINE = 11;

/** On a map of one province, what every name begins with says nothing. */
export const shortName = (name: string): string => name.replace(/^(Kabupaten|Kota|Provinsi) /, '');

/** Breaks a long name into lines of about equal length. */
export function wrap(name: string, longest = MAX_LINE): readonly string[] {
  if (name.length <= longest) return [name];
  const words = name.split(' ');
  const wanted = Math.ceil(name.length / longest);
  const target = name.length / wanted;
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (
      line !== '' &&
      longer.length > Math.max(target + 1, Math.min(longest, target + 3)) &&
      lines.length < wanted - 1
    ) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}

const isInside = ({ x, y, w, h }: Rect, { width, height }: Size): boolean =>
  x - w / 2 >= 0 && x + w / 2 <= width && y - h / 2 >= 0 && y + h / 2 <= height;
const meets = (a: Rect, b: Rect): boolean => Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h;
const rectOf = ({ at, radius }: Boxed): Rect => ({ x: at[0], y: at[1], w: radius * 2, h: radius * 2 });

/** `Penukal Abab Lematang Ilir` → `PALI`, `Banyuasin` → `Bany.` */
export function abbreviate(name: string): string {
  const words = name.split(' ');
  return words.length > 1 ? words.map((word) => word[0] ?? '').join('') : `${name.slice(0, 4)}.`;
}

/** The name where it fits into the upper half of its tile, else its letters. */
function linesOfTile(name: string, room: number, widthOf: (text: string) => number): readonly string[] {
  const lines = wrap(name, TILE_LINE);
  const fits = Math.max(...lines.map(widthOf)) <= room - 2 && lines.length * LINE_PX <= room * 0.52;
  return fits ? lines : [abbreviate(name)];
}

/** Names that find room, the larger regions first; a name without room is left out rather than laid over another. */
export function placeLabels(
  regions: readonly RegionShape[],
  view: View,
  covered: readonly Boxed[],
  widthOf: (text: string) => number,
  selected: RegionCode | undefined,
  isFixed: boolean,
  size: Size,
): readonly Label[] {
  const taken: Rect[] = covered.map(rectOf);
  const area = ({ box: [x0, y0, x1, y1] }: RegionShape) => (x1 - x0) * (y1 - y0);
  const order = regions.toSorted(
    (a, b) => Number(b.code === selected) - Number(a.code === selected) || area(b) - area(a),
  );
  const labels: Label[] = [];
  for (const region of order) {
    const [x0, , x1] = region.box;
    const room = (x1 - x0) * view.k;
    const lines = isFixed ? linesOfTile(shortName(region.name), room, widthOf) : wrap(shortName(region.name), MAX_LINE);
    const w = Math.max(...lines.map(widthOf)) + PAD_PX * 2;
    const h = lines.length * LINE_PX + PAD_PX;
    const isSelected = region.code === selected;
    if (!isSelected && !isFixed && w > room * 1.15) continue;
    const [x, y] = toScreen(view, region.label);
    const steps = isFixed
      ? [[0, 0]]
      : [
          [0, 0],
          [0, -1],
          [0, 1],
          [-1, 0],
          [1, 0],
          [-1, -1],
          [1, -1],
          [-1, 1],
          [1, 1],
          [0, -2],
          [0, 2],
        ];
    const spot = steps
      .map(
        ([dx = 0, dy = 0]): Rect => ({ x: x + dx * Math.min(w * 0.7, room * 0.3), y: y + dy * (h * 0.5 + 14), w, h }),
      )
      .find((rect) => isInside(rect, size) && (isFixed || !taken.some((other) => meets(rect, other))));
    if (spot === undefined) continue;
    taken.push(spot);
    labels.push({ lines, at: [spot.x, spot.y], isSelected });
  }
  return labels;
}
