import type { Graph } from './graph.ts';

export type Found = {
  readonly kind: 'node' | 'link';
  readonly at: number;
  readonly name: string;
  readonly detail: string;
};

const MOST = 12;

/** Devices, their sites and links whose name holds the text; names that begin with it first. */
export function find(graph: Graph, text: string): readonly Found[] {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted.length < 2) return [];
  const { devices, sites, links } = graph;
  const found: (Found & { readonly rank: number })[] = [];
  const rankOf = (name: string): number => {
    const at = name.toLocaleLowerCase().indexOf(wanted);
    return at < 0 ? 3 : at === 0 ? 0 : 1;
  };
  for (const [node, name] of devices.names.entries()) {
    const site = sites.names[devices.sites[node] ?? 0] ?? '';
    const rank = Math.min(rankOf(name), rankOf(site) + (rankOf(site) === 3 ? 0 : 1));
    if (rank < 3) found.push({ kind: 'node', at: node, name, detail: site, rank });
  }
  for (const [link, name] of links.names.entries()) {
    const rank = rankOf(name);
    if (rank < 3) found.push({ kind: 'link', at: link, name, detail: '', rank });
  }
  return found.toSorted((a, b) => a.rank - b.rank || a.name.length - b.name.length).slice(0, MOST);
}
