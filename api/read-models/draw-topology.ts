import type { Topology } from '../../core/contract/topology.ts';
import type { TopologyDevice, TopologyLink, TopologySite, TopologyTie } from '../../core/stores/inventory/topology.ts';

export type TopologyRows = {
  readonly sites: readonly TopologySite[];
  readonly devices: readonly TopologyDevice[];
  readonly ties: readonly TopologyTie[];
  readonly links: readonly TopologyLink[];
};
type Body = Omit<Topology, 'version' | 'leftOut'>;
const NONE = -1;

/** Both ends of a way between sites, in either direction; the end beyond is empty where nobody may see it. */
const between = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

/** Degrees to about a metre: further digits would be half of all that is sent of a place. */
const metres = (degrees: number | null): number | null => (degrees === null ? null : Math.round(degrees * 1e5) / 1e5);

/**
 * The rows as columns. A link lies on the dependency that crosses between its two sites; where none does, it joins
 * their heads by an edge of its own. Ends outside the rows stay unnamed.
 */
export function drawTopology({ sites, devices, ties, links }: TopologyRows): Body {
  const siteAt = new Map(sites.map(({ id }, index) => [id, index]));
  const deviceAt = new Map(devices.map(({ id }, index) => [id, index]));
  const edges = { from: [] as number[], to: [] as number[], links: [] as number[] };
  let depends = '';
  const addEdge = (from: number, to: number, link: number, letter: '0' | '1'): number => {
    depends += letter;
    edges.from.push(from);
    edges.to.push(to);
    return edges.links.push(link) - 1;
  };

  const crossing = new Map<string, number[]>();
  const hasParentAtHome = new Set<number>();
  for (const { childId, parentId, parentSiteId } of ties) {
    const child = deviceAt.get(childId);
    if (child === undefined) continue;
    const edge = addEdge(child, deviceAt.get(parentId) ?? NONE, NONE, '1');
    const siteId = devices[child]?.siteId ?? '';
    if (siteId === parentSiteId) hasParentAtHome.add(child);
    else {
      const way = between(siteId, parentSiteId);
      const others = crossing.get(way);
      if (others === undefined) crossing.set(way, [edge]);
      else others.push(edge);
    }
  }
  const heads = headsOf(devices, hasParentAtHome);

  const drawn: TopologyLink[] = [];
  for (const link of links) {
    const { fromSiteId, toSiteId, deviceId } = link;
    const candidates = toSiteId === null ? [] : (crossing.get(between(fromSiteId, toSiteId)) ?? []);
    const free = candidates.filter((edge) => edges.links[edge] === NONE);
    const own = free.find((edge) => devices[edges.from[edge] ?? NONE]?.id === deviceId) ?? free[0];
    const from = heads.get(fromSiteId);
    const to = toSiteId === null ? undefined : heads.get(toSiteId);
    const near = from ?? to;
    if (own === undefined && near === undefined) continue;
    const at = drawn.push(link) - 1;
    if (own !== undefined) edges.links[own] = at;
    else if (near !== undefined) addEdge(near, near === from ? (to ?? NONE) : NONE, at, '0');
  }

  return {
    sites: {
      ids: sites.map(({ id }) => id),
      names: sites.map(({ name }) => name),
      kinds: sites.map(({ kind }) => kind),
      regionCodes: sites.map(({ regionCode }) => regionCode),
      lats: sites.map(({ lat }) => metres(lat)),
      lngs: sites.map(({ lng }) => metres(lng)),
      people: sites.map(({ people }) => people),
    },
    devices: {
      ids: devices.map(({ id }) => id),
      names: devices.map(({ name }) => name),
      kinds: devices.map(({ kind }) => kind),
      sites: devices.map(({ siteId }) => siteAt.get(siteId) ?? 0),
    },
    edges: { ...edges, depends },
    links: {
      ids: drawn.map(({ id }) => id),
      names: drawn.map(({ name }) => name),
      media: drawn.map(({ medium }) => medium),
      capacityMbps: drawn.map(({ contractMbps, portMbps }) => contractMbps ?? portMbps),
      capacityOf: drawn
        .map(({ contractMbps, portMbps }) => (contractMbps !== null ? 'c' : portMbps !== null ? 'p' : '-'))
        .join(''),
    },
  };
}

/** By site the device where its links arrive: one that hangs on nothing in the same site, a router before others. */
function headsOf(
  devices: readonly TopologyDevice[],
  hasParentAtHome: ReadonlySet<number>,
): ReadonlyMap<string, number> {
  const heads = new Map<string, number>();
  const rank = (at: number): number => (hasParentAtHome.has(at) ? 2 : 0) + (devices[at]?.kind === 'router' ? 0 : 1);
  for (const [at, { siteId }] of devices.entries()) {
    const known = heads.get(siteId);
    if (known === undefined || rank(at) < rank(known)) heads.set(siteId, at);
  }
  return heads;
}
