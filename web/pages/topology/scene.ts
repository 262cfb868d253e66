import type { Box } from '../../map/scene.ts';
import { NONE } from './graph.ts';

/**
 * What one way of looking draws: slots with their place, each of a node, and lines between slots, each of an edge. A
 * node may stand in several slots (it is part of two rings) or in none (its branch is closed, its site stands for it).
 */
export type Scene = {
  readonly kind: 'map' | 'tree' | 'radial' | 'rings';
  readonly count: number;
  readonly nodes: Int32Array;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** Nodes that a slot stands for beside its own: those of its closed branch, or of its site. */
  readonly hidden: Int32Array;
  /** Which way a name is written: right of the slot, or left. */
  readonly sides: Int8Array;
  readonly lineCount: number;
  /** Slot of each end; the further one is `NONE` where nobody may see it. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly edges: Int32Array;
  /** Lines of the same two ends lie beside each other: how far from the middle. */
  readonly lanes: Float32Array;
  readonly box: Box;
  /** Usual distance of neighbouring slots in units of the scene: decides what a zoom has room for. */
  readonly spacing: number;
  /** The first slot of each node, `NONE` for none. */
  readonly slotOf: Int32Array;
  readonly titles: readonly Title[];
};
export type Title = {
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
  readonly isBroken: boolean;
};

type Draft = Pick<Scene, 'kind' | 'spacing'> & {
  readonly nodes: readonly number[];
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly hidden?: readonly number[];
  readonly sides?: readonly number[];
  readonly lines: readonly (readonly [from: number, to: number, edge: number])[];
  readonly titles?: readonly Title[];
  readonly box?: Box;
};

export function sceneOf(size: number, draft: Draft): Scene {
  const { kind, spacing, nodes, xs, ys, lines } = draft;
  const slotOf = new Int32Array(size).fill(NONE);
  for (const [slot, node] of nodes.entries()) if (slotOf[node] === NONE) slotOf[node] = slot;
  return {
    kind,
    spacing,
    count: nodes.length,
    nodes: Int32Array.from(nodes),
    xs: Float32Array.from(xs),
    ys: Float32Array.from(ys),
    hidden: draft.hidden === undefined ? new Int32Array(nodes.length) : Int32Array.from(draft.hidden),
    sides: draft.sides === undefined ? new Int8Array(nodes.length).fill(1) : Int8Array.from(draft.sides),
    lineCount: lines.length,
    from: Int32Array.from(lines, ([from]) => from),
    to: Int32Array.from(lines, ([, to]) => to),
    edges: Int32Array.from(lines, ([, , edge]) => edge),
    lanes: lanesOf(lines),
    box: draft.box ?? boxOf(xs, ys),
    slotOf,
    titles: draft.titles ?? [],
  };
}

function lanesOf(lines: Draft['lines']): Float32Array {
  const lanes = new Float32Array(lines.length);
  const sharing = new Map<string, number[]>();
  for (const [line, [from, to]] of lines.entries()) {
    if (to === NONE) continue;
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    const others = sharing.get(key);
    if (others === undefined) sharing.set(key, [line]);
    else others.push(line);
  }
  for (const together of sharing.values()) {
    for (const [at, line] of together.entries()) {
      // The same side for who comes from the other end.
      const [from, to] = lines[line] ?? [0, 0];
      lanes[line] = (at - (together.length - 1) / 2) * (from < to ? 1 : -1);
    }
  }
  return lanes;
}

function boxOf(xs: readonly number[], ys: readonly number[]): Box {
  if (xs.length === 0) return [0, 0, 1, 1];
  const reach = (values: readonly number[]): readonly [number, number] =>
    values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ] as readonly [number, number]);
  const [x0, x1] = reach(xs);
  const [y0, y1] = reach(ys);
  return [x0, y0, x1, y1];
}

/** Finds slots by place: a grid of cells, each with the slots in it. */
export class SlotGrid {
  private readonly cells = new Map<string, number[]>();
  private readonly cell: number;
  private readonly scene: Scene;

  constructor(scene: Scene) {
    this.scene = scene;
    this.cell = Math.max(1e-6, scene.spacing * 2);
    for (let slot = 0; slot < scene.count; slot += 1) {
      const key = this.keyOf(scene.xs[slot] ?? 0, scene.ys[slot] ?? 0);
      const others = this.cells.get(key);
      if (others === undefined) this.cells.set(key, [slot]);
      else others.push(slot);
    }
  }

  private keyOf(x: number, y: number): string {
    return `${Math.floor(x / this.cell)} ${Math.floor(y / this.cell)}`;
  }

  /** The slot nearest to a place, within `reach`; `NONE` where none is. */
  nearest(x: number, y: number, reach: number): number {
    const { scene, cell } = this;
    let best = NONE;
    let least = reach;
    const look = (slot: number): void => {
      const far = Math.hypot((scene.xs[slot] ?? 0) - x, (scene.ys[slot] ?? 0) - y);
      if (far > least) return;
      least = far;
      best = slot;
    };
    const steps = Math.ceil(reach / cell);
    if ((2 * steps + 1) ** 2 > this.cells.size) {
      for (let slot = 0; slot < scene.count; slot += 1) look(slot);
      return best;
    }
    for (let dx = -steps; dx <= steps; dx += 1) {
      for (let dy = -steps; dy <= steps; dy += 1) {
        for (const slot of this.cells.get(this.keyOf(x + dx * cell, y + dy * cell)) ?? []) look(slot);
      }
    }
    return best;
  }
}

/** The line nearest to a place, within `reach`; `NONE` where none is. */
export function nearestLine(scene: Scene, x: number, y: number, reach: number): number {
  let best = NONE;
  let least = reach;
  for (let line = 0; line < scene.lineCount; line += 1) {
    const to = scene.to[line] ?? NONE;
    if (to === NONE) continue;
    const from = scene.from[line] ?? 0;
    const far = awayFrom(x, y, scene.xs[from] ?? 0, scene.ys[from] ?? 0, scene.xs[to] ?? 0, scene.ys[to] ?? 0);
    if (far > least) continue;
    least = far;
    best = line;
  }
  return best;
}

/** Distance of a place from a stretch between two others. */
function awayFrom(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / length));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}
