import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type PackFiles = Readonly<Record<string, string | Uint8Array>>;

/** A small sound region pack: one province, two regencies that share a border, three villages. */
export const SMALL_PACK: PackFiles = {
  'pack.json': '{"edition": "2025-06"}',
  'provinces.csv': `code,name,area_km2,population,desa,kelurahan,lat,lng
16,Sumatera Selatan,91592.43,9013400,2,1,-3.2,104.1
`,
  'regencies.csv': `code,province_code,type,name,area_km2,population,desa,kelurahan,lat,lng
16.03,16,kabupaten,Kabupaten Muara Enim,7383.9,650000,2,0,-3.5,103.8
16.71,16,kota,Kota Palembang,400.6,1700000,0,1,-2.97,104.76
`,
  'districts.csv': `code,regency_code,name,villages,area_km2,lat,lng
16.03.11,16.03,Gelumbang,2,644.2,-3.2,104.4
16.71.01,16.71,Ilir Barat Dua,1,6.2,-2.99,104.75
`,
  'villages/16.csv': `code,name,lat,lng,point,area_km2
16.03.11.2008,Sukamaju,-3.21,104.41,c,10.5
16.03.11.2009,"Bukit ""Batu"", Baru",-3.2,104.4,d,
16.71.01.1001,35 Ilir,-2.99,104.75,i,0.9
`,
  'geo/regencies-16.geojson': JSON.stringify({
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', properties: { code: '16.03' }, geometry: square(103, -4, 104, -3) },
      { type: 'Feature', id: '16.71', properties: {}, geometry: square(104, -4, 105, -3) },
    ],
  }),
};

/** A polygon of four corners, clockwise. */
export function square(west: number, south: number, east: number, north: number): object {
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west, north],
        [east, north],
        [east, south],
        [west, south],
      ],
    ],
  };
}

/** Writes a pack into a temporary directory. */
export function writePack(files: PackFiles): { readonly dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'simpul-pack-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
