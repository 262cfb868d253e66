import type { MapSite, MapVillage } from '../../core/contract/coverage.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import type { Cluster } from './clusters.ts';
import type { Picture } from './paint.ts';
import type { XY } from './scene.ts';
import { toScreen, toWorld, type View } from './view.ts';

export type Hit =
  | { readonly kind: 'village'; readonly village: MapVillage }
  | { readonly kind: 'cluster'; readonly cluster: Cluster }
  | { readonly kind: 'site'; readonly site: MapSite }
  | { readonly kind: 'region'; readonly code: RegionCode };

/** A finger is broader than a pointer's tip. */
const REACH_PX = 14;

let ruler: CanvasRenderingContext2D | null = null;

/** What lies under a place of the screen, the small before the large. */
export function hitAt({ scene, clusters, sites }: Picture, view: View, at: XY): Hit | null {
  const far = (world: XY) => {
    const [x, y] = toScreen(view, world);
    return Math.hypot(x - at[0], y - at[1]);
  };
  let nearest: { readonly distance: number; readonly hit: Hit } | null = null;
  for (const cluster of clusters) {
    const [only] = cluster.members;
    const isOne = cluster.members.length === 1 && only !== undefined;
    const distance = far(cluster.at) - (isOne ? 0 : 8);
    if (distance > REACH_PX || (nearest !== null && nearest.distance <= distance)) continue;
    nearest = { distance, hit: isOne ? { kind: 'village', village: only.village } : { kind: 'cluster', cluster } };
  }
  for (const { site, at: place } of sites) {
    const distance = far(place);
    if (distance > REACH_PX - 4 || (nearest !== null && nearest.distance <= distance)) continue;
    nearest = { distance, hit: { kind: 'site', site } };
  }
  if (nearest !== null) return nearest.hit;
  ruler ??= document.createElement('canvas').getContext('2d');
  const [x, y] = toWorld(view, at);
  const region = scene.regions.find(
    ({ box: [x0, y0, x1, y1], path }) =>
      x >= x0 && x <= x1 && y >= y0 && y <= y1 && ruler?.isPointInPath(path, x, y) === true,
  );
  return region === undefined ? null : { kind: 'region', code: region.code };
}
