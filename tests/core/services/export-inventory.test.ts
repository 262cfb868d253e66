import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportInventory } from '../../../core/services/export-inventory.ts';
import { applyInventoryImport, planInventoryImport } from '../../../core/services/import-inventory.ts';
import { openTestInventory, type TestInventory } from '../../support/inventory.ts';
import { laySmallProvince } from '../../support/small-province.ts';

/** Names as people and attackers make them. */
const NASTY = [
  '=cmd|"/c calc"!A1',
  '+62812',
  '-',
  '-1,5',
  '@SUM(1)',
  '\t=1',
  "'=1",
  "''=1",
  "'",
  '＝１',
  ' outer spaces ',
  '\u00a0no-break\u00a0',
  '"quoted", and; more\tof it',
  'two\nlines',
  'two\r\nlines\rand one',
  'a\u0001b\u001bc\u007f',
  '_x000D_ and _x005F_',
  '007',
  '11.10',
  '1E5',
  '2026-11-21',
  'TRUE',
  '#REF!',
  'null',
  '<b>&amp;</b>]]>',
  'Désa 村 😀\u200b',
  '\\|',
  'a|b\\',
  '__proto__',
  'constructor',
];

let stores: TestInventory;
beforeAll(async () => {
  stores = await openTestInventory({ clock: () => Date.UTC(2026, 10, 21) });
  const { inventory } = stores;
  await laySmallProvince(inventory);
  const credentialId = (await inventory.credentials.list())[0]?.id ?? '';
  const ids: string[] = [];
  for (const [index, name] of NASTY.entries()) {
    const site = await inventory.sites.create({
      code: name,
      name,
      kind: 'agency',
      status: 'planned',
      regionCode: index % 2 === 0 ? '16.03.11.2009' : '16.71.01.1001',
      lat: index % 3 === 0 ? null : -3.000000000000001 - index / 7,
      lng: index % 3 === 0 ? null : 1e-7,
      address: name,
      contact: index % 2 === 0 ? '' : name,
    });
    const device = await inventory.devices.create({
      code: name,
      name,
      kind: index % 2 === 0 ? 'router' : 'a kind of before',
      siteId: site.id,
      host: '10.0.0.1',
      mac: '00:1a:2b:3c:4d:5e',
      enabled: index % 2 === 0,
      reachability: 'tcp',
      tcpPort: 80,
      credentialId,
      reachIntervalS: 1.5,
      parentIds: ids.slice(-3),
    });
    ids.push(device.id);
    await inventory.links.create({
      code: name,
      name,
      medium: 'fibre',
      fromSiteId: site.id,
      deviceId: device.id,
      provider: name,
      contractMbps: 0.1 + 0.2,
      slaPercent: 99.5,
      contractFrom: Date.UTC(2026, 0, 31),
      contractTo: index % 2 === 0 ? null : Date.UTC(2027, 1, 28),
    });
  }
});
afterAll(() => stores.close());

const everything = async (): Promise<unknown> => {
  const { sites, devices, links, dependencies } = stores.inventory;
  const asked = { pageSize: 500 };
  return [await sites.list(asked), await devices.list(asked), await links.list(asked), await dependencies.all()];
};

test.each([
  ['csv', 'sites'],
  ['csv', 'devices'],
  ['csv', 'links'],
  ['xlsx', undefined],
] as const)('what is exported as %s %s changes nothing when it is imported', async (format, table) => {
  const before = await everything();
  const { bytes, fileName: name } = await exportInventory(stores.inventory, { format, table });

  const report = await applyInventoryImport(stores.inventory, { name, bytes });

  const rows = table === undefined ? NASTY.length * 3 : NASTY.length;
  expect(report).toMatchObject({ created: 0, updated: 0, unchanged: rows });
  expect(await everything()).toEqual(before);
});

test('what is exported fits a store that has none of it, but for kinds that are no more', async () => {
  const { bytes, fileName: name } = await exportInventory(stores.inventory, { format: 'xlsx' });
  const other = await openTestInventory();
  await laySmallProvince(other.inventory);

  const { changes, faults } = await planInventoryImport(other.inventory, { name, bytes });
  await other.close();

  expect(changes.every(({ action }) => action === 'create')).toBe(true);
  expect(changes).toHaveLength(NASTY.length * 3);
  expect(faults).toHaveLength(NASTY.length / 2);
  expect(faults.every(({ file, field }) => file === 'devices' && field === 'kind')).toBe(true);
});

test('no cell of a CSV begins with what a spreadsheet would run', async () => {
  const { parse } = await import('csv-parse/sync');
  const { bytes } = await exportInventory(stores.inventory, { format: 'csv', table: 'sites' });

  const records: string[][] = parse(bytes, { bom: true });

  const texts = records.flatMap((record) => record.filter((_, index) => ![5, 6].includes(index)));
  expect(texts.filter((text) => /^[=+\-@\t\r]/.test(text))).toEqual([]);
});

test('a region exports what stands in it, and nothing gives the head alone', async () => {
  const { inventory } = stores;
  const codes = async (region: string | null): Promise<number> =>
    (await exportInventory(inventory, { format: 'csv', region })).bytes.toString().match(/,agency,/g)?.length ?? 0;

  expect([await codes('16.03'), await codes('16'), await codes(''), await codes(null)]).toEqual([15, 30, 30, 0]);
});

test('files are named by what they hold and when', async () => {
  const { inventory } = stores;

  const one = await exportInventory(inventory, { format: 'csv', region: '16.03' });
  const all = await exportInventory(inventory, { format: 'xlsx' });

  expect([one.fileName, one.contentType]).toEqual(['sites-16.03-2026-11-21.csv', 'text/csv; charset=utf-8']);
  expect(all.fileName).toBe('inventory-2026-11-21.xlsx');
  expect(all.contentType).toContain('spreadsheetml');
});
