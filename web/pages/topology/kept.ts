import { cutOffBy, type Graph, listOf, NONE, pathToCore } from './graph.ts';
import type { Picture } from './paint.ts';
import type { Scene } from './scene.ts';

/** What stays in full colour around a chosen node: its way to the core, and all that is lost with it. */
export function kept(graph: Graph, scene: Scene, node: number): Picture['kept'] {
  if (node === NONE) return null;
  const path = pathToCore(graph, node);
  const lost = cutOffBy(graph, node);
  const all = new Set([...path, ...lost]);
  const edges = new Set<number>();
  for (const at of path) {
    const edge = graph.upEdge[at] ?? NONE;
    if (edge !== NONE) edges.add(edge);
  }
  for (const edge of listOf(graph.edgesOf, node)) edges.add(edge);
  for (const at of lost) {
    for (const edge of listOf(graph.edgesOf, at)) if (graph.edges.from[edge] === at) edges.add(edge);
  }
  // Whatever stands for a node in this picture is kept with it.
  const nodes = new Set<number>(all);
  for (const at of all) {
    const slot = scene.slotOf[at] ?? NONE;
    if (slot !== NONE) nodes.add(scene.nodes[slot] ?? NONE);
  }
  return { nodes, edges };
}
