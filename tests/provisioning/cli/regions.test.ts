import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppError } from '../../../core/domain/errors.ts';
import type { Inventory } from '../../../core/stores/inventory/inventory.ts';
import { regionsCommand } from '../../../provisioning/cli/regions.ts';
import { openEmbeddedTestInventory, type TestInventory } from '../../support/inventory.ts';
import { root } from '../../support/process.ts';
import { SMALL_PACK, writePack } from '../../support/region-pack.ts';

let under: TestInventory;
beforeAll(async () => {
  under = await openEmbeddedTestInventory();
});
afterAll(async () => {
  await under.close();
});

/** Runs the command; the inventory stays open for the next. */
async function run(...args: string[]): Promise<{ readonly printed: string; readonly error: AppError | null }> {
  const printed: string[] = [];
  const inventory: Inventory = { ...under.inventory, close: async () => {} };
  const command = regionsCommand({ openInventory: async () => inventory, print: (text) => printed.push(text) });
  const error = await command
    .exitOverride()
    .parseAsync(args, { from: 'user' })
    .then(
      () => null,
      (thrown: AppError) => thrown,
    );
  return { printed: printed.join('\n'), error };
}

test('a pack is loaded, and loading it again says that there was nothing to change', async () => {
  const { dir, remove } = writePack(SMALL_PACK);
  const first = await run('import', dir);

  const second = await run('import', dir);
  const third = await run('import', dir, '--json');

  remove();
  expect(first.error).toBeNull();
  expect(first.printed).toContain('1 provinces, 2 regencies, 2 districts, 3 villages, 2 polygons');
  expect(first.printed).toContain('8 added');
  expect(second.printed).toContain('nothing to change');
  expect(JSON.parse(third.printed)).toMatchObject({ imported: true, changed: false, villages: 3, edition: '2025-06' });
});

test('a pack with faults names them and loads nothing', async () => {
  const rows = Array.from({ length: 60 }, (_, index) => `16.99.99.${2000 + index},V,-3,104,c,1`).join('\n');
  const { dir, remove } = writePack({
    ...SMALL_PACK,
    'pack.json': '{"edition": "faulty"}',
    'villages/16.csv': `code,name,lat,lng,point,area_km2\n${rows}\n`,
  });

  const { error, printed } = await run('import', dir, '--json');

  remove();
  expect(error).toMatchObject({ code: 'bad-input', message: 'the region pack has 60 faults; nothing was loaded' });
  expect(error?.faults[0]).toMatchObject({ file: 'villages/16.csv', line: 2 });
  expect(JSON.parse(printed)).toMatchObject({ imported: false, faultCount: 60 });
  expect((await under.inventory.regions.edition())?.edition).not.toBe('faulty');
});

const national = join(root, '../shared/data');
const isThere = existsSync(join(national, 'provinces.csv'));
if (!isThere) console.warn(`skipped: the region pack of the whole country is not in ${national}`);

test.runIf(isThere)(
  'the whole country is loaded: 38 provinces, 514 regencies, 7,285 districts, 83,762 villages',
  async () => {
    const { error, printed } = await run('import', national, '--json');

    const result = JSON.parse(printed);
    console.info(`the whole country took ${result.seconds} s`);
    expect(error).toBeNull();
    expect(result).toMatchObject({ provinces: 38, regencies: 514, districts: 7_285, villages: 83_762 });
    expect((await under.inventory.regions.list({ level: 'village' })).total).toBe(83_762);
    expect((await under.inventory.regions.list({ region: '16', level: 'village' })).total).toBe(3_259);
    expect(await under.inventory.regions.shapeCounts('16')).toMatchObject({ province: 1, regency: 17, district: 241 });
  },
  300_000,
);
