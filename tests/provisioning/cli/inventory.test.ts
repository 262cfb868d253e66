import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inventoryCommand } from '../../../provisioning/cli/inventory.ts';
import { openEmbeddedTestInventory, type TestInventory } from '../../support/inventory.ts';
import { laySmallProvince } from '../../support/small-province.ts';

const dir = mkdtempSync(join(tmpdir(), 'simpul-cli-inventory-'));
let stores: TestInventory;
beforeAll(async () => {
  stores = await openEmbeddedTestInventory();
  await laySmallProvince(stores.inventory);
});
afterAll(async () => {
  await stores.close();
  rmSync(dir, { recursive: true });
});
beforeEach(() => stores.inventory.sql.run('TRUNCATE site CASCADE'));

const printed: string[] = [];
async function run(...args: string[]): Promise<string> {
  printed.length = 0;
  const command = inventoryCommand({
    openInventory: async () => ({ ...stores.inventory, close: async () => {} }),
    print: (text) => printed.push(text),
  }).configureOutput({ writeErr: () => {} });
  for (const one of [command, ...command.commands]) one.exitOverride();
  await command.parseAsync(args, { from: 'user' });
  return printed.join('\n');
}
function file(text: string | Buffer, name = 'sites.csv'): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}
const SITES = 'code,name,kind,region_code,lat\nA,Kantor,agency,16.03,-3\nB,Balai,shelter,16.71,\n';
const total = async (): Promise<number> => (await stores.inventory.sites.list({})).total;

test('a dry run shows what would change, and the import does it', async () => {
  const dry = await run('import', file(SITES), '--dry-run');
  const between = await total();
  const done = await run('import', file(SITES));
  const changed = await run('import', file(SITES.replace('Balai', 'Balai\u001b[31m Desa')));

  expect(dry).toContain(
    'sites  2    A     create  code: A; name: Kantor; kind: agency; status: active; region_code: 16.03; lat: -3',
  );
  expect(dry).toContain('2 created, 0 updated, 0 unchanged; a dry run: nothing is stored');
  expect(between).toBe(0);
  expect(done).toMatch(/2 created, 0 updated, 0 unchanged$/);
  expect(changed).toBe(
    [
      'table  row  code  action  what',
      'sites  3    B     update  name: Balai → Balai [31m Desa',
      '0 created, 1 updated, 1 unchanged',
    ].join('\n'),
  );
});

test('each bad row is named, and the command fails', async () => {
  const bad = SITES.replace('16.71', '16.99').replace('agency', 'hotel');

  await expect(run('import', file(bad))).rejects.toMatchObject({ code: 'bad-input', faults: [] });

  expect(printed.join('\n').split('\n')).toEqual([
    'row  column       what is wrong',
    '2    kind         takes one of: village-office, village-public, shelter, agency, data-centre, pop',
    '3    region_code  there is no region 16.99',
  ]);
  expect(await total()).toBe(0);
});

test('machines get JSON of the report and of the faults', async () => {
  const report = JSON.parse(await run('import', file(SITES), '--json'));
  const refusal = run('import', file(SITES.replace('-3', 'x')), '--json');

  await expect(refusal).rejects.toMatchObject({ code: 'bad-input' });
  expect(report).toMatchObject({ applied: true, created: 2 });
  expect(JSON.parse(printed.join(''))).toEqual({
    applied: false,
    faults: [{ line: 2, field: 'lat', reason: 'is not a number' }],
  });
});

test('an export goes to standard output, or to a file that comes in again unchanged', async () => {
  await run('import', file(SITES));
  const out = join(dir, 'all.xlsx');

  const csv = await run('export', '--region', '16.03');
  const wrote = JSON.parse(await run('export', '--format', 'xlsx', '--out', out, '--json'));
  const again = await run('import', out);

  expect(csv).toBe(
    'code,name,kind,status,region_code,lat,lng,address,contact\r\nA,Kantor,agency,active,16.03,-3,,,\r\n',
  );
  expect(wrote).toMatchObject({ file: out, bytes: readFileSync(out).length });
  expect(again).toBe('0 created, 0 updated, 2 unchanged');
});

test.each([
  [['import', join(dir, 'nowhere.csv')], 'bad-input'],
  [['import', dir], 'bad-input'],
  [['import', file(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old.xls')], 'bad-input'],
  [['import', file(Buffer.alloc(20 * 1024 * 1024 + 1), 'large.csv')], 'too-large'],
  [['export', '--format', 'xlsx'], 'bad-input'],
  [['export', '--format', 'pdf'], 'commander.invalidArgument'],
  [['export', '--table', 'people'], 'commander.invalidArgument'],
  [['export', '--region', 'sini'], 'commander.invalidArgument'],
  [['export', '--out', join(dir, 'no', 'such', 'folder.csv')], 'bad-input'],
])('%j is refused as %s', async (args, code) => {
  await expect(run(...args)).rejects.toMatchObject({ code });
});
