import { quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { filter, presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import type { RegionCode } from '../domain/region.ts';
import { type AreaGeometry, signedArea, wind } from './geometry.ts';

export type NamedArea = { readonly code: RegionCode; readonly name: string; readonly geometry: AreaGeometry };
type Regions = { regions: GeometryCollection<{ name: string }> };
export type RegionTopology = Topology<Regions>;

/** From this web-map zoom on, everything that is stored is drawn. */
const FULL_DETAIL_ZOOM = 13;
/** How much of a pixel may be wrong. */
const TOLERANCE_PX = 0.75;
const degreesPerPixel = (zoom: number): number => 360 / (256 * 2 ** zoom);

/**
 * Areas as a topology whose points carry how much they matter (the area of the triangle they make, in square degrees):
 * the slow half of simplifying, the same for every zoom. A border of two neighbours is one arc, so that it stays one.
 */
export function weigh(areas: readonly NamedArea[]): RegionTopology {
  const collection = {
    type: 'FeatureCollection',
    features: areas.map(({ code, name, geometry }) => ({
      type: 'Feature',
      id: code,
      properties: { name },
      // d3-geo takes a ring that runs counter-clockwise for the rest of the globe; other libraries take both.
      geometry: wind(geometry, 'clockwise'),
    })),
  };
  const weighed = presimplify(topology({ regions: collection as never }) as RegionTopology);
  for (const rings of largestRings(weighed)) pin(weighed, rings);
  return weighed;
}

/** What a map of this zoom needs of the areas. Islands under a pixel go, but never the last ring of a region. */
export function simplifyFor(weighed: RegionTopology, zoom: number): RegionTopology {
  const minWeight = zoom >= FULL_DETAIL_ZOOM ? 0 : (degreesPerPixel(zoom) * TOLERANCE_PX) ** 2;
  const simple = simplify(weighed, minWeight);
  const kept = filter(dropSmallRings(simple, minWeight), () => true) as RegionTopology;
  return quantize({ ...kept, bbox: boundsOf(kept) }, quanta(kept, zoom)) as RegionTopology;
}

type Area = Polygon<{ name: string }> | MultiPolygon<{ name: string }>;

const isArea = (geometry: { type: string | null }): geometry is Area =>
  geometry.type === 'Polygon' || geometry.type === 'MultiPolygon';
const polygonsOf = (area: Area): number[][][] => (area.type === 'Polygon' ? [area.arcs] : area.arcs);

function ringOf(from: Topology, arcs: readonly number[]): [number, number][] {
  return arcs.flatMap((index) => {
    const arc = (index < 0 ? from.arcs[~index]?.toReversed() : from.arcs[index]) ?? [];
    // The last point of an arc is the first of the next.
    return arc.slice(0, -1).map(([lng = 0, lat = 0]): [number, number] => [lng, lat]);
  });
}

const ringArea = (from: Topology, arcs: readonly number[]): number => Math.abs(signedArea(ringOf(from, arcs)));

function largestRing(from: Topology, area: Area): readonly number[] {
  const outer = polygonsOf(area).map(([ring = []]) => ({ ring, area: ringArea(from, ring) }));
  return outer.reduce((best, next) => (next.area > best.area ? next : best)).ring;
}

const largestRings = (from: RegionTopology): readonly (readonly number[])[] =>
  from.objects.regions.geometries.filter(isArea).map((area) => largestRing(from, area));

/** Makes the two points of a ring that matter most stay for ever: with an end of an arc they keep it a triangle. */
function pin(weighed: Topology, arcs: readonly number[]): void {
  const points = arcs.flatMap((index) => weighed.arcs[index < 0 ? ~index : index] ?? []);
  const inner = points.filter(([, , weight = 0]) => weight !== Number.POSITIVE_INFINITY);
  for (const point of inner.sort((a, b) => (b[2] ?? 0) - (a[2] ?? 0)).slice(0, 2)) point[2] = Number.POSITIVE_INFINITY;
}

function dropSmallRings(simple: RegionTopology, minArea: number): RegionTopology {
  const isKept = (arcs: readonly number[]): boolean => {
    const ring = ringOf(simple, arcs);
    return ring.length >= 3 && Math.abs(signedArea(ring)) > minArea;
  };
  const geometries = simple.objects.regions.geometries.map((geometry) => {
    if (!isArea(geometry)) return geometry;
    const largest = largestRing(simple, geometry);
    const polygons = polygonsOf(geometry)
      .filter(([outer = []]) => outer === largest || isKept(outer))
      .map(([outer = [], ...holes]) => [outer, ...holes.filter(isKept)]);
    return { ...geometry, type: 'MultiPolygon' as const, arcs: polygons };
  });
  return { ...simple, objects: { regions: { type: 'GeometryCollection', geometries } } };
}

function boundsOf({ arcs }: Topology): [number, number, number, number] {
  const bounds: [number, number, number, number] = [180, 90, -180, -90];
  for (const arc of arcs) {
    for (const [lng = 0, lat = 0] of arc) {
      bounds[0] = Math.min(bounds[0], lng);
      bounds[1] = Math.min(bounds[1], lat);
      bounds[2] = Math.max(bounds[2], lng);
      bounds[3] = Math.max(bounds[3], lat);
    }
  }
  return bounds;
}

/** Steps of the grid that coordinates are rounded to: an eighth of a pixel, and never so coarse that an island folds. */
function quanta(from: Topology, zoom: number): number {
  const [west, south, east, north] = boundsOf(from);
  const steps = (Math.max(east - west, north - south) / degreesPerPixel(zoom)) * 8;
  return Math.round(Math.min(1_000_000, Math.max(20_000, steps)));
}
