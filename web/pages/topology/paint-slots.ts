import { STATES } from '../../../core/domain/state.ts';
import { token } from '../../frame/theme.ts';
import { inkOf, paintShape } from '../../map/marks.ts';
import { type Size, toScreen, type View } from '../../map/view.ts';
import { DEGRADED, DOWN, NONE, SEVERITY, stateOf, UNKNOWN, UP } from './graph.ts';
import type { Picture } from './paint.ts';
import { EDGE_PX, NAMES_FROM, SHAPES_FROM } from './styles.ts';

const STAMP_PX = 22;
const NAME_PX = 12;
const MOST_LETTERS = 30;
/** Names of one picture: more cannot be read, and each costs as much as a hundred marks. */
const MOST_NAMES = 300;
/** Side of the squares by which names keep off each other. */
const CELL_PX = 14;

/** Where slots stand on the screen, and how far neighbours stand apart there. */
export type Places = {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly size: Size;
  readonly gap: number;
};

/** A picture of each state's mark: drawn once, laid down thousands of times. */
function stampsOf(radius: number, ratio: number): ReadonlyMap<number, HTMLCanvasElement> {
  const stamps = new Map<number, HTMLCanvasElement>();
  for (const code of STATES.keys()) {
    const stamp = document.createElement('canvas');
    stamp.width = STAMP_PX * ratio;
    stamp.height = STAMP_PX * ratio;
    const context = stamp.getContext('2d');
    if (context === null) continue;
    context.setTransform(ratio, 0, 0, ratio, (STAMP_PX * ratio) / 2, (STAMP_PX * ratio) / 2);
    context.beginPath();
    context.arc(0, 0, radius + 2, 0, 2 * Math.PI);
    context.fillStyle = token('surface');
    context.fill();
    paintShape(context, stateOf(code), code === UNKNOWN ? radius - 0.5 : radius);
    stamps.set(code, stamp);
  }
  return stamps;
}

const isOutside = (x: number, y: number, { width, height }: Size): boolean =>
  x < -EDGE_PX || y < -EDGE_PX || x > width + EDGE_PX || y > height + EDGE_PX;

export function paintSlots(
  context: CanvasRenderingContext2D,
  picture: Picture,
  { xs, ys, size, gap }: Places,
  ratio: number,
): void {
  const { scene, slotStates, kept, selectedSlot } = picture;
  const radius = gap >= NAMES_FROM ? 5.5 : Math.max(1.2, Math.min(5, gap * 0.42));
  const isFine = gap >= SHAPES_FROM;
  const stamps = isFine ? stampsOf(radius, ratio) : null;
  for (const wanted of [UP, UNKNOWN, DEGRADED, DOWN]) {
    const { fill, line } = inkOf(stateOf(wanted));
    context.fillStyle = wanted === UNKNOWN ? line : fill;
    const stamp = stamps?.get(wanted);
    // What is wrong is seen from afar.
    const dot = wanted === UP || wanted === UNKNOWN ? radius : Math.max(2.4, radius);
    for (let slot = 0; slot < scene.count; slot += 1) {
      if (slotStates[slot] !== wanted) continue;
      const [x, y] = [xs[slot] ?? 0, ys[slot] ?? 0];
      if (isOutside(x, y, size)) continue;
      context.globalAlpha = kept !== null && !kept.nodes.has(scene.nodes[slot] ?? NONE) ? 0.25 : 1;
      if (stamp !== undefined) context.drawImage(stamp, x - STAMP_PX / 2, y - STAMP_PX / 2, STAMP_PX, STAMP_PX);
      else context.fillRect(x - dot, y - dot, 2 * dot, 2 * dot);
    }
  }
  context.globalAlpha = 1;
  if (selectedSlot === NONE) return;
  context.beginPath();
  context.arc(xs[selectedSlot] ?? 0, ys[selectedSlot] ?? 0, radius + 6, 0, 2 * Math.PI);
  context.strokeStyle = token('accent');
  context.lineWidth = 2.5;
  context.stroke();
}

/** Squares of the picture that are taken; where one is, no other name is written. */
class Room {
  private readonly taken = new Set<number>();

  /** @returns false where something stands already */
  take(x: number, y: number, width: number): boolean {
    const row = Math.floor(y / CELL_PX);
    const cells: number[] = [];
    for (let at = Math.floor(x / CELL_PX); at <= Math.floor((x + width) / CELL_PX); at += 1) {
      const cell = row * 4096 + at;
      if (this.taken.has(cell)) return false;
      cells.push(cell);
    }
    for (const cell of cells) this.taken.add(cell);
    return true;
  }
}

const shortened = (name: string): string =>
  name.length <= MOST_LETTERS ? name : `${name.slice(0, MOST_LETTERS - 1).trimEnd()}…`;

/** Names where there is room: of what is selected and what is wrong first, then of whatever has most behind it. */
export function paintNames(context: CanvasRenderingContext2D, picture: Picture, { xs, ys, size, gap }: Places): void {
  const { scene, slotStates, kept, selectedSlot, nameOf, countText, font } = picture;
  const isRoomy = gap >= NAMES_FROM;
  const chosen: number[] = [];
  for (let slot = 0; slot < scene.count; slot += 1) {
    const [x, y] = [xs[slot] ?? 0, ys[slot] ?? 0];
    if (x < -200 || y < 0 || x > size.width || y > size.height) continue;
    const isTold = isRoomy || slot === selectedSlot || (kept?.nodes.has(scene.nodes[slot] ?? NONE) === true && gap > 3);
    if (isTold) chosen.push(slot);
  }
  const weight = (slot: number): number =>
    (slot === selectedSlot ? 1e9 : 0) +
    (kept?.nodes.has(scene.nodes[slot] ?? NONE) === true ? 1e8 : 0) +
    (SEVERITY[slotStates[slot] ?? UP] ?? 0) * 1e7 +
    (scene.hidden[slot] ?? 0);
  chosen.sort((a, b) => weight(b) - weight(a));
  const room = new Room();
  let written = 0;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  for (const slot of chosen.slice(0, 4 * MOST_NAMES)) {
    if (written === MOST_NAMES) break;
    const x = xs[slot] ?? 0;
    const isLeft = (scene.sides[slot] ?? 1) < 0;
    const hidden = scene.hidden[slot] ?? 0;
    const isSelected = slot === selectedSlot;
    const name = shortened(nameOf(slot));
    const count = hidden > 0 ? `  ${countText(hidden)}` : '';
    context.font = `${isSelected ? 600 : 400} ${NAME_PX}px ${font}`;
    const nameWidth = context.measureText(name).width;
    const width = nameWidth + (count === '' ? 0 : context.measureText(count).width);
    // An open branch leaves to the right: its name stands above it.
    const isAbove = scene.kind === 'tree' && hidden === 0 && (picture.graph.below[scene.nodes[slot] ?? NONE] ?? 0) > 0;
    const start = isAbove ? x - 5 : isLeft ? x - 11 - width : x + 11;
    const y = (ys[slot] ?? 0) - (isAbove ? 14 : 0);
    if (!room.take(start, y, width)) continue;
    written += 1;
    context.textAlign = 'left';
    context.globalAlpha = kept !== null && !kept.nodes.has(scene.nodes[slot] ?? NONE) ? 0.4 : 1;
    context.strokeStyle = token(picture.land === null ? 'surface' : 'land');
    context.lineWidth = 4;
    context.strokeText(name + count, start, y);
    context.fillStyle = token(isSelected ? 'accent' : 'text');
    context.fillText(name, start, y);
    if (count !== '') {
      context.fillStyle = token('text-3');
      context.fillText(count, start + nameWidth, y);
    }
    paintTrouble(context, picture, slot, start + width + 12, y);
  }
  context.globalAlpha = 1;
}

/** What is wrong in a closed branch stands behind its name: the worst shape, and how many. */
function paintTrouble(
  context: CanvasRenderingContext2D,
  { scene, condition, countOf, graph }: Picture,
  slot: number,
  x: number,
  y: number,
): void {
  if (scene.kind === 'rings' || scene.kind === 'map' || (scene.hidden[slot] ?? 0) === 0) return;
  const node = scene.nodes[slot] ?? NONE;
  const troubled = condition.troubled[node] ?? 0;
  if (troubled === 0 || graph.below[node] === 0) return;
  context.save();
  context.translate(x, y);
  paintShape(context, stateOf(condition.worstBelow[node]), 4);
  context.fillStyle = token('text-2');
  context.fillText(countOf(troubled), 8, 0);
  context.restore();
}

/** Above each ring: what it is, and whether it holds. */
export function paintTitles(context: CanvasRenderingContext2D, picture: Picture, view: View, size: Size): void {
  const { scene, font } = picture;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const isSmall = view.k < 0.5;
  for (const { x, y, lines, isBroken } of scene.titles) {
    const [atX, atY] = toScreen(view, [x, y]);
    if (isOutside(atX, atY, size)) continue;
    context.save();
    context.translate(atX, atY);
    paintShape(context, isBroken ? 'down' : 'up', 4);
    context.restore();
    if (isSmall) continue;
    let left = atX + 10;
    for (const [at, line] of lines.entries()) {
      context.font = `${at === 0 ? 600 : 400} 13px ${font}`;
      context.fillStyle = token(at === 0 ? 'text' : isBroken ? 'down-text' : 'text-2');
      context.fillText(line, left, atY);
      left += context.measureText(line).width + 8;
    }
  }
}
