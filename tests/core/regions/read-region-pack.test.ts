import { expect, test } from 'vitest';
import type { Fault } from '../../../core/domain/errors.ts';
import { type RegionPackResult, readRegionPack } from '../../../core/regions/read-region-pack.ts';
import { type PackFiles, SMALL_PACK, square, writePack } from '../../support/region-pack.ts';

async function read(changes: PackFiles = {}): Promise<RegionPackResult> {
  const { dir, remove } = writePack({ ...SMALL_PACK, ...changes });
  try {
    return await readRegionPack(dir);
  } finally {
    remove();
  }
}

async function faultsOf(changes: PackFiles): Promise<readonly Fault[]> {
  const result = await read(changes);
  return result.ok ? [] : result.faults;
}

const without = (name: string): PackFiles =>
  Object.fromEntries(Object.entries(SMALL_PACK).filter(([file]) => file !== name));

test('a sound pack is read with codes as text, quotes, approximate points and polygons', async () => {
  const result = await read();

  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  const { edition, provinces, regencies, districts, villages, shapes } = result.pack;
  expect([edition, provinces.length, regencies.length, districts.length]).toEqual(['2025-06', 1, 2, 2]);
  expect(villages[1]).toEqual({
    code: '16.03.11.2009',
    name: 'Bukit "Batu", Baru',
    lat: -3.2,
    lng: 104.4,
    pointKind: 'd',
    areaKm2: null,
    population: null,
    desaCount: null,
    kelurahanCount: null,
  });
  expect(shapes.map(({ code }) => code)).toEqual(['16.03', '16.71']);
});

test('byte order marks, semicolons and CRLF of Indonesian Excel make no difference', async () => {
  const excel = (name: string): string =>
    `\uFEFF${String(SMALL_PACK[name]).replaceAll(',', ';').replaceAll('\n', '\r\n')}`;
  const plain = await read();

  const result = await read({ 'provinces.csv': excel('provinces.csv'), 'districts.csv': excel('districts.csv') });

  expect(result).toEqual(plain);
});

const village = (row: string): PackFiles => ({
  'villages/16.csv': `code,name,lat,lng,point,area_km2\n16.03.11.2008,Sukamaju,-3.21,104.41,c,1\n${row}\n`,
});

test.each<[string, PackFiles, Fault]>([
  [
    'unknown parent',
    village('16.99.01.2001,A,-3,104,c,1'),
    {
      file: 'villages/16.csv',
      line: 3,
      field: 'code',
      reason: 'the parent 16.99.01 of 16.99.01.2001 is not in this pack',
    },
  ],
  [
    'duplicate code',
    village('16.03.11.2008,A,-3,104,c,1'),
    {
      file: 'villages/16.csv',
      line: 3,
      field: 'code',
      reason: 'the code 16.03.11.2008 is already in villages/16.csv line 2',
    },
  ],
  [
    'code read as a number',
    village('16.03.11.209,A,-3,104,c,1'),
    { file: 'villages/16.csv', line: 3, field: 'code', reason: '"16.03.11.209" is not the code of a village' },
  ],
  [
    'point outside Indonesia',
    village('16.03.11.2001,A,-3,14.4,c,1'),
    { file: 'villages/16.csv', line: 3, field: 'lat', reason: 'the point -3, 14.4 is outside Indonesia' },
  ],
  [
    'half a point',
    village('16.03.11.2001,A,-3,,c,1'),
    { file: 'villages/16.csv', line: 3, field: 'lat', reason: 'a point needs both lat and lng' },
  ],
  [
    'empty name',
    village('16.03.11.2001,  ,-3,104,c,1'),
    { file: 'villages/16.csv', line: 3, field: 'name', reason: 'the name is empty' },
  ],
  [
    'number that is none',
    village('16.03.11.2001,A,-3,104,c,1e3'),
    { file: 'villages/16.csv', line: 3, field: 'area_km2', reason: 'area_km2 takes a number, not "1e3"' },
  ],
  [
    'unknown kind of point',
    village('16.03.11.2001,A,-3,104,x,1'),
    { file: 'villages/16.csv', line: 3, field: 'point', reason: 'point takes c, i or d, not "x"' },
  ],
  [
    'too few fields',
    village('16.03.11.2001,A'),
    { file: 'villages/16.csv', line: 3, reason: 'it has 2 fields where the header has 6' },
  ],
  [
    'open quote',
    village('16.03.11.2001,"A,-3,104,c,1'),
    { file: 'villages/16.csv', line: 3, reason: 'a quote is opened and never closed' },
  ],
  [
    'missing column',
    { 'villages/16.csv': 'code,name,lat,lng,point\n' },
    { file: 'villages/16.csv', line: 1, field: 'area_km2', reason: 'the column area_km2 is missing' },
  ],
  [
    'column twice',
    { 'villages/16.csv': 'code,name,lat,lng,point,area_km2,name\n' },
    { file: 'villages/16.csv', line: 1, field: 'name', reason: 'the column is there twice' },
  ],
  [
    'village in the file of another province',
    { 'villages/73.csv': 'code,name,lat,lng,point,area_km2\n16.03.11.2001,A,-3,104,c,1\n' },
    { file: 'villages/73.csv', line: 2, field: 'code', reason: '16.03.11.2001 does not belong in the file of 73' },
  ],
  [
    'parent column that contradicts the code',
    {
      'districts.csv':
        'code,regency_code,name,area_km2,lat,lng\n16.03.11,16.71,G,1,-3,104\n16.71.01,16.71,I,1,-3,104\n',
    },
    {
      file: 'districts.csv',
      line: 2,
      field: 'regency_code',
      reason: 'regency_code is "16.71", but the code begins with 16.03',
    },
  ],
  [
    'bytes that are not UTF-8',
    { 'villages/16.csv': new Uint8Array([0x63, 0xff, 0xfe]) },
    { file: 'villages/16.csv', reason: 'it is not UTF-8 text' },
  ],
  [
    'polygon with an open ring',
    {
      'geo/regencies-16.geojson':
        '{"type":"FeatureCollection","features":[{"id":"16.03","geometry":{"type":"Polygon","coordinates":[[[103,-3],[104,-3],[104,-4],[103,-4]]]}}]}',
    },
    { file: 'geo/regencies-16.geojson', field: '16.03', reason: 'a ring is not closed' },
  ],
  [
    'polygon elsewhere',
    {
      'geo/regencies-16.geojson': JSON.stringify({
        type: 'FeatureCollection',
        features: [{ id: '16.03', geometry: square(3, 50, 4, 51) }],
      }),
    },
    { file: 'geo/regencies-16.geojson', field: '16.03', reason: 'a coordinate is outside Indonesia' },
  ],
  [
    'polygon code as a number',
    {
      'geo/regencies-16.geojson': JSON.stringify({
        type: 'FeatureCollection',
        features: [{ id: 16.03, geometry: square(103, -4, 104, -3) }],
      }),
    },
    { file: 'geo/regencies-16.geojson', field: 'feature 1', reason: 'it has no region code as text' },
  ],
  [
    'half a JSON file',
    { 'geo/regencies-16.geojson': '{"type":"FeatureColl' },
    { file: 'geo/regencies-16.geojson', reason: 'it is not JSON' },
  ],
  [
    'topology whose arcs are missing',
    {
      'geo/admin-16.topo.json':
        '{"type":"Topology","arcs":[],"objects":{"regencies":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[[7]],"properties":{"code":"16.03"}}]}}}',
    },
    { file: 'geo/admin-16.topo.json', reason: 'it is not a sound topology' },
  ],
  [
    'edition that is no text',
    { 'pack.json': '{"edition": 7}' },
    { file: 'pack.json', reason: 'it takes {"edition": "a name of at most 100 characters"}' },
  ],
])('%s is named with file, line and reason', async (_, changes, fault) => {
  const faults = await faultsOf(changes);

  expect(faults).toContainEqual(fault);
});

test('every bad row is named, not only the first', async () => {
  const faults = await faultsOf(village('16.03.11.2001,,-3,104,c,1\n\n16.03.11.2002,B,-3,4,c,x'));

  expect(faults.map(({ line, field }) => [line, field])).toEqual([
    [3, 'name'],
    [5, 'lat'],
    [5, 'area_km2'],
  ]);
});

test('a directory that is no pack says what it misses', async () => {
  const result = await readRegionPack('/nonexistent');

  expect(result).toMatchObject({ ok: false, faults: [{ file: 'provinces.csv' }] });
});

test('without a name the edition follows from the contents', async () => {
  const { dir, remove } = writePack(without('pack.json'));
  const first = await readRegionPack(dir);
  const again = await readRegionPack(dir);
  remove();
  const { dir: other, remove: removeOther } = writePack({ ...without('pack.json'), ...village('') });

  const changed = await readRegionPack(other);

  removeOther();
  const editions = [first, again, changed].map((result) => (result.ok ? result.pack.edition : 'faults'));
  expect(editions[0]).toMatch(/^sha256-[0-9a-f]{16}$/);
  expect(editions[1]).toBe(editions[0]);
  expect(editions[2]).not.toBe(editions[0]);
});

test('a polygon of a region that the pack does not have is passed over', async () => {
  const result = await read({
    'geo/regencies-idn.topo.json':
      '{"type":"Topology","arcs":[[[98,3],[99,3],[99,4],[98,3]]],"objects":{"regencies":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[[0]],"properties":{"code":"12.01"}}]}}}',
  });

  expect(result.ok && result.pack.shapes.map(({ code }) => code)).toEqual(['16.03', '16.71']);
});
