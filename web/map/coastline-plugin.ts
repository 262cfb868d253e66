import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import type { Plugin } from 'vite';

/** Box around Indonesia and its near neighbours, degrees. */
const WEST = 90;
const SOUTH = -14;
const EAST = 146;
const NORTH = 12;
/** Grid of the stored points: about 1 km, far below what a pixel shows at the zooms of a province. */
const STEPS_PER_DEGREE = 100;

type Point = readonly [number, number];

/** Cuts one ring to the box (Sutherland and Hodgman); empty where nothing is left. */
function clip(ring: readonly Point[]): readonly Point[] {
  const edges = [
    { axis: 0, at: WEST, sign: 1 },
    { axis: 0, at: EAST, sign: -1 },
    { axis: 1, at: SOUTH, sign: 1 },
    { axis: 1, at: NORTH, sign: -1 },
  ] as const;
  let rest = ring;
  for (const { axis, at, sign } of edges) {
    const kept: Point[] = [];
    let previous = rest.at(-1);
    for (const point of rest) {
      if (previous === undefined) break;
      const inside = sign * (point[axis] - at) >= 0;
      if (inside !== sign * (previous[axis] - at) >= 0) {
        const share = (at - previous[axis]) / (point[axis] - previous[axis]);
        kept.push([previous[0] + share * (point[0] - previous[0]), previous[1] + share * (point[1] - previous[1])]);
      }
      if (inside) kept.push(point);
      previous = point;
    }
    rest = kept;
  }
  return rest;
}

/** Ring as whole numbers on the grid, each after the first as the difference to the one before. */
function pack(ring: readonly Point[]): readonly number[] {
  const packed: number[] = [];
  let x = 0;
  let y = 0;
  for (const [lng, lat] of ring) {
    const nextX = Math.round(lng * STEPS_PER_DEGREE);
    const nextY = Math.round(lat * STEPS_PER_DEGREE);
    if (packed.length > 0 && nextX === x && nextY === y) continue;
    packed.push(nextX - x, nextY - y);
    x = nextX;
    y = nextY;
  }
  return packed;
}

function packedLand(): { readonly stepsPerDegree: number; readonly rings: readonly (readonly number[])[] } {
  const file = createRequire(import.meta.url).resolve('world-atlas/land-10m.json');
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Topology;
  const land = topology.objects['land'];
  if (land === undefined) throw new Error(`no object "land" in ${file}`);
  const collection = feature(topology, land);
  const rings: (readonly number[])[] = [];
  for (const { geometry } of collection.type === 'FeatureCollection' ? collection.features : [collection]) {
    if (geometry.type !== 'MultiPolygon' && geometry.type !== 'Polygon') continue;
    for (const polygon of geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) {
      for (const ring of polygon) {
        const packed = pack(clip(ring as unknown as readonly Point[]));
        if (packed.length >= 8) rings.push(packed);
      }
    }
  }
  return { stepsPerDegree: STEPS_PER_DEGREE, rings };
}

/** `virtual:coastline`: the coasts of Natural Earth around Indonesia, cut out of the package when the site is built. */
export function coastline(): Plugin {
  const id = 'virtual:coastline';
  return {
    name: 'simpul-coastline',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) =>
      source === `\0${id}`
        ? `export const coastline = JSON.parse(${JSON.stringify(JSON.stringify(packedLand()))});`
        : null,
  };
}
