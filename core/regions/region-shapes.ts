import { createHash } from 'node:crypto';
import type { RegionCode, RegionLevel } from '../domain/region.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import { type RegionTopology, simplifyFor, weigh } from './simplify.ts';

export type ShapesAsked = {
  readonly parent: RegionCode;
  readonly level: RegionLevel;
  /** Of a web map: 0 world … 14 street. */
  readonly zoom: number;
};

/** TopoJSON with the object `regions`: each geometry has its code as `id` and the property `name`. */
export type ShapesBody = { readonly json: string; readonly etag: string };

export type RegionShapes = {
  /** @returns null where no polygons of that level are loaded */
  get(asked: ShapesAsked): Promise<ShapesBody | null>;
};

const MAX_BODIES = 64;
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const MAX_WEIGHED = 4;

/** Keeps what was used last; a promise is kept, so that many askers at once cause one piece of work. */
class Recent<Value> {
  readonly #entries = new Map<string, Promise<Value>>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const value = this.#entries.get(key) ?? make();
    this.#entries.delete(key);
    this.#entries.set(key, value);
    value.catch(() => this.#entries.delete(key));
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#max) break;
      this.#entries.delete(oldest);
    }
    return value;
  }
}

/** Polygons simplified per zoom, kept in memory until another edition is imported. */
export function createRegionShapes(inventory: Pick<Inventory, 'regions'>): RegionShapes {
  const weighed = new Recent<RegionTopology | null>(MAX_WEIGHED);
  let bodies = new Recent<ShapesBody | null>(MAX_BODIES);
  let bytes = 0;

  async function weighedOf(parent: RegionCode, level: RegionLevel): Promise<RegionTopology | null> {
    const areas = await inventory.regions.shapes(parent, level);
    return areas.length === 0 ? null : weigh(areas);
  }

  return {
    async get({ parent, level, zoom }) {
      const stamp = await inventory.regions.edition();
      const edition = stamp === null ? '' : `${stamp.edition}@${stamp.importedAt}`;
      const family = `${edition}/${parent}/${level}`;
      if (bytes > MAX_BODY_BYTES) {
        bodies = new Recent(MAX_BODIES);
        bytes = 0;
      }
      return await bodies.get(`${family}/${zoom}`, async () => {
        const heavy = await weighed.get(family, () => weighedOf(parent, level));
        if (heavy === null) return null;
        const json = JSON.stringify(simplifyFor(heavy, zoom));
        bytes += json.length;
        return { json, etag: `"${createHash('sha256').update(json).digest('base64url').slice(0, 22)}"` };
      });
    },
  };
}
