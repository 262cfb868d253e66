import { type Graph, listOf, NONE, parentOf } from './graph.ts';
import { type Scene, sceneOf } from './scene.ts';

export const ROW = 26;
const COLUMN = 250;
/** With more rows than these a tree on its side is a thread: it is drawn around its core. */
const MOST_ROWS = 260;
/** Rows that a picture begins with. */
const FIRST_ROWS = 46;
const LEAF_ARC = 16;

/** Branches opened to begin with: from the core outward, as many as can be read. */
export function firstOpen(graph: Graph): ReadonlySet<number> {
  const open = new Set<number>();
  let rows = graph.roots.length;
  for (const node of graph.order) {
    const children = listOf(graph.children, node).length;
    if (children === 0 || !isShown(graph, open, node)) continue;
    if (rows + children - 1 > FIRST_ROWS) {
      if (open.size === 0 && graph.roots.length === 1) open.add(node);
      break;
    }
    open.add(node);
    rows += children - 1;
  }
  return open;
}

const isShown = (graph: Graph, open: ReadonlySet<number>, node: number): boolean => {
  const parent = parentOf(graph, node);
  return parent === NONE || open.has(parent);
};

/**
 * The tree from the core outward, in one walk: every end of a branch takes the next row, and who stands above stands
 * in the middle of its first and its last.
 */
export function treeScene(graph: Graph, open: ReadonlySet<number>): Scene {
  const nodes: number[] = [];
  const rows: number[] = [];
  const depths: number[] = [];
  const hidden: number[] = [];
  const lines: (readonly [number, number, number])[] = [];
  const slots = new Int32Array(graph.size).fill(NONE);
  let row = 0;
  let deepest = 0;

  type Step = { readonly node: number; readonly depth: number; readonly isLeaving: boolean };
  for (const root of graph.roots) {
    const steps: Step[] = [{ node: root, depth: 0, isLeaving: false }];
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      const { node, depth, isLeaving } = step;
      const children = open.has(node) ? listOf(graph.children, node) : [];
      if (isLeaving) {
        const [first = NONE] = children;
        const last = children.at(-1) ?? NONE;
        rows[slots[node] ?? 0] = ((rows[slots[first] ?? 0] ?? 0) + (rows[slots[last] ?? 0] ?? 0)) / 2;
        continue;
      }
      const slot = nodes.push(node) - 1;
      slots[node] = slot;
      depths.push(depth);
      deepest = Math.max(deepest, depth);
      hidden.push(open.has(node) ? 0 : (graph.below[node] ?? 0));
      const edge = graph.upEdge[node] ?? NONE;
      if (edge !== NONE) lines.push([slot, slots[parentOf(graph, node)] ?? NONE, edge]);
      if (children.length === 0) {
        rows.push(row);
        row += 1;
        continue;
      }
      rows.push(row);
      steps.push({ node, depth, isLeaving: true });
      for (let at = children.length - 1; at >= 0; at -= 1) {
        steps.push({ node: children[at] ?? 0, depth: depth + 1, isLeaving: false });
      }
    }
  }
  addOtherWays(graph, slots, lines);

  const draft = { nodes, hidden, lines };
  if (row <= MOST_ROWS) {
    return sceneOf(graph.size, {
      ...draft,
      kind: 'tree',
      spacing: ROW,
      xs: depths.map((depth) => depth * COLUMN),
      ys: rows.map((at) => at * ROW),
    });
  }
  const step = Math.max(COLUMN, (row * LEAF_ARC) / (2 * Math.PI * Math.max(1, deepest)));
  const isOneRoot = graph.roots.length === 1;
  const angleOf = (at: number): number => (2 * Math.PI * at) / row - Math.PI / 2;
  const radiusOf = (depth: number): number => (isOneRoot ? depth : depth + 1) * step;
  return sceneOf(graph.size, {
    ...draft,
    kind: 'radial',
    spacing: LEAF_ARC,
    xs: rows.map((at, slot) => Math.cos(angleOf(at)) * radiusOf(depths[slot] ?? 0)),
    ys: rows.map((at, slot) => Math.sin(angleOf(at)) * radiusOf(depths[slot] ?? 0)),
    sides: rows.map((at) => (Math.cos(angleOf(at)) < 0 ? -1 : 1)),
  });
}

/** Edges beside the shortest way, between what is shown. */
function addOtherWays(
  { edges, edgeCount, upEdge }: Graph,
  slots: Int32Array,
  lines: (readonly [number, number, number])[],
): void {
  for (let edge = 0; edge < edgeCount; edge += 1) {
    const [from, to] = [edges.from[edge] ?? 0, edges.to[edge] ?? NONE];
    const slot = slots[from] ?? NONE;
    if (slot === NONE || upEdge[from] === edge) continue;
    if (to === NONE) lines.push([slot, NONE, edge]);
    else if (slots[to] !== NONE) lines.push([slot, slots[to] ?? NONE, edge]);
  }
}
