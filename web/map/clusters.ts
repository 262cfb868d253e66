import type { MapVillage } from '../../core/contract/coverage.ts';
import { VILLAGE_STATES, type VillageState } from '../../core/domain/state.ts';
import type { XY } from './scene.ts';

export type PlacedVillage = { readonly village: MapVillage; readonly at: XY };
/** Villages so close on the screen that they are drawn as one count. */
export type Cluster = {
  readonly at: XY;
  readonly members: readonly PlacedVillage[];
  readonly counts: Readonly<Record<VillageState, number>>;
};

/** Side of a cell in which points join, CSS pixels: the width of a point with its halo. */
const CELL_PX = 30;

/** Zoom in whole steps, so that clusters hold still while the map moves. */
export const levelOf = (k: number): number => Math.floor(Math.log2(k) * 2) / 2;

function clusterOf(members: readonly PlacedVillage[]): Cluster {
  const counts: Record<VillageState, number> = { normal: 0, partial: 0, down: 0, unknown: 0 };
  let x = 0;
  let y = 0;
  for (const { village, at } of members) {
    counts[village.state] += 1;
    x += at[0];
    y += at[1];
  }
  return { at: [x / members.length, y / members.length], members, counts };
}

/** One count for each tile, where a tile is too small for its villages one by one. */
export function clusterByRegion(
  villages: readonly PlacedVillage[],
  regionOf: (village: MapVillage) => string,
): readonly Cluster[] {
  const regions = new Map<string, PlacedVillage[]>();
  for (const placed of villages) {
    const region = regionOf(placed.village);
    const members = regions.get(region);
    if (members === undefined) regions.set(region, [placed]);
    else members.push(placed);
  }
  return [...regions.values()].map(clusterOf);
}

/** Joins what a grid cell of this zoom holds; a second pass joins clusters whose middles still touch. */
export function clusterVillages(villages: readonly PlacedVillage[], level: number): readonly Cluster[] {
  const cell = CELL_PX / 2 ** level;
  const cells = new Map<number, PlacedVillage[]>();
  for (const placed of villages) {
    const key = Math.floor(placed.at[0] / cell) * 1_000_003 + Math.floor(placed.at[1] / cell);
    const members = cells.get(key);
    if (members === undefined) cells.set(key, [placed]);
    else members.push(placed);
  }
  return joinTouching([...cells.values()].map(clusterOf), cell);
}

function joinTouching(clusters: readonly Cluster[], cell: number): readonly Cluster[] {
  const near = new Map<number, Cluster[]>();
  const joined: Cluster[] = [];
  for (const cluster of clusters.toSorted((a, b) => b.members.length - a.members.length)) {
    const column = Math.floor(cluster.at[0] / cell);
    const line = Math.floor(cluster.at[1] / cell);
    let other: Cluster | undefined;
    let otherKey = 0;
    for (let c = column - 1; c <= column + 1; c += 1) {
      for (let l = line - 1; l <= line + 1; l += 1) {
        const key = c * 1_000_003 + l;
        const found = near.get(key)?.find(({ at }) => Math.hypot(at[0] - cluster.at[0], at[1] - cluster.at[1]) < cell);
        if (found !== undefined) {
          other = found;
          otherKey = key;
        }
      }
    }
    if (other === undefined) {
      const key = column * 1_000_003 + line;
      near.set(key, [...(near.get(key) ?? []), cluster]);
      joined.push(cluster);
      continue;
    }
    const merged = { ...clusterOf([...other.members, ...cluster.members]), at: other.at };
    const list = near.get(otherKey) ?? [];
    list[list.indexOf(other)] = merged;
    joined[joined.indexOf(other)] = merged;
  }
  return joined;
}

/** The state that a count shows first. */
export function worstOf(counts: Cluster['counts']): VillageState {
  return (['down', 'partial', 'unknown'] as const).find((state) => counts[state] > 0) ?? VILLAGE_STATES[0];
}
