import { Command } from 'commander';
import { AppError } from '../../core/domain/errors.ts';
import { readRegionPack } from '../../core/regions/read-region-pack.ts';
import { importRegions, type RegionImport, type RegionProgress } from '../../core/services/import-regions.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { withInventory } from './with-inventory.ts';

export type RegionsDeps = {
  /** Opened for one command, and closed after it. */
  readonly openInventory: () => Promise<Inventory>;
  /** For what the command answers: standard output. */
  readonly print: (text: string) => void;
};

const STEPS = {
  province: 'provinces',
  regency: 'regencies',
  district: 'districts',
  village: 'villages',
  shape: 'shapes',
};

/** `simpul regions import DIR`. */
export function regionsCommand({ openInventory, print }: RegionsDeps): Command {
  const regions = new Command('regions').description('provinces, regencies, districts and villages');
  regions
    .command('import')
    .description('load a region pack: codes, names, points and polygons; all of it or nothing')
    .argument('<dir>', 'directory of the pack, with provinces.csv, regencies.csv, districts.csv, villages/ and geo/')
    .option('--json', 'print one JSON object')
    .action(async (dir: string, options: { readonly json?: true }) => {
      const startedAt = performance.now();
      const result = await readRegionPack(dir);
      if (!result.ok) {
        const { faults, faultCount } = result;
        if (options.json) print(JSON.stringify({ imported: false, faultCount, faults }));
        const count = faultCount === 1 ? '1 fault' : `${faultCount} faults`;
        throw new AppError('bad-input', `the region pack has ${count}; nothing was loaded`, { faults });
      }
      await withInventory({ openInventory }, async (inventory) => {
        const isShown = !options.json && process.stderr.isTTY;
        const done = await importRegions(inventory, result.pack, isShown ? { onProgress: showProgress } : {});
        if (isShown) process.stderr.write('\r\x1b[K');
        const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
        print(options.json ? JSON.stringify({ imported: true, ...done, seconds }) : describe(done, seconds));
      });
    });
  return regions;
}

function showProgress({ step, done, total }: RegionProgress): void {
  process.stderr.write(`\r\x1b[K${STEPS[step]}: ${done} of ${total}`);
}

function describe(done: RegionImport, seconds: number): string {
  const { provinces, regencies, districts, villages, shapes } = done;
  const polygons = shapes.created + shapes.updated + shapes.unchanged;
  const held = `edition ${done.edition}: ${provinces} provinces, ${regencies} regencies, ${districts} districts, ${villages} villages, ${polygons} polygons`;
  if (!done.changed) return `${held}\nnothing to change: all of it was there already (${seconds} s)`;
  const returned = done.returned > 0 ? `, ${done.returned} in use again` : '';
  return [
    held,
    `regions: ${done.created} added, ${done.updated} changed, ${done.unchanged} as they were, ${done.retired} retired${returned}`,
    `polygons: ${shapes.created} added, ${shapes.updated} changed, ${shapes.unchanged} as they were (${seconds} s)`,
  ].join('\n');
}
