/** WGS84 degrees: longitude, latitude. */
export type Position = readonly [number, number];
/** Closed: the last position is the first again. */
export type Ring = readonly Position[];
/** The outer ring, then its holes. */
export type PolygonRings = readonly Ring[];

/** GeoJSON geometry of an area (RFC 7946). */
export type AreaGeometry =
  | { readonly type: 'Polygon'; readonly coordinates: PolygonRings }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly PolygonRings[] };

/** Square degrees, positive for a ring that runs counter-clockwise. */
export function signedArea(ring: Ring): number {
  let twice = 0;
  for (let index = 0; index < ring.length; index += 1) {
    const here = ring[index];
    const next = ring[(index + 1) % ring.length];
    if (here !== undefined && next !== undefined) twice += here[0] * next[1] - next[0] * here[1];
  }
  return twice / 2;
}

/** The same area with outer rings in one direction and holes in the other. */
export function wind(geometry: AreaGeometry, outer: 'clockwise' | 'counter-clockwise'): AreaGeometry {
  const turn = (rings: PolygonRings): PolygonRings =>
    rings.map((ring, index) => {
      const wantsPositive = (outer === 'counter-clockwise') === (index === 0);
      return signedArea(ring) > 0 === wantsPositive ? ring : ring.toReversed();
    });
  return geometry.type === 'Polygon'
    ? { type: 'Polygon', coordinates: turn(geometry.coordinates) }
    : { type: 'MultiPolygon', coordinates: geometry.coordinates.map(turn) };
}

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) && value.length >= 2 && Number.isFinite(value[0]) && Number.isFinite(value[1]);

function ringFault(ring: unknown, isInside: (position: Position) => boolean): string | null {
  if (!Array.isArray(ring) || !ring.every(isPosition)) return 'a ring is not a list of coordinates';
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4) return 'a ring has fewer than 4 positions';
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) return 'a ring is not closed';
  return ring.every(isInside) ? null : 'a coordinate is outside Indonesia';
}

/** @returns the area, or why it is none */
export function readArea(value: unknown, isInside: (position: Position) => boolean): AreaGeometry | string {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('coordinates' in value)) {
    return 'it is not a geometry';
  }
  const { type, coordinates } = value;
  if (type !== 'Polygon' && type !== 'MultiPolygon') return 'it is neither Polygon nor MultiPolygon';
  const polygons: unknown = type === 'Polygon' ? [coordinates] : coordinates;
  if (!Array.isArray(polygons) || polygons.length === 0) return 'it has no polygon';
  for (const rings of polygons) {
    if (!Array.isArray(rings) || rings.length === 0) return 'a polygon has no ring';
    for (const ring of rings) {
      const fault = ringFault(ring, isInside);
      if (fault !== null) return fault;
    }
  }
  // Heights and other further values of a position are dropped.
  const flat = (rings: PolygonRings): PolygonRings => rings.map((ring) => ring.map(([lng, lat]) => [lng, lat]));
  return wind(
    type === 'Polygon'
      ? { type, coordinates: flat(coordinates as PolygonRings) }
      : { type, coordinates: (coordinates as PolygonRings[]).map(flat) },
    'counter-clockwise',
  );
}
