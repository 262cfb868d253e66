import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Fault } from '../domain/errors.ts';
import { isInIndonesia, isRegionCode, type RegionCode } from '../domain/region.ts';
import { type AreaGeometry, type Position, readArea } from './geometry.ts';

/** A coast polygon may reach a little past the last village point. */
const MARGIN = 0.5;
const isInside = ([lng, lat]: Position): boolean =>
  isInIndonesia(lat, lng) ||
  isInIndonesia(lat + Math.sign(-lat) * MARGIN, lng) ||
  isInIndonesia(lat, lng + (lng < 118 ? MARGIN : -MARGIN));

export type ShapeFile = { readonly shapes: ReadonlyMap<RegionCode, AreaGeometry>; readonly faults: readonly Fault[] };

const asObject = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;

/** GeoJSON, or objects of TopoJSON by name, to GeoJSON features. */
function featuresOf(document: unknown, objects: readonly string[]): readonly unknown[] | string {
  const root = asObject(document);
  if (root?.['type'] === 'FeatureCollection' && Array.isArray(root['features'])) return root['features'];
  if (root?.['type'] !== 'Topology') return 'it is neither a FeatureCollection nor a Topology';
  const named = asObject(root['objects']);
  const found = objects.filter((name) => named !== null && Object.hasOwn(named, name));
  if (found.length === 0) return `it has none of the objects ${objects.join(', ')}`;
  return found.flatMap((name): unknown[] => {
    // Of a geometry collection it makes a feature collection, of a single geometry one feature.
    const decoded: { readonly features?: unknown[] } = feature(
      root as unknown as Topology,
      named?.[name] as GeometryCollection,
    );
    return decoded.features ?? [decoded];
  });
}

/**
 * Polygons of one file by code. Features whose code `isWanted` refuses are passed over: a file may cover the country
 * while the pack is of one province.
 * @param objects names of the TopoJSON objects to read
 */
export function readShapes(
  bytes: Uint8Array,
  options: {
    readonly file: string;
    readonly objects: readonly string[];
    readonly isWanted: (code: RegionCode) => boolean;
  },
): ShapeFile {
  const { file, objects, isWanted } = options;
  const nothing = (reason: string): ShapeFile => ({ shapes: new Map(), faults: [{ file, reason }] });
  let features: readonly unknown[] | string;
  try {
    features = featuresOf(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), objects);
  } catch (error) {
    // topojson-client trusts its input: a broken topology makes it throw whatever comes.
    return nothing(error instanceof SyntaxError ? 'it is not JSON' : 'it is not a sound topology');
  }
  if (typeof features === 'string') return nothing(features);
  const shapes = new Map<RegionCode, AreaGeometry>();
  const faults: Fault[] = [];
  for (const [index, item] of features.entries()) {
    const code = asObject(asObject(item)?.['properties'])?.['code'] ?? asObject(item)?.['id'];
    if (typeof code !== 'string' || !isRegionCode(code)) {
      faults.push({ file, field: `feature ${index + 1}`, reason: 'it has no region code as text' });
      continue;
    }
    if (!isWanted(code)) continue;
    const area = readArea(asObject(item)?.['geometry'], isInside);
    if (typeof area === 'string') faults.push({ file, field: code, reason: area });
    else if (shapes.has(code)) faults.push({ file, field: code, reason: 'the code is there twice' });
    else shapes.set(code, area);
  }
  return { shapes, faults };
}
