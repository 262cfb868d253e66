import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../core/domain/errors.ts';
import type { Log } from '../../core/log/log.ts';
import { readRegionPack } from '../../core/regions/read-region-pack.ts';
import type { RegionPack, RegionRow } from '../../core/regions/region-pack.ts';
import { importRegions } from '../../core/services/import-regions.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { DISTRICTS } from './facts/districts.ts';
import type { PlaceFact } from './facts/place.ts';
import { FACTS_EDITION, PROVINCE } from './facts/province.ts';
import { REGENCIES } from './facts/regencies.ts';
import { VILLAGES } from './facts/villages.ts';

/** Where the lab notes which region pack it has taken in. */
const PACK_SETTING = 'lab.regions';

const row = (place: PlaceFact, more: Partial<RegionRow> = {}): RegionRow => ({
  code: place.code,
  name: place.name,
  lat: place.lat,
  lng: place.lng,
  pointKind: null,
  areaKm2: null,
  population: null,
  desaCount: null,
  kelurahanCount: null,
  ...more,
});

/** The regions that the lab's sites lie in, from the facts alone: no polygon, and only the districts and villages in use. */
export function labRegionPack(): RegionPack {
  const sum = (count: 'desaCount' | 'kelurahanCount'): number =>
    REGENCIES.reduce((total, regency) => total + regency[count], 0);
  return {
    edition: FACTS_EDITION,
    provinces: [
      row(PROVINCE, {
        areaKm2: PROVINCE.areaKm2,
        population: PROVINCE.population,
        desaCount: sum('desaCount'),
        kelurahanCount: sum('kelurahanCount'),
      }),
    ],
    regencies: REGENCIES.map((regency) =>
      row(regency, {
        areaKm2: regency.areaKm2,
        population: regency.population,
        desaCount: regency.desaCount,
        kelurahanCount: regency.kelurahanCount,
      }),
    ),
    districts: DISTRICTS.map((district) => row(district)),
    villages: VILLAGES.map((village) => row(village, { pointKind: 'c' })),
    shapes: [],
  };
}

/** What is needed before the first site: seconds' work, done once. Regions that someone has imported stay as they are. */
export async function seedRegions(inventory: Inventory): Promise<void> {
  if ((await inventory.regions.edition()) === null) {
    await importRegions(inventory, labRegionPack());
  }
  for (const { code, programme, programmeNote } of REGENCIES) {
    const known = await inventory.regions.get(code);
    if (known !== null && known.programme === null)
      await inventory.regions.setProgramme(code, programme, programmeNote);
  }
}

/**
 * The region pack of this machine: `SIMPUL_REGION_PACK`, else `../shared/data` beside the package.
 * @throws AppError `config` where the variable names no pack
 */
export function findRegionPack(env: Readonly<Record<string, string | undefined>>, packageRoot: string): string | null {
  const isPack = (dir: string): boolean => existsSync(join(dir, 'provinces.csv'));
  const named = env['SIMPUL_REGION_PACK'];
  if (named !== undefined && named !== '') {
    if (!isPack(named)) throw new AppError('config', 'SIMPUL_REGION_PACK takes a directory with a region pack');
    return named;
  }
  const beside = resolve(packageRoot, '../shared/data');
  return isPack(beside) ? beside : null;
}

/**
 * Takes in the lab's province from a region pack: all its regencies, districts and villages, and their polygons.
 * @returns whether anything was taken in; a pack that does not hold together is told in the log and left
 */
export async function seedRegionPack(inventory: Inventory, dir: string, { log }: { log: Log }): Promise<boolean> {
  const before = await inventory.settings.get(PACK_SETTING);
  if (typeof before === 'object' && before !== null && 'dir' in before && before.dir === resolve(dir)) return false;
  const read = await readRegionPack(dir, { only: [PROVINCE.code] });
  if (!read.ok) {
    log.warn({ faults: read.faultCount, first: read.faults[0] }, 'the region pack is left aside: it has faults');
    return false;
  }
  await importRegions(inventory, read.pack);
  await inventory.settings.set(PACK_SETTING, { dir: resolve(dir), edition: read.pack.edition });
  return true;
}
