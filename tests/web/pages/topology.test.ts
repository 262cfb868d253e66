import { describe, expect, test } from 'vitest';
import { drawTopology, type TopologyRows } from '../../../api/read-models/draw-topology.ts';
import { conditionOf } from '../../../web/pages/topology/condition.ts';
import { find } from '../../../web/pages/topology/find.ts';
import { cutOffBy, DOWN, graphOf, listOf, NONE, pathToCore, reachOf, UP } from '../../../web/pages/topology/graph.ts';
import { breaksOf, findMeshRings, ringScene } from '../../../web/pages/topology/rings.ts';
import { nearestLine, type Scene, SlotGrid } from '../../../web/pages/topology/scene.ts';
import { stepFrom } from '../../../web/pages/topology/step.ts';
import { firstOpen, treeScene } from '../../../web/pages/topology/tree.ts';
import { largeDrawing } from '../support/stub-topology.ts';

/** `core` serves `a` and `b`, which serve `c` both; `d` hangs on `c`, `e` on `a` alone. A link closes a–b. */
const TIES = { a: ['core'], b: ['core'], c: ['a', 'b'], d: ['c'], e: ['a'] } as const;
const NAMES = ['core', 'a', 'b', 'c', 'd', 'e'] as const;
const link = (from: string, to: string | null): TopologyRows['links'][number] => ({
  ...{ id: `${from}-${to}`, name: `Link ${from} ${to}`, medium: 'fibre', fromSiteId: `s-${from}` },
  ...{ toSiteId: to === null ? null : `s-${to}`, deviceId: from, ifIndex: 1, contractMbps: 100, portMbps: 1_000 },
});
const rows: TopologyRows = {
  sites: NAMES.map((name, at) => ({
    ...{
      id: `s-${name}`,
      name: `Situs ${name}`,
      regionCode: `16.01.01.200${at}`,
      lat: -3,
      lng: 104 + at / 10,
      people: 1_000,
    },
    kind: name === 'e' ? 'agency' : name === 'd' ? 'village-office' : 'pop',
  })),
  devices: NAMES.map((name) => ({ id: name, name, kind: 'router', siteId: `s-${name}` })),
  ties: Object.entries(TIES).flatMap(([childId, parents]) =>
    parents.map((parentId) => ({ childId, parentId, parentSiteId: `s-${parentId}` })),
  ),
  links: [link('a', 'core'), link('a', 'b'), link('d', 'elsewhere'), link('e', null)],
};
const topology = { version: 'v', leftOut: 0, ...drawTopology(rows) };
const graph = graphOf(topology);
const at = (name: (typeof NAMES)[number]): number => graph.nodeOf.get(name) ?? NONE;
const names = (nodes: readonly number[]): string[] => nodes.map((node) => graph.devices.names[node] ?? '?').sort();
const now = (devices: string, bps: (number | null)[] = []) =>
  ({ version: 'v', asOf: 1, devices, links: 'uuuu', bps, peakBps: bps }) as const;

describe('what is drawn', () => {
  test('a link lies on the dependency between its sites, else joins their heads, and ends unnamed where nobody sees', () => {
    const { edges, links } = topology;
    const ends = edges.links.flatMap((of, edge) =>
      of === NONE
        ? []
        : [[links.ids[of], NAMES[edges.from[edge] ?? 0], NAMES[edges.to[edge] ?? 9] ?? null, edges.depends[edge]]],
    );

    expect(ends).toEqual([
      ['a-core', 'a', 'core', '1'],
      ['a-b', 'a', 'b', '0'],
      ['d-elsewhere', 'd', null, '0'],
      ['e-null', 'e', null, '0'],
    ]);
    expect(JSON.stringify(topology)).not.toContain('s-elsewhere');
  });

  test('a parent that may not be seen leaves an end without a name', () => {
    const inside = { ...rows, devices: rows.devices.filter(({ id }) => id !== 'core'), links: [] };

    const { edges, devices } = drawTopology(inside);

    expect(edges.to.filter((to) => to === NONE)).toHaveLength(2);
    expect(devices.ids).not.toContain('core');
  });

  test('a place is told to the metre', () => {
    const [site] = rows.sites;
    const { sites } = drawTopology({
      ...rows,
      sites: site === undefined ? [] : [{ ...site, lat: -3.12345678, lng: null }],
    });

    expect([sites.lats, sites.lngs]).toEqual([[-3.12346], [null]]);
  });
});

describe('what hangs on what', () => {
  test('every edge stands with both its ends, and only with the near one where the other may not be seen', () => {
    const ends = Array.from({ length: graph.edgeCount }, (_, edge) =>
      [graph.edges.from[edge] ?? NONE, graph.edges.to[edge] ?? NONE].filter((end) => end !== NONE).sort(),
    );
    const standing = ends.map((_, edge) =>
      NAMES.map((_, node) => node).filter((node) => listOf(graph.edgesOf, node).includes(edge)),
    );

    expect(standing).toEqual(ends);
    expect(NAMES.filter((name) => graph.hasSecondWay[at(name)] === 1)).toEqual(['c']);
  });

  test('the way to the core, and what is lost with a device: not what has a second way', () => {
    expect(pathToCore(graph, at('d')).map((node) => NAMES[node])).toEqual(['d', 'c', 'a', 'core']);
    expect(names(cutOffBy(graph, at('a')))).toEqual(['e']);
    expect(names(cutOffBy(graph, at('core')))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('people count once a village, agencies and sites once each', () => {
    expect(reachOf(graph, [at('d'), at('d'), at('e')])).toMatchObject({
      sites: 2,
      villages: 1,
      agencies: 1,
      people: 1_000,
    });
  });

  test('devices that depend on each other in a circle are still drawn', () => {
    const circle = {
      ...rows,
      ties: [
        ['a', 'b'],
        ['b', 'a'],
      ].map(([childId = '', parentId = '']) => ({ childId, parentId, parentSiteId: '' })),
    };

    const drawn = graphOf({ ...topology, ...drawTopology(circle) });

    expect(drawn.order).toHaveLength(NAMES.length);
    expect(treeScene(drawn, new Set(drawn.order)).count).toBe(NAMES.length);
  });
});

describe('how it does', () => {
  test('live news goes over the last answer, and load is a share of the contract', () => {
    const condition = conditionOf(graph, now('uuuuuu', [50e6, null]), new Map([[at('e'), DOWN]]));

    expect(condition.nodes[at('e')]).toBe(DOWN);
    expect(condition.shares[graph.edgeOfLink[0] ?? 0]).toBeCloseTo(0.5);
    expect(condition.shares[graph.edgeOfLink[1] ?? 0]).toBeNaN();
    expect([condition.troubled[at('core')], condition.worstBelow[at('core')]]).toEqual([1, DOWN]);
    expect(condition.worstBelow[at('c')]).toBe(UP);
  });

  test('half an answer leaves the rest unknown', () => {
    const { nodes } = conditionOf(graph, now('du'), new Map());

    expect([...nodes].filter((state) => state === 3)).toHaveLength(4);
  });
});

describe('rings', () => {
  const rings = findMeshRings(graph);
  const words = { title: (n: number) => `${n}`, whole: 'whole', broken: (n: number) => `${n} breaks` };

  test('are found by what is joined, whatever depends on what', () => {
    expect(rings.map(({ nodes }) => names(nodes).join(' ')).sort()).toEqual(['a b c', 'a b core']);
    for (const { nodes, edges } of rings) {
      for (const [n, edge] of edges.entries()) {
        const ends = [graph.edges.from[edge] ?? NONE, graph.edges.to[edge] ?? NONE];
        expect(ends).toContain(nodes[n]);
        expect(ends).toContain(nodes[(n + 1) % nodes.length]);
      }
    }
  });

  test('show their break, the broken first', () => {
    const states = new Uint8Array(graph.edgeCount);
    const second = rings[1];
    states[second?.edges.find((edge) => rings[0]?.edges.includes(edge) === false) ?? 0] = DOWN;

    const scene = ringScene(graph, rings, states, words);

    expect(rings.map((ring) => breaksOf(ring, states))).toEqual([0, 1]);
    expect(scene.titles.map(({ isBroken }) => isBroken)).toEqual([true, false]);
    expect(new Set(scene.nodes.subarray(0, second?.nodes.length))).toEqual(new Set(second?.nodes));
  });
});

describe('the tree', () => {
  const whole = treeScene(graph, new Set(graph.order));
  const slot = (name: (typeof NAMES)[number], of: Scene = whole): number => of.slotOf[at(name)] ?? NONE;

  test('runs from the core outward; no two rows meet', () => {
    expect(whole.kind).toBe('tree');
    expect([slot('core'), slot('a'), slot('c'), slot('d')].map((of) => whole.xs[of])).toEqual([0, 250, 500, 750]);
    const places = [...whole.xs].map((x, n) => `${x} ${whole.ys[n]}`);
    expect(new Set(places).size).toBe(whole.count);
  });

  test('a closed branch is one mark that says how many it hides', () => {
    const closed = treeScene(graph, new Set([at('core')]));

    expect(closed.count).toBe(3);
    expect(closed.hidden[slot('a', closed)]).toBe(3);
    expect(slot('d', closed)).toBe(NONE);
  });

  test('arrows follow connections, and stop where nothing is', () => {
    expect(stepFrom(whole, slot('core'), 'right')).not.toBe(NONE);
    expect(stepFrom(whole, slot('d'), 'left')).toBe(slot('c'));
    expect(stepFrom(whole, slot('core'), 'left')).toBe(NONE);
    expect(stepFrom(whole, slot('a'), 'down')).toBe(slot('b'));
  });

  test('what lies under a finger is found', () => {
    const grid = new SlotGrid(whole);
    const d = slot('d');

    expect(grid.nearest((whole.xs[d] ?? 0) + 3, whole.ys[d] ?? 0, 10)).toBe(d);
    expect(grid.nearest(-500, -500, 10)).toBe(NONE);
    const line = nearestLine(whole, 375, ((whole.ys[slot('a')] ?? 0) + (whole.ys[slot('c')] ?? 0)) / 2, 5);
    expect(whole.edges[line]).toBe(graph.upEdge[at('c')]);
  });

  test('names are found by their beginning before their middle, links too', () => {
    expect(find(graph, 'si')).toHaveLength(NAMES.length);
    expect(find(graph, 'link a').map(({ name }) => name)).toEqual(['Link a b', 'Link a core']);
    expect(find(graph, 'x')).toEqual([]);
  });
});

test('a whole province begins with what can be read, and opens into a picture around its core', () => {
  const large = graphOf(largeDrawing(11_000).topology);

  const first = treeScene(large, firstOpen(large));
  const all = treeScene(large, new Set(large.order));

  expect(first.count).toBeLessThan(80);
  expect([all.kind, all.count]).toEqual(['radial', 11_000]);
  expect([...all.xs, ...all.ys].every(Number.isFinite)).toBe(true);
  expect(findMeshRings(large).length).toBeGreaterThan(50);
});
