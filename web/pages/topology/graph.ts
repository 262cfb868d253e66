import type { Topology } from '../../../core/contract/topology.ts';
import { STATE_LETTERS, STATES, type State } from '../../../core/domain/state.ts';

export const NONE = -1;

/** Lists of numbers by node, laid end to end: those of node n stand from `start[n]` to `start[n + 1]`. */
export type Lists = { readonly start: Int32Array; readonly items: Int32Array };

/** The answer with what the pictures ask of it all the time: who hangs on whom. Nodes are devices, by their place. */
export type Graph = Topology & {
  readonly size: number;
  readonly edgeCount: number;
  readonly nodeOf: ReadonlyMap<string, number>;
  readonly linkOf: ReadonlyMap<string, number>;
  /** Edge of each link. */
  readonly edgeOfLink: Int32Array;
  /** All edges of a node. */
  readonly edgesOf: Lists;
  /** Nodes that depend on a node, and those it depends on, as far as they may be seen. */
  readonly dependents: Lists;
  readonly parents: Lists;
  /** The shortest way to the core: the edge up, or `NONE`; and who takes it. */
  readonly upEdge: Int32Array;
  readonly children: Lists;
  /** Nodes in the order of that way, the core first. */
  readonly order: Int32Array;
  readonly roots: readonly number[];
  /** How many nodes hang below on that way. */
  readonly below: Int32Array;
  readonly hasSecondWay: Uint8Array;
};

export const listOf = ({ start, items }: Lists, node: number): Int32Array =>
  items.subarray(start[node] ?? 0, start[node + 1] ?? 0);

/** Laid in the order of `count` pairs; a pair whose owner is `NONE` is left out. */
function listsOf(
  size: number,
  count: number,
  ownerOf: (pair: number) => number,
  itemOf: (pair: number) => number,
): Lists {
  const start = new Int32Array(size + 1);
  for (let pair = 0; pair < count; pair += 1) {
    const owner = ownerOf(pair);
    if (owner !== NONE) start[owner + 1] = (start[owner + 1] ?? 0) + 1;
  }
  for (let node = 0; node < size; node += 1) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  const next = start.slice();
  const items = new Int32Array(start[size] ?? 0);
  for (let pair = 0; pair < count; pair += 1) {
    const owner = ownerOf(pair);
    if (owner === NONE) continue;
    const at = next[owner] ?? 0;
    items[at] = itemOf(pair);
    next[owner] = at + 1;
  }
  return { start, items };
}

/** By id where each stands: worked out when first asked for, as few screens ask. */
function placesOf(ids: readonly string[]): () => ReadonlyMap<string, number> {
  let places: ReadonlyMap<string, number> | undefined;
  return () => {
    places ??= new Map(ids.map((id, at) => [id, at]));
    return places;
  };
}

export function graphOf(topology: Topology): Graph {
  const { devices, edges, links } = topology;
  const size = devices.ids.length;
  const edgeCount = edges.from.length;
  const [from, to] = [Int32Array.from(edges.from), Int32Array.from(edges.to)];
  const edgesOf = listsOf(
    size,
    2 * edgeCount,
    (pair) => (pair % 2 === 0 ? from : to)[pair >> 1] ?? NONE,
    (pair) => pair >> 1,
  );
  const isTie = (edge: number): boolean => edges.depends[edge] === '1' && to[edge] !== NONE;
  const tiesOf = (ends: Int32Array): Lists =>
    listsOf(
      size,
      edgeCount,
      (edge) => (isTie(edge) ? (ends[edge] ?? NONE) : NONE),
      (edge) => edge,
    );
  const [tiesUp, tiesDown] = [tiesOf(from), tiesOf(to)];
  const endsOf = ({ start, items }: Lists, ends: Int32Array): Lists => ({
    start,
    items: items.map((edge) => ends[edge] ?? NONE),
  });
  const parents = endsOf(tiesUp, to);
  const dependents = endsOf(tiesDown, from);
  const countOf = ({ start }: Lists, node: number): number => (start[node + 1] ?? 0) - (start[node] ?? 0);

  const upEdge = new Int32Array(size).fill(NONE);
  const order = new Int32Array(size);
  const isSeen = new Uint8Array(size);
  const roots: number[] = [];
  let filled = 0;
  let read = 0;
  const begin = (node: number): void => {
    isSeen[node] = 1;
    roots.push(node);
    order[filled++] = node;
  };
  const walk = (): void => {
    for (; read < filled; read += 1) {
      const node = order[read] ?? 0;
      for (const edge of listOf(tiesDown, node)) {
        const child = from[edge] ?? NONE;
        if (isSeen[child] === 1) continue;
        isSeen[child] = 1;
        upEdge[child] = edge;
        order[filled++] = child;
      }
    }
  };
  for (let node = 0; node < size; node += 1) if (countOf(parents, node) === 0) begin(node);
  walk();
  // What depends on itself by others has no beginning: any of it will do.
  for (let node = 0; node < size; node += 1) {
    if (isSeen[node] === 1) continue;
    begin(node);
    walk();
  }

  const below = new Int32Array(size);
  for (let at = size - 1; at >= 0; at -= 1) {
    const node = order[at] ?? 0;
    const parent = parentOf({ edges, upEdge }, node);
    if (parent !== NONE) below[parent] = (below[parent] ?? 0) + (below[node] ?? 0) + 1;
  }
  const children = listsOf(
    size,
    size,
    (node) => parentOf({ edges, upEdge }, node),
    (node) => node,
  );
  const edgeOfLink = new Int32Array(links.ids.length).fill(NONE);
  for (const [edge, link] of edges.links.entries()) if (link !== NONE) edgeOfLink[link] = edge;
  const hasSecondWay = new Uint8Array(size);
  for (let node = 0; node < size; node += 1) hasSecondWay[node] = countOf(parents, node) > 1 ? 1 : 0;
  const [nodeOf, linkOf] = [placesOf(devices.ids), placesOf(links.ids)];
  return {
    ...topology,
    ...{ size, edgeCount, edgesOf, dependents, parents, upEdge, children, order, roots, below, edgeOfLink },
    hasSecondWay,
    get nodeOf() {
      return nodeOf();
    },
    get linkOf() {
      return linkOf();
    },
  };
}

export const parentOf = ({ edges, upEdge }: Pick<Graph, 'edges' | 'upEdge'>, node: number): number => {
  const edge = upEdge[node] ?? NONE;
  return edge === NONE ? NONE : (edges.to[edge] ?? NONE);
};

/** From the node itself to the core. */
export function pathToCore(graph: Graph, node: number): readonly number[] {
  const path: number[] = [];
  for (let at = node; at !== NONE && path.length <= graph.size; at = parentOf(graph, at)) path.push(at);
  return path;
}

/** Nodes whose every way leads through this one: they are lost with it. Itself is not among them. */
export function cutOffBy(graph: Graph, node: number): readonly number[] {
  const lost = new Set([node]);
  const found: number[] = [];
  const queue = [node];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const child of listOf(graph.dependents, at)) {
      if (lost.has(child) || !listOf(graph.parents, child).every((parent) => lost.has(parent))) continue;
      lost.add(child);
      found.push(child);
      queue.push(child);
    }
  }
  return found;
}

export type Reach = {
  readonly devices: number;
  readonly sites: number;
  readonly villages: number;
  readonly agencies: number;
  /** Who lives in those villages; null where of none of them it is known. */
  readonly people: number | null;
};

/** What stands on nodes: each place and each village once. */
export function reachOf({ devices, sites }: Topology, nodes: readonly number[]): Reach {
  const places = new Set(nodes.map((node) => devices.sites[node] ?? 0));
  const villages = new Map<string, number | null>();
  let agencies = 0;
  for (const site of places) {
    const kind = sites.kinds[site];
    if (kind === 'agency') agencies += 1;
    const code = sites.regionCodes[site];
    if (code !== undefined && (kind === 'village-office' || kind === 'village-public')) {
      villages.set(code, sites.people[site] ?? null);
    }
  }
  const known = [...villages.values()].filter((people) => people !== null);
  const people = known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
  return { devices: nodes.length, sites: places.size, villages: villages.size, agencies, people };
}

/** States as numbers: their place in `STATES`. */
export const [UP, DEGRADED, DOWN, UNKNOWN] = [0, 1, 2, 3] as const;
const CODE_OF_LETTER = new Map(STATES.map((state, code) => [STATE_LETTERS[state].charCodeAt(0), code]));
export const stateOf = (code: number | undefined): State => STATES[code ?? UNKNOWN] ?? 'unknown';

/** Letters as numbers of states; what is missing is unknown. */
export function statesOf(letters: string, size: number): Uint8Array {
  const states = new Uint8Array(size).fill(UNKNOWN);
  for (let at = 0; at < Math.min(size, letters.length); at += 1) {
    states[at] = CODE_OF_LETTER.get(letters.charCodeAt(at)) ?? UNKNOWN;
  }
  return states;
}

/** Down before degraded before unknown before up. */
export const SEVERITY: readonly number[] = [0, 2, 3, 1];
export const worseOf = (one: number, other: number): number =>
  (SEVERITY[one] ?? 0) >= (SEVERITY[other] ?? 0) ? one : other;
