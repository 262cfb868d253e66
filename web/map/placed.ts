import type { MapVillage } from '../../core/contract/coverage.ts';
import { ancestorCode, REGION_LEVELS, type RegionCode } from '../../core/domain/region.ts';
import { type Cluster, clusterByRegion, clusterVillages, type PlacedVillage } from './clusters.ts';
import type { Scene } from './scene.ts';

/** A tile narrower than this shows one count instead of its villages. */
const TILE_FROM_PX = 64;

/** The region of the scene in which a village lies. */
function regionFinder({ regions }: Scene): (village: MapVillage) => RegionCode {
  const level = REGION_LEVELS[(regions[0]?.code.split('.').length ?? 2) - 1] ?? 'regency';
  return ({ code }) => ancestorCode(code, level) ?? code;
}

/** Villages with their place: the true one, or their slot in their region's tile. */
export function placeVillages(scene: Scene, villages: readonly MapVillage[]): readonly PlacedVillage[] {
  const { slotOf } = scene;
  if (slotOf === null) return villages.map((village) => ({ village, at: scene.project(village.lng, village.lat) }));
  const regionOf = regionFinder(scene);
  const byRegion = new Map<RegionCode, MapVillage[]>();
  for (const village of villages) {
    const region = regionOf(village);
    const members = byRegion.get(region);
    if (members === undefined) byRegion.set(region, [village]);
    else members.push(village);
  }
  return [...byRegion].flatMap(([region, members]) =>
    members.map((village, index) => ({ village, at: slotOf(region, index, members.length) })),
  );
}

/** In a tile every village has its slot: they join only where even the slots touch. */
export function clustersOf(scene: Scene, placed: readonly PlacedVillage[], level: number): readonly Cluster[] {
  const [first] = scene.regions;
  if (scene.slotOf === null || first === undefined) return clusterVillages(placed, level);
  const tilePx = (first.box[2] - first.box[0]) * 2 ** level;
  return tilePx < TILE_FROM_PX ? clusterByRegion(placed, regionFinder(scene)) : clusterVillages(placed, level + 1.5);
}
