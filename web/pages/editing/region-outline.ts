import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { type RegionCode, type RegionLevel, regionLevel } from '../../../core/domain/region.ts';

/** Rings of degrees: the outer one first, then its holes. */
type Rings = readonly (readonly (readonly number[])[])[];
export type Outline = { readonly code: RegionCode; readonly name: string; readonly polygons: readonly Rings[] };

type Shapes = Topology<{ regions: GeometryCollection<{ name?: string }> }>;
const isShapes = (topology: object): topology is Shapes => 'objects' in topology && 'arcs' in topology;

/** The polygons of a TopoJSON of regions. */
export function outlinesOf(topology: object): readonly Outline[] {
  if (!isShapes(topology)) return [];
  return feature(topology, topology.objects.regions).features.flatMap(({ id, properties, geometry }): Outline[] => {
    const polygons =
      geometry.type === 'Polygon'
        ? [geometry.coordinates]
        : geometry.type === 'MultiPolygon'
          ? geometry.coordinates
          : [];
    return polygons.length === 0 ? [] : [{ code: String(id), name: properties.name ?? String(id), polygons }];
  });
}

/** Whether a place lies within: the even-odd rule over all rings, in flat degrees. */
export const contains = ({ polygons }: Pick<Outline, 'polygons'>, lng: number, lat: number): boolean =>
  polygons.some((rings) => rings.filter((ring) => isWithin(ring, lng, lat)).length % 2 === 1);

function isWithin(ring: readonly (readonly number[])[], lng: number, lat: number): boolean {
  let isInside = false;
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
    const [x1 = 0, y1 = 0] = ring[at] ?? [];
    const [x2 = 0, y2 = 0] = ring[before] ?? [];
    if (y1 > lat !== y2 > lat && lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) isInside = !isInside;
  }
  return isInside;
}

export type Box = { readonly west: number; readonly south: number; readonly east: number; readonly north: number };

export function boxOf({ polygons }: Pick<Outline, 'polygons'>): Box {
  const box = { west: 180, south: 90, east: -180, north: -90 };
  for (const [lng = 0, lat = 0] of polygons.flat(2)) {
    box.west = Math.min(box.west, lng);
    box.east = Math.max(box.east, lng);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return box;
}

const LEVELS: readonly RegionLevel[] = ['province', 'regency', 'district', 'village'];

/** Whose shapes show a region among its neighbours, and how finely. */
export function askedFor(code: RegionCode): {
  readonly code: RegionCode;
  readonly level: RegionLevel;
  readonly zoom: number;
} {
  const level = regionLevel(code);
  const parent = level === 'province' ? code : code.slice(0, code.lastIndexOf('.'));
  return { code: parent, level, zoom: 5 + 2 * LEVELS.indexOf(level) };
}
