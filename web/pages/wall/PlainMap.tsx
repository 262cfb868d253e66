import { useEffect, useRef } from 'react';
import type { VillageStateCounts } from '../../../core/contract/common.ts';
import { VILLAGE_STATES, type VillageState } from '../../../core/domain/state.ts';
import { token, watchTheme } from '../../frame/theme.ts';
import { shortName, wrap } from '../../map/labels.ts';
import { paintShape } from '../../map/marks.ts';
import type { Scene, XY } from '../../map/scene.ts';
import { fitTo, toScreen } from '../../map/view.ts';

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
  if (unit !== undefined) paintNames(context, scene, (at) => toScreen(view, at), 24 * unit);
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

/** Names of regions where they do not cover one another. */
function paintNames(context: CanvasRenderingContext2D, scene: Scene, place: (at: XY) => XY, px: number): void {
  context.font = `500 ${px}px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const taken: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }[] = [];
  for (const { name, label } of scene.regions) {
    const lines = wrap(shortName(name), 13);
    const [x, y] = place(label);
    const w = Math.max(...lines.map((line) => context.measureText(line).width));
    const h = lines.length * px;
    const isCovered = taken.some(
      (other) => Math.abs(other.x - x) < (other.w + w) / 2 + 4 && Math.abs(other.y - y) < (other.h + h) / 2,
    );
    if (isCovered) continue;
    taken.push({ x, y, w, h });
    context.lineWidth = px / 4;
    context.strokeStyle = token('halo');
    context.fillStyle = token('text-2');
    for (const [index, line] of lines.entries()) {
      const lineY = y + (index - (lines.length - 1) / 2) * px;
      context.strokeText(line, x, lineY);
      context.fillText(line, x, lineY);
    }
  }
}
