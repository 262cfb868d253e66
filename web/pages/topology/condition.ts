import type { TopologyNow } from '../../../core/contract/topology.ts';
import { DEGRADED, DOWN, type Graph, NONE, parentOf, statesOf, UNKNOWN, UP, worseOf } from './graph.ts';

/** How everything does at one moment, by its place in the graph. Never changed: a new moment is a new one. */
export type Condition = {
  readonly asOf: number;
  readonly nodes: Uint8Array;
  readonly edges: Uint8Array;
  /** Share of the capacity, now and in the busiest hour; NaN where it is not known. */
  readonly shares: Float32Array;
  readonly peaks: Float32Array;
  /** Nodes below on the way to the core that are down, disturbed or not seen; and the worst of these states. */
  readonly troubled: Int32Array;
  readonly worstBelow: Uint8Array;
};

/** @param changed states that came since the answer, by node */
export function conditionOf(graph: Graph, now: TopologyNow, changed: ReadonlyMap<number, number>): Condition {
  const { edges, links, edgeCount, size } = graph;
  const nodes = statesOf(now.devices, size);
  for (const [node, state] of changed) nodes[node] = state;
  const linkStates = statesOf(now.links, links.ids.length);
  const states = new Uint8Array(edgeCount);
  const shares = new Float32Array(edgeCount).fill(Number.NaN);
  const peaks = new Float32Array(edgeCount).fill(Number.NaN);
  for (let edge = 0; edge < edgeCount; edge += 1) {
    const link = edges.links[edge] ?? NONE;
    const from = edges.from[edge] ?? 0;
    const own = nodes[from] ?? UNKNOWN;
    // A way is as what hangs on it; where a link lies on it, as that link, but never better than live news of its end.
    states[edge] =
      link === NONE
        ? own
        : changed.has(from)
          ? worseOf(own, linkStates[link] ?? UNKNOWN)
          : (linkStates[link] ?? UNKNOWN);
    if (changed.get(from) === UP && link !== NONE) states[edge] = UP;
    const capacity = link === NONE ? null : (links.capacityMbps[link] ?? null);
    if (link === NONE || capacity === null) continue;
    const share = (bps: number | null | undefined) =>
      bps === null || bps === undefined ? Number.NaN : bps / (capacity * 1e6);
    shares[edge] = share(now.bps[link]);
    peaks[edge] = share(now.peakBps[link]);
  }

  const troubled = new Int32Array(size);
  const worstBelow = new Uint8Array(size);
  for (let at = size - 1; at >= 0; at -= 1) {
    const node = graph.order[at] ?? 0;
    const parent = parentOf(graph, node);
    if (parent === NONE) continue;
    const state = nodes[node] ?? UNKNOWN;
    troubled[parent] = (troubled[parent] ?? 0) + (troubled[node] ?? 0) + (state === UP ? 0 : 1);
    worstBelow[parent] = worseOf(worstBelow[parent] ?? UP, worseOf(state, worstBelow[node] ?? UP));
  }
  return { asOf: now.asOf, nodes, edges: states, shares, peaks, troubled, worstBelow };
}

/** As links are judged elsewhere: from here on a line is nearly full. */
export const BUSY = 0.8;

/** How many are in each state. */
export function countStates(
  states: Uint8Array,
): readonly [up: number, degraded: number, down: number, unknown: number] {
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (const state of states) {
    if (state === UP) counts[0] += 1;
    else if (state === DEGRADED) counts[1] += 1;
    else if (state === DOWN) counts[2] += 1;
    else counts[3] += 1;
  }
  return counts;
}
