import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../domain/errors.ts';
import { covers, type RegionCode, type RegionLevel } from '../domain/region.ts';
import type { AreaGeometry } from './geometry.ts';
import { readShapes } from './region-geometry.ts';
import type { RegionPack, RegionRow } from './region-pack.ts';
import { readRegionTable } from './region-table.ts';

const MAX_FILE_BYTES = 128 * 1024 * 1024;
/** Beyond these many, nobody reads on. */
const MAX_FAULTS = 1_000;

export type RegionPackResult =
  | { readonly ok: true; readonly pack: RegionPack }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly faultCount: number };

/**
 * Reads a region pack: `provinces.csv`, `regencies.csv`, `districts.csv`, `villages/PP.csv` and polygons in `geo/`
 * (`regencies-PP.geojson`, `admin-PP.topo.json`, `villages-PP.topo.json`, `regencies-idn.topo.json`,
 * `regencies-idn-light.topo.json`, all optional; the most detailed wins). The edition is named in `pack.json`
 * (`{"edition": "…"}`), else it is a hash of the contents.
 * @param only takes these provinces alone, and leaves unread what is of no use to them
 */
export async function readRegionPack(
  dir: string,
  { only }: { readonly only?: readonly RegionCode[] } = {},
): Promise<RegionPackResult> {
  const source = new PackSource(dir);
  const isAsked = (code: RegionCode): boolean => only === undefined || only.some((province) => covers(province, code));
  const asked = (rows: readonly RegionRow[]): readonly RegionRow[] => rows.filter(({ code }) => isAsked(code));
  const everyProvince = await source.table('provinces.csv', 'province', null);
  const everyRegency = await source.table('regencies.csv', 'regency', everyProvince);
  const [provinces, regencies] = [asked(everyProvince), asked(everyRegency)];
  const districts = asked(await source.table('districts.csv', 'district', everyRegency));
  const villages: RegionRow[] = [];
  const seen = new Map<RegionCode, string>();
  for (const name of await source.names('villages', /^\d{2}\.csv$/)) {
    if (!isAsked(name.slice(0, 2))) continue;
    villages.push(
      ...(await source.table(`villages/${name}`, 'village', districts, { seen, within: name.slice(0, 2) })),
    );
  }
  if (provinces.length === 0 && source.faults.length === 0) {
    source.faults.push({ file: 'provinces.csv', reason: 'it is not there, or it has no rows' });
  }
  const codes = new Set([provinces, regencies, districts, villages].flatMap((rows) => rows.map(({ code }) => code)));
  const shapes = await source.shapes(
    provinces.map(({ code }) => code),
    (code) => codes.has(code),
    only === undefined ? [] : [...provinces, ...regencies].map(({ code }) => code),
  );
  const edition = await source.edition();
  if (source.faults.length > 0) {
    return { ok: false, faults: source.faults.slice(0, MAX_FAULTS), faultCount: source.faults.length };
  }
  const ordered = [...shapes].map(([code, geometry]) => ({ code, geometry }));
  return { ok: true, pack: { edition, provinces, regencies, districts, villages, shapes: ordered } };
}

/** Where the polygons of a level are looked for in a file. */
type ShapeSource = {
  readonly name: string;
  readonly objects: readonly string[];
  readonly levels: readonly RegionLevel[];
};

/** Most detailed first. */
const shapeSources = (provinces: readonly RegionCode[]): readonly ShapeSource[] => [
  ...provinces.flatMap((code): ShapeSource[] => [
    { name: `geo/regencies-${code}.geojson`, objects: [], levels: ['regency'] },
    {
      name: `geo/admin-${code}.topo.json`,
      objects: ['province', 'regencies', 'districts'],
      levels: ['province', 'regency', 'district'],
    },
    { name: `geo/villages-${code}.topo.json`, objects: ['villages'], levels: ['village'] },
  ]),
  ...['geo/regencies-idn.topo.json', 'geo/regencies-idn-light.topo.json'].map(
    (name): ShapeSource => ({ name, objects: ['provinces', 'regencies'], levels: ['province', 'regency'] }),
  ),
];

class PackSource {
  readonly faults: Fault[] = [];
  readonly #dir: string;
  readonly #hash = createHash('sha256');

  constructor(dir: string) {
    this.#dir = dir;
  }

  async names(folder: string, pattern: RegExp): Promise<readonly string[]> {
    const names = await readdir(join(this.#dir, folder)).catch(() => []);
    return names.filter((name) => pattern.test(name)).sort();
  }

  async table(
    file: string,
    level: RegionLevel,
    parents: readonly RegionRow[] | null,
    more: { readonly seen?: Map<RegionCode, string>; readonly within?: RegionCode } = {},
  ): Promise<readonly RegionRow[]> {
    const bytes = await this.#read(file);
    if (bytes === null) return [];
    const { rows, faults } = readRegionTable(bytes, {
      file,
      level,
      parents: parents === null ? null : new Set(parents.map(({ code }) => code)),
      seen: new Map(),
      ...more,
    });
    this.faults.push(...faults);
    return rows;
  }

  async shapes(
    provinces: readonly RegionCode[],
    isKnown: (code: RegionCode) => boolean,
    /** Once all of these are found, the national files are not read. */
    enough: readonly RegionCode[],
  ): Promise<ReadonlyMap<RegionCode, AreaGeometry>> {
    const all = new Map<RegionCode, AreaGeometry>();
    for (const { name, objects } of shapeSources(provinces)) {
      const isNational = objects.includes('provinces');
      if (isNational && enough.length > 0 && enough.every((code) => all.has(code))) continue;
      const bytes = await this.#read(name);
      if (bytes === null) continue;
      const { shapes, faults } = readShapes(bytes, {
        file: name,
        objects,
        isWanted: (code) => isKnown(code) && !all.has(code),
      });
      this.faults.push(...faults);
      for (const [code, geometry] of shapes) all.set(code, geometry);
    }
    return all;
  }

  async edition(): Promise<string> {
    const bytes = await this.#read('pack.json');
    if (bytes === null) return `sha256-${this.#hash.digest('hex').slice(0, 16)}`;
    try {
      const { edition } = JSON.parse(new TextDecoder().decode(bytes)) as { edition?: unknown };
      if (typeof edition === 'string' && /^\S.{0,99}$/.test(edition)) return edition;
    } catch {
      // Told below.
    }
    this.faults.push({ file: 'pack.json', reason: 'it takes {"edition": "a name of at most 100 characters"}' });
    return '';
  }

  async #read(file: string): Promise<Uint8Array | null> {
    const path = join(this.#dir, file);
    const found = await stat(path).catch(() => null);
    if (found === null || !found.isFile()) return null;
    if (found.size > MAX_FILE_BYTES) {
      this.faults.push({ file, reason: `it is bigger than ${MAX_FILE_BYTES / 1024 / 1024} MB` });
      return null;
    }
    const bytes = await readFile(path);
    this.#hash.update(file).update(bytes);
    return bytes;
  }
}
