import { token } from '../../frame/theme.ts';
import { paintShape } from '../../map/marks.ts';
import type { Scene as Land } from '../../map/scene.ts';
import type { Size, View } from '../../map/view.ts';
import { BUSY, type Condition } from './condition.ts';
import { DEGRADED, DOWN, type Graph, NONE, stateOf, UNKNOWN, UP } from './graph.ts';
import { type Places, paintNames, paintSlots, paintTitles } from './paint-slots.ts';
import type { Scene } from './scene.ts';
import { EDGE_PX, LINE_STYLES, NAMES_FROM, SHAPES_FROM, widthOf } from './styles.ts';

export type Picture = {
  readonly graph: Graph;
  readonly scene: Scene;
  readonly condition: Condition;
  /** By slot: the map shows the worst of a site. */
  readonly slotStates: Uint8Array;
  readonly land: { readonly scene: Land; readonly coast: Path2D | null } | null;
  /** Shares of the capacity by edge: now, or in the busiest hour. */
  readonly shares: Float32Array;
  readonly selectedSlot: number;
  readonly selectedLine: number;
  /** What belongs to what is selected, by node and by edge; null: nothing is, all is drawn alike. */
  readonly kept: { readonly nodes: ReadonlySet<number>; readonly edges: ReadonlySet<number> } | null;
  readonly nameOf: (slot: number) => string;
  readonly shareText: (share: number) => string;
  readonly countText: (count: number) => string;
  readonly countOf: (count: number) => string;
  readonly font: string;
};

const STUB_PX = 26;
/** One path of thousands of strokes is slower than many short ones. */
const STROKES_AT_ONCE = 400;

export function paint(
  context: CanvasRenderingContext2D,
  picture: Picture,
  view: View,
  size: Size,
  ratio: number,
): void {
  const { scene, land } = picture;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.setLineDash([]);
  context.globalAlpha = 1;
  context.fillStyle = token(land === null ? 'surface' : 'sea');
  context.fillRect(0, 0, size.width, size.height);
  if (land !== null) paintLand(context, land, view, ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const { count } = scene;
  const xs = new Float32Array(count);
  const ys = new Float32Array(count);
  for (let slot = 0; slot < count; slot += 1) {
    xs[slot] = (scene.xs[slot] ?? 0) * view.k + view.x;
    ys[slot] = (scene.ys[slot] ?? 0) * view.k + view.y;
  }
  const gap = scene.spacing * view.k;
  const places = { xs, ys, size, gap };
  paintLines(context, picture, places);
  paintSlots(context, picture, places, ratio);
  paintNames(context, picture, places);
  paintTitles(context, picture, view, size);
}

function paintLand(
  context: CanvasRenderingContext2D,
  land: NonNullable<Picture['land']>,
  { k, x, y }: View,
  ratio: number,
): void {
  context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
  if (land.coast !== null) {
    context.fillStyle = token('land-far');
    context.fill(land.coast);
    context.strokeStyle = token('coast');
    context.lineWidth = 0.7 / k;
    context.stroke(land.coast);
  }
  context.fillStyle = token('land');
  context.strokeStyle = token('coast');
  context.lineWidth = 0.8 / k;
  for (const { path } of land.scene.regions) {
    context.fill(path);
    context.stroke(path);
  }
}

/** Lines that look the same are stroked together; what is wrong lies above what is well. */
function paintLines(context: CanvasRenderingContext2D, picture: Picture, { xs, ys, size, gap }: Places): void {
  const { scene, condition, shares, kept } = picture;
  const isFine = gap >= SHAPES_FROM;
  paintTwigs(context, picture, { xs, ys, size, gap });
  const groups = new Map<
    string,
    {
      readonly state: number;
      readonly width: number;
      readonly isFaint: boolean;
      readonly isBusy: boolean;
      readonly lines: number[];
    }
  >();
  for (let line = 0; line < scene.lineCount; line += 1) {
    const from = scene.from[line] ?? 0;
    const to = scene.to[line] ?? NONE;
    const [x0, y0] = [xs[from] ?? 0, ys[from] ?? 0];
    const [x1, y1] = to === NONE ? [x0, y0 - STUB_PX] : [xs[to] ?? 0, ys[to] ?? 0];
    if (Math.max(x0, x1) < -EDGE_PX || Math.max(y0, y1) < -EDGE_PX) continue;
    if (Math.min(x0, x1) > size.width + EDGE_PX || Math.min(y0, y1) > size.height + EDGE_PX) continue;
    const edge = scene.edges[line] ?? 0;
    const state = condition.edges[edge] ?? UNKNOWN;
    const share = shares[edge] ?? Number.NaN;
    const isFaint = kept !== null && !kept.edges.has(edge);
    const isBusy = state === UP && share >= BUSY;
    const width = isFine ? widthOf(share) : state === UP ? 1 : 1.6;
    const key = `${isFaint ? 0 : 1} ${state} ${width} ${isBusy ? 1 : 0}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { state, width, isFaint, isBusy, lines: [line] });
    else group.lines.push(line);
  }
  const rank = ({ state, isFaint, isBusy }: { state: number; isFaint: boolean; isBusy: boolean }): number =>
    (isFaint ? 0 : 10) + (state === UP ? (isBusy ? 1 : 0) : state === UNKNOWN ? 2 : state === DEGRADED ? 3 : 4);
  context.lineCap = 'butt';
  context.lineJoin = 'round';
  for (const { state, width, isFaint, isBusy, lines } of [...groups.values()].toSorted((a, b) => rank(a) - rank(b))) {
    const { ink, dash } = LINE_STYLES[isBusy && isFine ? 'busy' : stateOf(state)];
    context.strokeStyle = token(ink);
    context.globalAlpha = isFaint ? 0.16 : isFine || state !== UP ? 1 : 0.45;
    context.lineWidth = width;
    // A pattern cannot be told where lines touch, and is the dearest thing to draw.
    context.setLineDash(isFine ? dash : []);
    let held = 0;
    context.beginPath();
    for (const line of lines) {
      trace(context, scene, line, xs, ys);
      held += 1;
      if (held < STROKES_AT_ONCE) continue;
      context.stroke();
      context.beginPath();
      held = 0;
    }
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
  if (isFine) paintLineMarks(context, picture, { xs, ys, size, gap });
  const line = picture.selectedLine;
  if (line === NONE) return;
  context.strokeStyle = token('accent');
  context.globalAlpha = 0.5;
  context.lineWidth = 8;
  context.beginPath();
  trace(context, scene, line, xs, ys);
  context.stroke();
  context.globalAlpha = 1;
}

/** How far from its end a line of the tree tells how it does; before that it is a twig of its parent's branch. */
const TOLD = 0.3;
/** Between two of the same column: a bow beside the marks. */
const BOW_PX = 34;
/** Between lines of the same two ends. */
const LANE_PX = 7;

const bendOf = (x0: number, x1: number): number => x0 - (x0 - x1) * TOLD;

/** Elsewhere than in the tree a line is straight. A way out of sight is a short stub. */
function trace(
  context: CanvasRenderingContext2D,
  scene: Scene,
  line: number,
  xs: Float32Array,
  ys: Float32Array,
): void {
  const from = scene.from[line] ?? 0;
  const to = scene.to[line] ?? NONE;
  const [x0, y0] = [xs[from] ?? 0, ys[from] ?? 0];
  const isTree = scene.kind === 'tree';
  if (to === NONE) {
    context.moveTo(x0, y0);
    context.lineTo(isTree ? x0 - STUB_PX : x0, isTree ? y0 : y0 - STUB_PX);
    return;
  }
  const [x1, y1] = [xs[to] ?? 0, ys[to] ?? 0];
  if (isTree && x0 > x1 + 1) {
    context.moveTo(bendOf(x0, x1), y0);
    context.lineTo(x0, y0);
    return;
  }
  if (isTree) {
    context.moveTo(x0, y0);
    context.quadraticCurveTo(Math.min(x0, x1) - BOW_PX, (y0 + y1) / 2, x1, y1);
    return;
  }
  const lane = scene.lanes[line] ?? 0;
  const length = lane === 0 ? 1 : Math.max(1, Math.hypot(x1 - x0, y1 - y0));
  const [dx, dy] = [(-(y1 - y0) / length) * lane * LANE_PX, ((x1 - x0) / length) * lane * LANE_PX];
  context.moveTo(x1 + dx, y1 + dy);
  context.lineTo(x0 + dx, y0 + dy);
}

/** The wood of the tree: thin and of no state, so that branches do not add up to a trunk that nothing carries. */
function paintTwigs(context: CanvasRenderingContext2D, { scene, kept }: Picture, { xs, ys, size }: Places): void {
  if (scene.kind !== 'tree') return;
  context.strokeStyle = token('line-strong');
  context.lineWidth = 1;
  context.globalAlpha = kept === null ? 0.7 : 0.3;
  context.beginPath();
  for (let line = 0; line < scene.lineCount; line += 1) {
    const to = scene.to[line] ?? NONE;
    if (to === NONE) continue;
    const from = scene.from[line] ?? 0;
    const [x0, y0, x1, y1] = [xs[from] ?? 0, ys[from] ?? 0, xs[to] ?? 0, ys[to] ?? 0];
    if (x0 <= x1 + 1 || Math.max(y0, y1) < 0 || Math.min(y0, y1) > size.height) continue;
    const bend = bendOf(x0, x1);
    context.moveTo(x1, y1);
    context.lineTo(bend, y1);
    context.lineTo(bend, y0);
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** The state of a line once more as a shape in its middle, and how full it is. */
function paintLineMarks(context: CanvasRenderingContext2D, picture: Picture, { xs, ys, size, gap }: Places): void {
  const { scene, condition, shares, kept, font, shareText } = picture;
  const isRoomy = gap >= NAMES_FROM;
  const isTree = scene.kind === 'tree';
  context.font = `500 11px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let line = 0; line < scene.lineCount; line += 1) {
    const edge = scene.edges[line] ?? 0;
    const state = condition.edges[edge] ?? UNKNOWN;
    const share = shares[edge] ?? Number.NaN;
    const isTold = !Number.isNaN(share) && (share >= BUSY || isRoomy);
    if ((state === UP && !isTold) || (kept !== null && !kept.edges.has(edge))) continue;
    const to = scene.to[line] ?? NONE;
    if (to === NONE) continue;
    const from = scene.from[line] ?? 0;
    const [x0, y0, x1, y1] = [xs[from] ?? 0, ys[from] ?? 0, xs[to] ?? 0, ys[to] ?? 0];
    if (Math.hypot(x1 - x0, y1 - y0) < 44) continue;
    const x = isTree && x0 > x1 + 1 ? x0 - ((x0 - x1) * TOLD) / 2 - 3 : (x0 + x1) / 2 - (isTree ? BOW_PX / 2 : 0);
    const y = isTree && x0 > x1 + 1 ? y0 : (y0 + y1) / 2;
    if (x < 0 || y < 0 || x > size.width || y > size.height) continue;
    if (state !== UP) {
      context.save();
      context.translate(x, y);
      context.beginPath();
      context.arc(0, 0, 7, 0, 2 * Math.PI);
      context.fillStyle = token('surface');
      context.fill();
      if (state === DOWN) paintCross(context);
      else paintShape(context, stateOf(state), 4);
      context.restore();
    } else if (isTold && scene.kind !== 'tree') {
      const text = shareText(share);
      const width = context.measureText(text).width + 8;
      context.fillStyle = token('surface');
      context.beginPath();
      context.roundRect(x - width / 2, y - 8, width, 16, 4);
      context.fill();
      context.fillStyle = token(share >= BUSY ? 'degraded-text' : 'text-2');
      context.fillText(text, x, y + 0.5);
    }
  }
}

function paintCross(context: CanvasRenderingContext2D): void {
  context.strokeStyle = token('down-line');
  context.lineWidth = 2.2;
  context.beginPath();
  context.moveTo(-4, -4);
  context.lineTo(4, 4);
  context.moveTo(4, -4);
  context.lineTo(-4, 4);
  context.stroke();
}
