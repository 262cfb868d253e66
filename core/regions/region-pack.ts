import type { RegionCode } from '../domain/region.ts';
import type { AreaGeometry } from './geometry.ts';

export type RegionRow = {
  readonly code: RegionCode;
  readonly name: string;
  readonly lat: number | null;
  readonly lng: number | null;
  /** `c` centroid, `i` inside point, `d` only the district's point; null where the level has no such column. */
  readonly pointKind: 'c' | 'i' | 'd' | null;
  readonly areaKm2: number | null;
  readonly population: number | null;
  /** Official counts of villages below a province or regency. */
  readonly desaCount: number | null;
  readonly kelurahanCount: number | null;
};

/** WGS84, outer rings counter-clockwise (RFC 7946). */
export type RegionShape = { readonly code: RegionCode; readonly geometry: AreaGeometry };

/**
 * Codes, names, points and polygons of one edition, checked: every parent is in the pack, no code comes twice. It may
 * hold a part of the country: what it says of a province's villages says nothing of another's.
 */
export type RegionPack = {
  readonly edition: string;
  readonly provinces: readonly RegionRow[];
  readonly regencies: readonly RegionRow[];
  readonly districts: readonly RegionRow[];
  readonly villages: readonly RegionRow[];
  readonly shapes: readonly RegionShape[];
};
