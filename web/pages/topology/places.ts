import type { XY } from '../../map/scene.ts';
import { type Graph, NONE, worseOf } from './graph.ts';
import { type Scene, sceneOf } from './scene.ts';

/** Where sites stand: a slot a site, drawn as its foremost device; and a line for every way between two of them. */
export function placeScene(
  graph: Graph,
  project: (lng: number, lat: number) => XY,
): { readonly scene: Scene; readonly unplaced: number } {
  const { devices, sites, edges, edgeCount, size } = graph;
  const slotOfSite = new Int32Array(sites.ids.length).fill(NONE);
  const nodes: number[] = [];
  const xs: number[] = [];
  const ys: number[] = [];
  const hidden: number[] = [];
  const unplaced = new Set<number>();
  for (const node of graph.order) {
    const site = devices.sites[node] ?? 0;
    const slot = slotOfSite[site] ?? NONE;
    if (slot !== NONE) {
      hidden[slot] = (hidden[slot] ?? 0) + 1;
      continue;
    }
    const [lat, lng] = [sites.lats[site] ?? null, sites.lngs[site] ?? null];
    if (lat === null || lng === null) {
      unplaced.add(site);
      continue;
    }
    const [x, y] = project(lng, lat);
    slotOfSite[site] = nodes.push(node) - 1;
    xs.push(x);
    ys.push(y);
    hidden.push(0);
  }
  const lines: (readonly [number, number, number])[] = [];
  for (let edge = 0; edge < edgeCount; edge += 1) {
    const to = edges.to[edge] ?? NONE;
    const near = slotOfSite[devices.sites[edges.from[edge] ?? 0] ?? 0] ?? NONE;
    const far = to === NONE ? NONE : (slotOfSite[devices.sites[to] ?? 0] ?? NONE);
    if (near !== NONE && near !== far) lines.push([near, far, edge]);
  }
  const area = nodes.length === 0 ? 1 : extent(xs) * extent(ys);
  const spacing = Math.max(0.5, Math.sqrt(area / Math.max(1, nodes.length)) / 4);
  return { scene: sceneOf(size, { kind: 'map', spacing, nodes, xs, ys, hidden, lines }), unplaced: unplaced.size };
}

const extent = (values: readonly number[]): number => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return Math.max(1, high - low);
};

/** The worst state of each site's devices, by site: on the map one mark stands for all. */
export function siteStates({ devices, sites }: Graph, nodeStates: Uint8Array): Uint8Array {
  const states = new Uint8Array(sites.ids.length);
  for (const [node, site] of devices.sites.entries()) {
    states[site] = worseOf(states[site] ?? 0, nodeStates[node] ?? 0);
  }
  return states;
}
