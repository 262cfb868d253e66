import type { Network } from '../../domain/incident-grouping.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { NetworkRow } from '../../stores/inventory/incident-ledger.ts';

export type KnownNetwork = Network & {
  readonly regionOf: (deviceId: string) => RegionCode | null;
  /** Devices that cannot be reached while all of `down` are: every way to them leads through these. */
  readonly cutOffBy: (down: Iterable<string>) => readonly string[];
};

const NONE: readonly string[] = [];

export function networkOf(rows: readonly NetworkRow[]): KnownNetwork {
  const nodes = new Map(rows.map((row) => [row.deviceId, row]));
  const children = new Map<string, string[]>();
  for (const { deviceId, parentIds } of rows) {
    for (const parent of parentIds) {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [deviceId]);
      else known.push(deviceId);
    }
  }
  const parentsOf = (id: string): readonly string[] => nodes.get(id)?.parentIds ?? NONE;
  return {
    parentsOf,
    sitesBehind(id) {
      const own = nodes.get(id)?.siteId;
      const sites = new Set((children.get(id) ?? NONE).map((child) => nodes.get(child)?.siteId));
      sites.delete(own);
      return sites.size;
    },
    regionOf: (id) => nodes.get(id)?.regionCode ?? null,
    cutOffBy(down) {
      const lost = new Set(down);
      const found: string[] = [];
      const queue = [...lost];
      for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
        for (const child of children.get(at) ?? NONE) {
          if (lost.has(child) || !parentsOf(child).every((parent) => lost.has(parent))) continue;
          lost.add(child);
          found.push(child);
          queue.push(child);
        }
      }
      return found;
    },
  };
}

/** What regions have in common; empty where they lie in several provinces. */
export function commonRegion(codes: Iterable<RegionCode>): RegionCode | '' {
  let common: readonly string[] | null = null;
  for (const code of codes) {
    const parts = code.split('.');
    if (common === null) common = parts;
    else {
      const known: readonly string[] = common;
      const differs = known.findIndex((part, index) => parts[index] !== part);
      common = differs < 0 ? known : known.slice(0, differs);
    }
  }
  return common?.join('.') ?? '';
}
