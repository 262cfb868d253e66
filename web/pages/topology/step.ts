import { NONE } from './graph.ts';
import type { Scene } from './scene.ts';

export type Way = 'left' | 'right' | 'up' | 'down';
const TOWARDS: Readonly<Record<Way, readonly [x: number, y: number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};
/** Cosine of how far aside something may lie and still be *that way*. */
const CONE = 0.5;
/** In a tree whoever stands in the column before is *left*, however far up. */
const HALF = 0.001;

/**
 * Where an arrow key leads from a slot: along a connection that runs that way; else to whatever stands nearest there.
 * @returns `NONE` where nothing stands that way
 */
export function stepFrom(scene: Scene, slot: number, way: Way): number {
  const joined: number[] = [];
  for (let line = 0; line < scene.lineCount; line += 1) {
    const [from, to] = [scene.from[line] ?? NONE, scene.to[line] ?? NONE];
    if (from === slot && to !== NONE) joined.push(to);
    else if (to === slot) joined.push(from);
  }
  // In a tree up and down lead along a column, from branch to branch; the connections run across.
  const isColumn = scene.kind === 'tree' && (way === 'up' || way === 'down');
  const along = isColumn ? NONE : nearestThatWay(scene, slot, way, joined, scene.kind === 'tree' ? HALF : CONE);
  if (along !== NONE) return along;
  const all = Array.from({ length: scene.count }, (_, at) => at);
  const column = isColumn ? all.filter((at) => scene.xs[at] === scene.xs[slot]) : all;
  return nearestThatWay(scene, slot, way, column, CONE);
}

function nearestThatWay(scene: Scene, slot: number, way: Way, candidates: readonly number[], cone: number): number {
  const [towardsX, towardsY] = TOWARDS[way];
  let best = NONE;
  let least = Number.POSITIVE_INFINITY;
  for (const at of candidates) {
    const dx = (scene.xs[at] ?? 0) - (scene.xs[slot] ?? 0);
    const dy = (scene.ys[at] ?? 0) - (scene.ys[slot] ?? 0);
    const far = Math.hypot(dx, dy);
    if (at === slot || far === 0) continue;
    const straight = (dx * towardsX + dy * towardsY) / far;
    if (straight < cone) continue;
    // What lies aside is as far as a detour.
    const cost = far * (2 - straight);
    if (cost >= least) continue;
    least = cost;
    best = at;
  }
  return best;
}
