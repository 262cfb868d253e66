import { useEffect, useRef } from 'react';
import type { VillageStateCounts } from '../../../core/contract/common.ts';
import { VILLAGE_STATES, type VillageState } from '../../../core/domain/state.ts';
import { token, watchTheme } from '../../frame/theme.ts';
import { abbreviate, shortName, wrap } from '../../map/labels.ts';
import { paintShape } from '../../map/marks.ts';
import type { RegionShape, Scene, XY } from '../../map/scene.ts';
import { fitTo, toScreen, type View } from '../../map/view.ts';
import './plain-map.css';

export type PlainPoint = { readonly lng: number; readonly lat: number; readonly state: VillageState };
type Props = {
  readonly label: string;
  readonly scene: Scene;
  readonly points: readonly PlainPoint[];
  /** Villages of each region by state: what tiles hold in place of points. */
  readonly countsOf: (code: string) => VillageStateCounts | undefined;
  /** CSS pixels of one unit of a 1080p wall; without it, no names are written. */
  readonly unit?: number;
  readonly markPx: number;
};

const MAX_RATIO = 2;
/** Those in trouble are drawn last, upon the others. */
const ORDER = ['normal', 'unknown', 'partial', 'down'] as const satisfies readonly VillageState[];

/** A still map of villages by state, drawn anew when its figures or its size change. */
export function PlainMap(props: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef(props);
  shown.current = props;
  const draw = useRef(() => {
    const context = canvas.current?.getContext('2d');
    if (canvas.current === null || context === null || context === undefined) return;
    const { clientWidth: width, clientHeight: height } = canvas.current;
    const ratio = Math.min(MAX_RATIO, devicePixelRatio);
    if (canvas.current.width !== Math.round(width * ratio)) canvas.current.width = Math.round(width * ratio);
    if (canvas.current.height !== Math.round(height * ratio)) canvas.current.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    if (width > 0 && height > 0) paintPlain(context, shown.current, width, height, ratio);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew with every change of what it shows
  useEffect(() => draw.current(), [props.scene, props.points, props.countsOf, props.unit, props.markPx]);
  useEffect(() => {
    const node = canvas.current;
    if (node === null) return;
    const observer = new ResizeObserver(() => draw.current());
    observer.observe(node);
    const forget = watchTheme(() => draw.current());
    return () => {
      observer.disconnect();
      forget();
    };
  }, []);
  return <canvas ref={canvas} className="plain-map" role="img" aria-label={props.label} />;
}

function paintPlain(
  context: CanvasRenderingContext2D,
  props: Props,
  width: number,
  height: number,
  ratio: number,
): void {
  const { scene, points, countsOf, unit, markPx } = props;
  const edge = markPx * 2;
  const view = fitTo(scene.box, { width, height }, { top: edge, right: edge, bottom: edge, left: edge });
  context.setTransform(view.k * ratio, 0, 0, view.k * ratio, view.x * ratio, view.y * ratio);
  context.fillStyle = token('land');
  context.strokeStyle = token('land-line');
  context.lineWidth = Math.max(1, markPx / 6) / view.k;
  for (const { path } of scene.regions) {
    context.fill(path);
    context.stroke(path);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const marks: { readonly at: XY; readonly state: VillageState }[] = [];
  if (scene.slotOf === null) {
    for (const { lng, lat, state } of points) marks.push({ at: toScreen(view, scene.project(lng, lat)), state });
  } else {
    for (const { code } of scene.regions) {
      const counts = countsOf(code);
      const states = VILLAGE_STATES.flatMap((state) => Array.from({ length: counts?.[state] ?? 0 }, () => state));
      for (const [index, state] of states.entries()) {
        marks.push({ at: toScreen(view, scene.slotOf(code, index, states.length)), state });
      }
    }
  }
  // Many points on little room grow smaller, and are never joined: each is a village.
  const radius = Math.max(2, markPx * Math.min(1, Math.sqrt(600 / Math.max(1, marks.length))));
  if (unit !== undefined) {
    const names = { px: 24 * unit, marks: marks.map(({ at }) => at), radius, width, height };
    paintNames(context, scene, view, names);
  }
  for (const wanted of ORDER) {
    for (const { at, state } of marks) {
      if (state !== wanted) continue;
      context.save();
      context.translate(at[0], at[1]);
      paintShape(context, state, state === 'normal' ? radius * 0.8 : radius);
      context.restore();
    }
  }
}

type Rect = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
const meets = (a: Rect, b: Rect): boolean => Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h;

/** Where a name may stand around its point, in widths and heights of itself; the nearest first. */
const OFFSETS = [0, -0.8, 0.8, -1.6, 1.6, -2.4, 2.4]
  .flatMap((dy) => [0, -0.35, 0.35, -0.7, 0.7].map((dx) => ({ dx, dy })))
  .sort((a, b) => Math.hypot(a.dx, a.dy) - Math.hypot(b.dx, b.dy));

type Names = {
  readonly px: number;
  readonly marks: readonly XY[];
  readonly radius: number;
  readonly width: number;
  readonly height: number;
};

/** Names of regions on their own land, the larger first; none covers another, and villages only where nothing else is free. */
function paintNames(context: CanvasRenderingContext2D, scene: Scene, view: View, names: Names): void {
  const { px, marks, radius, width, height } = names;
  context.font = `500 ${px}px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = px / 4;
  context.strokeStyle = token('halo');
  context.fillStyle = token('text-2');
  const taken: Rect[] = [];
  const areaOf = ({ box: [x0, y0, x1, y1] }: RegionShape) => (x1 - x0) * (y1 - y0);
  for (const { name, label, path, box } of scene.regions.toSorted((a, b) => areaOf(b) - areaOf(a))) {
    const room = (box[2] - box[0]) * view.k;
    const lines = linesIn(context, shortName(name), scene.slotOf === null ? null : room);
    const [x, y] = toScreen(view, label);
    const w = Math.max(...lines.map((line) => context.measureText(line).width)) + px / 3;
    const h = lines.length * px;
    const isFree = (at: Rect) =>
      !taken.some((other) => meets({ ...at, h: h + px / 2 }, other)) &&
      at.x - w / 2 >= 0 &&
      at.x + w / 2 <= width &&
      at.y - h / 2 >= 0 &&
      at.y + h / 2 <= height;
    const covered = (at: Rect) =>
      marks.filter(([mx, my]) => meets(at, { x: mx, y: my, w: radius * 2, h: radius * 2 })).length;
    const spots = (scene.slotOf === null ? OFFSETS : OFFSETS.slice(0, 1))
      .map(({ dx, dy }): Rect => ({ x: x + dx * w, y: y + dy * h, w, h }))
      .map((at, place) => ({ at, hidden: covered(at), isOwn: place === 0 || isWithin(context, path, view, at) }))
      .filter(({ at }) => isFree(at));
    const within = spots.filter(({ isOwn }) => isOwn).sort((a, b) => a.hidden - b.hidden);
    // A town is smaller than its name, which then stands beside it.
    const beside = scene.slotOf === null && room < w * 1.2 ? spots.find(({ hidden }) => hidden === 0) : undefined;
    const spot = (beside ?? within[0])?.at;
    if (spot === undefined) continue;
    taken.push(spot);
    for (const [index, line] of lines.entries()) {
      const lineY = spot.y + (index - (lines.length - 1) / 2) * px;
      context.strokeText(line, spot.x, lineY);
      context.fillText(line, spot.x, lineY);
    }
  }
}

/** A name in lines; on a tile, where it would stand beyond, its letters. */
function linesIn(context: CanvasRenderingContext2D, name: string, room: number | null): readonly string[] {
  const lines = wrap(name, room === null ? 13 : 11);
  const fits = room === null || Math.max(...lines.map((line) => context.measureText(line).width)) <= room;
  return fits && (room === null || lines.length <= 2) ? lines : [abbreviate(name)];
}

/** Both ends of a name on the land: half of it over a neighbour would name that too. */
function isWithin(context: CanvasRenderingContext2D, path: Path2D, view: View, { x, y, w }: Rect): boolean {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  const isOn = (at: number) => context.isPointInPath(path, (at - view.x) / view.k, (y - view.y) / view.k);
  const isInside = [x, x - w * 0.4, x + w * 0.4].every(isOn);
  context.restore();
  return isInside;
}
