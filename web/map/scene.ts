import { type GeoContext, type GeoProjection, geoMercator, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { CoverageRow } from '../../core/contract/coverage.ts';
import type { RegionCode } from '../../core/domain/region.ts';

/** World units across the province: large enough for a zoom by a hundred within the 32 bits of a canvas path. */
const SPAN = 1000;

/** What of a region a map must know to place it. */
export type PlacedRow = Pick<CoverageRow, 'code' | 'name' | 'lat' | 'lng'>;

export type XY = readonly [x: number, y: number];
/** West, north, east, south in world units (y grows southwards). */
export type Box = readonly [x0: number, y0: number, x1: number, y1: number];

export type RegionShape = {
  readonly code: RegionCode;
  readonly name: string;
  readonly path: Path2D;
  readonly box: Box;
  /** Where the name is written. */
  readonly label: XY;
};

/** What a map stands on: shapes in flat world units around the middle of the province. */
export type Scene = {
  readonly regions: readonly RegionShape[];
  readonly box: Box;
  /** World units of one degree of longitude. */
  readonly unitsPerDegree: number;
  readonly project: (lng: number, lat: number) => XY;
  /** Tiles have a place for each village of their own instead of the true one. */
  readonly slotOf: ((code: RegionCode, index: number, count: number) => XY) | null;
};

type ShapeTopology = Topology<{ regions: GeometryCollection<{ name?: string }> }>;

/** Mercator around a middle, `SPAN` units for `degrees`. */
export function projectionAround(lng: number, lat: number, degrees: number): GeoProjection {
  return geoMercator()
    .center([lng, lat])
    .translate([0, 0])
    .scale((SPAN / degrees) * (180 / Math.PI))
    .precision(0);
}

export const unitsPerDegreeOf = (projection: GeoProjection): number => (projection.scale() * Math.PI) / 180;

export function projector(projection: GeoProjection): Scene['project'] {
  return (lng, lat) => projection([lng, lat]) ?? [0, 0];
}

export const union = (boxes: readonly Box[]): Box =>
  boxes.reduce(
    (all, box) => [
      Math.min(all[0], box[0]),
      Math.min(all[1], box[1]),
      Math.max(all[2], box[2]),
      Math.max(all[3], box[3]),
    ],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );

/** A path takes what d3-geo draws, but begins only once. */
const pen = (path: Path2D): GeoContext => ({
  beginPath: () => undefined,
  moveTo: (x, y) => path.moveTo(x, y),
  lineTo: (x, y) => path.lineTo(x, y),
  closePath: () => path.closePath(),
  arc: (x, y, radius, from, to) => path.arc(x, y, radius, from, to),
});

const isShapes = (topology: object): topology is ShapeTopology => 'objects' in topology && 'arcs' in topology;

/** Middle of the polygons' own extent in degrees; the same for every simplification, so that views survive a finer one. */
function middleOf(topology: ShapeTopology, rows: readonly PlacedRow[]): { lng: number; lat: number } {
  const points = rows.flatMap(({ lat, lng }) => (lat === null || lng === null ? [] : [{ lat, lng }]));
  const [first] = points;
  if (first !== undefined) {
    const lngs = points.map(({ lng }) => lng);
    const lats = points.map(({ lat }) => lat);
    return {
      lng: (Math.min(...lngs) + Math.max(...lngs)) / 2,
      lat: (Math.min(...lats) + Math.max(...lats)) / 2,
    };
  }
  const [west = 95, south = -11, east = 141, north = 6] = topology.bbox ?? [];
  return { lng: (west + east) / 2, lat: (south + north) / 2 };
}

/** Scene of real boundaries; null where the answer holds none. */
export function polygonScene(topology: object, rows: readonly PlacedRow[]): Scene | null {
  if (!isShapes(topology)) return null;
  const collection = feature(topology, topology.objects.regions);
  if (collection.features.length === 0) return null;
  const { lng, lat } = middleOf(topology, rows);
  const projection = projectionAround(lng, lat, 5);
  const measure = geoPath(projection);
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const project = projector(projection);
  const regions = collection.features.map((shape): RegionShape => {
    const path = new Path2D();
    geoPath(projection, pen(path))(shape);
    const [[x0, y0], [x1, y1]] = measure.bounds(shape);
    const row = byCode.get(String(shape.id));
    const label = row === undefined || row.lat === null || row.lng === null ? null : project(row.lng, row.lat);
    return {
      code: String(shape.id),
      name: row?.name ?? shape.properties.name ?? String(shape.id),
      path,
      box: [x0, y0, x1, y1],
      label: label ?? [(x0 + x1) / 2, (y0 + y1) / 2],
    };
  });
  return {
    regions,
    box: union(regions.map(({ box }) => box)),
    unitsPerDegree: unitsPerDegreeOf(projection),
    project,
    slotOf: null,
  };
}
