import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportInventory } from '../../../core/services/export-inventory.ts';
import { applyInventoryImport } from '../../../core/services/import-inventory.ts';
import { openPostgresTestInventory, type TestInventory } from '../../support/inventory.ts';
import { laySmallProvince } from '../../support/small-province.ts';

let stores: TestInventory;
beforeAll(async () => {
  stores = await openPostgresTestInventory();
  await laySmallProvince(stores.inventory);
});
afterAll(async () => {
  await stores.close();
});

const importOf = (text: string) => applyInventoryImport(stores.inventory, { name: 'a.csv', bytes: Buffer.from(text) });

test('imports at the same time wait for one another, and each sees what the one before has stored', async () => {
  const text = `code,name,kind,region_code\n${Array.from({ length: 500 }, (_, at) => `S-${at},S,agency,16.03`).join('\n')}`;

  const reports = await Promise.all([1, 2, 3, 4].map(() => importOf(text)));

  expect(reports.map(({ created }) => created).sort()).toEqual([0, 0, 0, 500]);
  expect(reports.map(({ unchanged }) => unchanged).sort()).toEqual([0, 500, 500, 500]);
});

test('on a real server, too, what is exported changes nothing when it is imported', async () => {
  const { inventory } = stores;
  await importOf(
    'code,name,kind,site_code,host,credential,parents\nA,A,router,S-1,h,read,\nB,"\t=b",switch,S-2,h,,A\n',
  );
  await importOf(
    'code,name,medium,from_site,to_site,device,contract_mbps,contract_from\nL,L,fibre,S-1,S-2,A,"50",2026-01-01\n',
  );
  const { bytes, fileName: name } = await exportInventory(inventory, { format: 'xlsx' });

  const report = await applyInventoryImport(inventory, { name, bytes });

  expect(report).toMatchObject({ created: 0, updated: 0, unchanged: 503 });
});
