import { DOWN, type Graph, listOf, NONE, UNKNOWN } from './graph.ts';
import { type Scene, sceneOf, type Title } from './scene.ts';

/** In order around: the nth edge joins the nth node with the next, the last with the first. */
export type Ring = { readonly nodes: readonly number[]; readonly edges: readonly number[] };

const MOST_RINGS = 400;
const MOST_NODES = 240;

/** The other end of an edge, `NONE` where nobody may see it. */
const across = ({ edges }: Graph, edge: number, node: number): number => {
  const from = edges.from[edge] ?? NONE;
  return from === node ? (edges.to[edge] ?? NONE) : from;
};

/**
 * Rings in which things are joined, whatever depends on what. Parts that no single node holds together (blocks, by
 * Hopcroft and Tarjan 1973) are looked at one by one: one that is a ring is told as it is, a mesh by the shortest
 * ring that each of its further edges closes. Linear in what is there, but for the meshes.
 */
export function findMeshRings(graph: Graph): readonly Ring[] {
  const rings = blocksOf(graph).flatMap((block) => ringsOfBlock(graph, block));
  return rings.toSorted((a, b) => b.nodes.length - a.nodes.length).slice(0, MOST_RINGS);
}

/** Edges of each part that stays in one piece whatever single node is taken away; only those of three nodes and more. */
function blocksOf(graph: Graph): readonly (readonly number[])[] {
  const { size, edgesOf } = graph;
  const entered = new Int32Array(size).fill(NONE);
  const low = new Int32Array(size);
  const next = new Int32Array(size);
  const blocks: number[][] = [];
  const open: number[] = [];
  let time = 0;
  for (let root = 0; root < size; root += 1) {
    if (entered[root] !== NONE) continue;
    const path: { readonly node: number; readonly edge: number }[] = [{ node: root, edge: NONE }];
    entered[root] = low[root] = time++;
    while (path.length > 0) {
      const top = path[path.length - 1];
      if (top === undefined) break;
      const { node, edge: cameBy } = top;
      const own = listOf(edgesOf, node);
      const edge = own[next[node] ?? 0];
      if (edge !== undefined) {
        next[node] = (next[node] ?? 0) + 1;
        const other = across(graph, edge, node);
        if (other === NONE || edge === cameBy) continue;
        if (entered[other] === NONE) {
          open.push(edge);
          entered[other] = low[other] = time++;
          path.push({ node: other, edge });
        } else if ((entered[other] ?? 0) < (entered[node] ?? 0)) {
          open.push(edge);
          low[node] = Math.min(low[node] ?? 0, entered[other] ?? 0);
        }
        continue;
      }
      path.pop();
      const above = path[path.length - 1]?.node;
      if (above === undefined) continue;
      low[above] = Math.min(low[above] ?? 0, low[node] ?? 0);
      if ((low[node] ?? 0) < (entered[above] ?? 0)) continue;
      const block = open.splice(open.lastIndexOf(cameBy));
      if (block.length >= 3) blocks.push(block);
    }
  }
  return blocks;
}

function ringsOfBlock(graph: Graph, block: readonly number[]): readonly Ring[] {
  const ways = new Map<number, { readonly to: number; readonly edge: number }[]>();
  const isJoined = new Set<string>();
  const simple: number[] = [];
  for (const edge of block) {
    const from = graph.edges.from[edge] ?? 0;
    const to = graph.edges.to[edge] ?? 0;
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    if (isJoined.has(key)) continue;
    isJoined.add(key);
    simple.push(edge);
    for (const [near, far] of [
      [from, to],
      [to, from],
    ] as const) {
      const known = ways.get(near);
      if (known === undefined) ways.set(near, [{ to: far, edge }]);
      else known.push({ to: far, edge });
    }
  }
  if (ways.size < 3) return [];

  const [start = 0] = ways.keys();
  const up = new Map<number, { readonly node: number; readonly edge: number; readonly depth: number }>();
  up.set(start, { node: NONE, edge: NONE, depth: 0 });
  const queue = [start];
  const isTree = new Set<number>();
  for (let at = 0; at < queue.length; at += 1) {
    const node = queue[at] ?? 0;
    const depth = (up.get(node)?.depth ?? 0) + 1;
    for (const { to, edge } of ways.get(node) ?? []) {
      if (up.has(to)) continue;
      up.set(to, { node, edge, depth });
      isTree.add(edge);
      queue.push(to);
    }
  }
  const rings: Ring[] = [];
  for (const edge of simple) {
    if (isTree.has(edge) || rings.length === MOST_RINGS) continue;
    const ring = closedBy(graph, up, edge);
    if (ring.nodes.length <= MOST_NODES) rings.push(ring);
  }
  return rings;
}

/** The ring that an edge closes over a tree: down one branch from where both meet, up the other. */
function closedBy(
  { edges }: Graph,
  up: ReadonlyMap<number, { readonly node: number; readonly edge: number; readonly depth: number }>,
  closing: number,
): Ring {
  let left = edges.from[closing] ?? 0;
  let right = edges.to[closing] ?? 0;
  const leftNodes = [left];
  const leftEdges: number[] = [];
  const rightNodes = [right];
  const rightEdges: number[] = [];
  while (left !== right) {
    const [l, r] = [up.get(left), up.get(right)];
    if (l === undefined || r === undefined) break;
    if (l.depth >= r.depth) {
      left = l.node;
      leftEdges.push(l.edge);
      leftNodes.push(left);
    } else {
      right = r.node;
      rightEdges.push(r.edge);
      rightNodes.push(right);
    }
  }
  // The left branch ends where both meet, and the right one does too: it is named once.
  return {
    nodes: [...leftNodes, ...rightNodes.slice(0, -1).reverse()],
    edges: [...leftEdges, ...rightEdges.reverse(), closing],
  };
}

export type RingWords = {
  readonly title: (at: number, nodes: number) => string;
  readonly whole: string;
  readonly broken: (breaks: number) => string;
};

/** Breaks of a ring: edges that are down or cannot be seen. Two of them cut a part off. */
export const breaksOf = (ring: Ring, edgeStates: Uint8Array): number =>
  ring.edges.filter((edge) => edgeStates[edge] === DOWN || edgeStates[edge] === UNKNOWN).length;

const NODE_ARC = 64;
const LEAST_RADIUS = 84;
/** Room around a ring for names. */
const ROOM = 200;
const ROOM_ABOVE = 74;
const ROOM_BELOW = 46;

/** Rings on circles, the broken first, in rows about as wide as they are high. */
export function ringScene(graph: Graph, rings: readonly Ring[], edgeStates: Uint8Array, words: RingWords): Scene {
  const placed = rings
    .map((ring) => ({
      ring,
      breaks: breaksOf(ring, edgeStates),
      radius: Math.max(LEAST_RADIUS, (ring.nodes.length * NODE_ARC) / (2 * Math.PI)),
    }))
    .toSorted((a, b) => Number(b.breaks > 0) - Number(a.breaks > 0) || b.radius - a.radius);
  const area = placed.reduce(
    (sum, { radius }) => sum + (2 * radius + ROOM * 2) * (2 * radius + ROOM_ABOVE + ROOM_BELOW),
    0,
  );
  const width = Math.max(Math.sqrt(area * 1.7), 2 * (placed[0]?.radius ?? 0) + 2 * ROOM);

  const [nodes, xs, ys, hidden, sides]: [number[], number[], number[], number[], number[]] = [[], [], [], [], []];
  const lines: (readonly [number, number, number])[] = [];
  const titles: Title[] = [];
  let left = 0;
  let top = 0;
  let height = 0;
  for (const [at, { ring, breaks, radius }] of placed.entries()) {
    const wide = 2 * radius + 2 * ROOM;
    if (left > 0 && left + wide > width) {
      left = 0;
      top += height;
      height = 0;
    }
    const [x, y] = [left + ROOM + radius, top + radius + ROOM_ABOVE];
    left += wide;
    height = Math.max(height, 2 * radius + ROOM_ABOVE + ROOM_BELOW);
    const first = nodes.length;
    const inRing = new Set(ring.nodes);
    for (const [n, node] of ring.nodes.entries()) {
      const angle = (2 * Math.PI * n) / ring.nodes.length - Math.PI / 2;
      nodes.push(node);
      xs.push(x + radius * Math.cos(angle));
      ys.push(y + radius * Math.sin(angle));
      sides.push(Math.cos(angle) < -0.01 ? -1 : 1);
      // What hangs on the ring here, beside the ring itself.
      hidden.push(
        [...listOf(graph.children, node)].reduce(
          (sum, child) => (inRing.has(child) ? sum : sum + 1 + (graph.below[child] ?? 0)),
          0,
        ),
      );
      lines.push([first + n, first + ((n + 1) % ring.nodes.length), ring.edges[n] ?? NONE]);
    }
    titles.push({
      x: x - radius - ROOM / 2,
      y: y - radius - 36,
      isBroken: breaks > 0,
      lines: [words.title(at + 1, ring.nodes.length), breaks === 0 ? words.whole : words.broken(breaks)],
    });
  }
  return sceneOf(graph.size, {
    ...{ kind: 'rings', spacing: NODE_ARC / 2, nodes, xs, ys, hidden, sides, lines, titles },
    box: [0, 0, Math.max(1, ...placed.map(() => width)), Math.max(1, top + height)],
  });
}
