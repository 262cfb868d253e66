import { feature } from 'topojson-client';
import { expect, test } from 'vitest';
import { type PolygonRings, type Ring, signedArea } from '../../../core/regions/geometry.ts';
import { type NamedArea, type RegionTopology, simplifyFor, weigh } from '../../../core/regions/simplify.ts';

/** Two neighbours with a jagged border between them, and an island of a hundredth of a degree. */
const border = Array.from({ length: 400 }, (_, step): [number, number] => [
  104 + Math.sin(step * 1.7) * 0.02 + Math.cos(step * 0.3) * 0.01,
  -4 + step / 400,
]);
const ring = (points: readonly (readonly [number, number])[]): Ring => [...points, points[0] ?? [0, 0]];
const west: NamedArea = {
  code: '16.03',
  name: 'West',
  geometry: { type: 'Polygon', coordinates: [ring([...border, [103, -3], [103, -4]])] },
};
const east: NamedArea = {
  code: '16.71',
  name: 'East',
  geometry: { type: 'Polygon', coordinates: [ring([[105, -4], [105, -3], ...border.toReversed()])] },
};
const island: NamedArea = {
  code: '16.72',
  name: 'Island',
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        ring([
          [106, -3],
          [106.01, -3],
          [106.01, -2.99],
          [106, -2.99],
        ]),
      ],
      [
        ring([
          [106.1, -3],
          [106.1001, -3],
          [106.1, -2.9999],
        ]),
      ],
    ],
  },
};

const decode = (topology: RegionTopology) =>
  feature(topology, topology.objects.regions).features.map((found) => ({
    code: found.id,
    name: found.properties.name,
    polygons: 'coordinates' in found.geometry ? (found.geometry.coordinates as unknown as readonly PolygonRings[]) : [],
  }));

test.each([0, 3, 6, 9, 12, 14])(
  'at zoom %i every region is there, with closed clockwise rings that have an area',
  (zoom) => {
    const regions = decode(simplifyFor(weigh([west, east, island]), zoom));

    expect(regions.map(({ code, name }) => [code, name])).toEqual([
      ['16.03', 'West'],
      ['16.71', 'East'],
      ['16.72', 'Island'],
    ]);
    for (const outer of regions.flatMap(({ polygons }) => polygons.map(([first = []]) => first))) {
      expect(outer.length).toBeGreaterThanOrEqual(4);
      expect(outer.at(-1)).toEqual(outer[0]);
      expect(signedArea(outer)).toBeLessThan(0);
    }
  },
);

test('a shared border stays shared, however much is left out', () => {
  const topology = simplifyFor(weigh([west, east]), 7);
  const [left, right] = decode(topology);

  const inWest = new Set(left?.polygons.flat(2).map(String));
  const common = right?.polygons.flat(2).filter((point) => inWest.has(String(point))) ?? [];

  // All of the border but nothing of the outer sides.
  expect(common.length).toBeGreaterThan(5);
  expect(common.length).toBeLessThan(400);
  expect(inWest.size - new Set(common.map(String)).size).toBe(2);
});

test('the lower the zoom, the fewer points and islands', () => {
  const weighed = weigh([west, east, island]);

  const sizes = [4, 7, 10, 14].map((zoom) => JSON.stringify(simplifyFor(weighed, zoom)).length);

  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  expect(decode(simplifyFor(weighed, 4))[2]?.polygons).toHaveLength(1);
  expect(decode(simplifyFor(weighed, 14))[2]?.polygons).toHaveLength(2);
});
