import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { regionLevel } from '../../../core/domain/region.ts';
import { coverageQuery, shapesQuery } from '../../api/queries.ts';
import { type Scene as Land, polygonScene, projectionAround, projector, unitsPerDegreeOf } from '../../map/scene.ts';
import { useCoast } from '../../map/use-scene.ts';
import { type Graph, NONE } from './graph.ts';
import type { Picture } from './paint.ts';
import { placeScene, siteStates } from './places.ts';
import { breaksOf, findMeshRings, type Ring, ringScene } from './rings.ts';
import type { Scene } from './scene.ts';
import { useTopologyTexts } from './texts.ts';
import { treeScene } from './tree.ts';

export type Mode = 'map' | 'tree' | 'rings' | 'list';
export const FAR_ZOOM = 8;

type Drawn = {
  readonly scene: Scene;
  readonly land: Picture['land'];
  readonly unplaced: number;
  readonly rings: number;
};

/** What a mode draws; null while the land is on its way. */
export function useScene(graph: Graph, mode: Mode, open: ReadonlySet<number>, edgeStates: Uint8Array): Drawn | null {
  const { p, f } = useTopologyTexts();
  const land = useLand(graph, mode === 'map');
  const rings = useMemo((): readonly Ring[] => (mode === 'rings' ? findMeshRings(graph) : []), [graph, mode]);
  // Rings are laid out anew only where another one broke or was mended.
  const broken = rings.map((ring) => breaksOf(ring, edgeStates)).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `broken` stands for the states
  return useMemo((): Drawn | null => {
    const nothing = { land: null, unplaced: 0, rings: 0 };
    if (mode === 'tree' || mode === 'list') return { ...nothing, scene: treeScene(graph, open) };
    if (mode === 'rings') {
      const words = {
        title: (at: number, nodes: number) => p.ring(f.number(at), f.number(nodes)),
        whole: p.ringWhole,
        broken: (count: number) => p.ringBroken(f.number(count)),
      };
      return { ...nothing, rings: rings.length, scene: ringScene(graph, rings, edgeStates, words) };
    }
    if (land === null) return null;
    const { scene, unplaced } = placeScene(graph, land.scene.project);
    return { ...nothing, scene, unplaced, land };
  }, [graph, mode, mode === 'tree' ? open : null, land, rings, broken, p, f]);
}

/** The land of the map, or bare sea with the coast where no boundaries are loaded. */
function useLand(graph: Graph, isWanted: boolean): Picture['land'] {
  const coverage = useQuery({ ...coverageQuery(), enabled: isWanted });
  const rows = coverage.data?.rows;
  const level = regionLevel(rows?.[0]?.code ?? '16.01');
  const code = coverage.data?.region.code ?? '16';
  const shapes = useQuery({ ...shapesQuery(code, level, FAR_ZOOM), enabled: isWanted && coverage.data !== undefined });
  const topology = shapes.data;
  // Places of regions do not move with their states.
  const places = rows?.map((row) => row.code).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `places` stands for the rows
  const scene = useMemo(() => {
    if (rows === undefined || topology === undefined)
      return coverage.isError || shapes.isError ? bareScene(graph) : null;
    return (topology === null ? null : polygonScene(topology, rows)) ?? bareScene(graph);
  }, [topology, places, graph, coverage.isError, shapes.isError]);
  const coast = useCoast(scene);
  return useMemo(() => (scene === null ? null : { scene, coast }), [scene, coast]);
}

/** A projection around the sites themselves. */
function bareScene({ sites }: Graph): Land {
  const lngs = sites.lngs.filter((lng) => lng !== null);
  const lats = sites.lats.filter((lat) => lat !== null);
  const reach = (values: readonly number[], otherwise: number): readonly [number, number] =>
    values.reduce<readonly [number, number]>(
      ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
      [values[0] ?? otherwise, values[0] ?? otherwise],
    );
  const [west, east] = reach(lngs, 104);
  const [south, north] = reach(lats, -3);
  const projection = projectionAround((west + east) / 2, (south + north) / 2, 5);
  const project = projector(projection);
  const [x0, y0] = project(west, north);
  const [x1, y1] = project(east, south);
  return { regions: [], box: [x0, y0, x1, y1], unitsPerDegree: unitsPerDegreeOf(projection), project, slotOf: null };
}

/** States by slot: on the map one mark stands for a site. */
export function slotStatesOf(graph: Graph, scene: Scene, nodeStates: Uint8Array): Uint8Array {
  const states = new Uint8Array(scene.count);
  const ofSites = scene.kind === 'map' ? siteStates(graph, nodeStates) : null;
  for (let slot = 0; slot < scene.count; slot += 1) {
    const node = scene.nodes[slot] ?? NONE;
    states[slot] = (ofSites === null ? nodeStates[node] : ofSites[graph.devices.sites[node] ?? 0]) ?? 0;
  }
  return states;
}
