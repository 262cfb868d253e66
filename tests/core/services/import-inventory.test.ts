import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../../core/domain/errors.ts';
import {
  applyInventoryImport,
  type ImportOptions,
  planInventoryImport,
  tryInventoryImport,
} from '../../../core/services/import-inventory.ts';
import { openTestInventory, type TestInventory } from '../../support/inventory.ts';
import { laySmallProvince } from '../../support/small-province.ts';

let stores: TestInventory;
beforeAll(async () => {
  stores = await openTestInventory();
  await laySmallProvince(stores.inventory);
});
afterAll(() => stores.close());
beforeEach(async () => {
  await stores.inventory.sql.run('TRUNCATE link, device, site CASCADE');
});

const file = (text: string, name = 'inventory.csv') => ({ name, bytes: Buffer.from(text) });
const apply = (text: string, options?: ImportOptions) => applyInventoryImport(stores.inventory, file(text), options);
const faultsOf = async (text: string, options?: ImportOptions): Promise<readonly Fault[]> =>
  (await planInventoryImport(stores.inventory, file(text), options)).faults;
const lines = (...rows: string[]): string => rows.join('\n');

const SITES = lines(
  'code,name,kind,region_code,lat,lng,address,contact',
  'KTR-1,Kantor Desa Sukamaju,village-office,16.03.11.2009,-3.21,104.3,"Jl. Merdeka, RT 1",0812-7000-1',
  'POP-1,POP Palembang,pop,16.71.01.1001,,,,',
);
const DEVICES = lines(
  'code,name,kind,site_code,host,mac,credential,parents',
  'AP-1,AP Kantor,access-point,KTR-1,10.0.0.2,00-1A-2B-3C-4D-5E,read,RTR-1',
  'RTR-1,Router inti,router,POP-1,core.simpul.test,,,',
);
const LINKS = lines(
  'code,name,medium,from_site,to_site,device,if_index,provider,contract_mbps,sla_percent,contract_from,contract_to',
  'LNK-1,Serat Sukamaju,fibre,KTR-1,POP-1,RTR-1,3,Penyedia,50,99.5,2026-01-01,2026-12-31',
);

async function applyAll(): Promise<void> {
  for (const text of [SITES, DEVICES, LINKS]) await apply(text);
}

describe('what a file holds is stored', () => {
  test('sites, devices with their parents, and links', async () => {
    await applyAll();

    const { sites, devices, links, dependencies } = stores.inventory;
    const site = await sites.getByCode('KTR-1');
    const [access, router] = [await devices.getByCode('AP-1'), await devices.getByCode('RTR-1')];
    const link = (await links.list({})).items[0];
    expect(site).toMatchObject({ kind: 'village-office', status: 'active', lat: -3.21, address: 'Jl. Merdeka, RT 1' });
    expect(access).toMatchObject({ siteId: site?.id, mac: '00:1a:2b:3c:4d:5e', snmpPort: 161, reachability: 'icmp' });
    expect(access?.credentialId).toEqual(expect.any(String));
    expect(await dependencies.parentsOf(access?.id ?? '')).toEqual([router?.id]);
    expect(link).toMatchObject({ deviceId: router?.id, ifIndex: 3, contractMbps: 50, contractFrom: Date.UTC(2026, 0) });
  });

  test('a second time it is all there already', async () => {
    await applyAll();

    const again = [await apply(SITES), await apply(DEVICES), await apply(LINKS)];

    expect(again.map(({ created, updated, unchanged }) => [created, updated, unchanged])).toEqual([
      [0, 0, 2],
      [0, 0, 2],
      [0, 0, 1],
    ]);
  });

  test('a column that is not there is left alone, an empty cell clears what may be empty', async () => {
    await applyAll();

    const report = await apply('Code;Address;LAT;status\nKTR-1;;-3,5;\n');

    expect(report.changes).toEqual([
      {
        table: 'sites',
        line: 2,
        code: 'KTR-1',
        action: 'update',
        fields: [
          { field: 'lat', before: '-3.21', after: '-3.5' },
          { field: 'address', before: 'Jl. Merdeka, RT 1', after: '' },
        ],
      },
    ]);
    expect(await stores.inventory.sites.getByCode('KTR-1')).toMatchObject({
      address: null,
      lat: -3.5,
      lng: 104.3,
      contact: '0812-7000-1',
      status: 'active',
    });
  });

  test('parents are taken away by an empty cell and replaced by others', async () => {
    await applyAll();
    await apply(lines('code,name,kind,site_code,host', 'RTR|2,Router kedua,router,POP-1,10.0.0.9'));

    await apply('code,parents\nAP-1,RTR-1|RTR\\|2\nRTR-1,\n');

    const codes = await stores.inventory.sql.query(
      `SELECT c.code AS child, p.code AS parent FROM dependency x JOIN device c ON c.id = x.child_id
         JOIN device p ON p.id = x.parent_id ORDER BY 2`,
    );
    expect(codes).toEqual([
      { child: 'AP-1', parent: 'RTR-1' },
      { child: 'AP-1', parent: 'RTR|2' },
    ]);
    expect((await apply('code,parents\nAP-1,RTR\\|2|RTR-1\n')).unchanged).toBe(1);
  });

  test('a dry run tells the same and stores nothing', async () => {
    const dry = await tryInventoryImport(stores.inventory, file(SITES));
    const stored = await stores.inventory.sites.list({});
    const real = await apply(SITES);

    expect(dry).toEqual({ ...real, applied: false });
    expect(stored.total).toBe(0);
    expect(real).toMatchObject({ applied: true, created: 2, updated: 0, unchanged: 0 });
  });
});

describe('what is wrong is named by row, field and reason, and nothing is stored', () => {
  test('one bad row keeps all others out', async () => {
    const bad = `${SITES}\nX-1,Salah,hotel,16.03.11.2009,,,,\n`;

    const imported = apply(bad);

    await expect(imported).rejects.toMatchObject({ code: 'bad-input', faults: [{ line: 4, field: 'kind' }] });
    expect((await stores.inventory.sites.list({})).total).toBe(0);
  });

  test.each([
    ['a code is there twice', 'code,name,kind,region_code\nA,A,pop,16\nA,B,pop,16', 3, 'code', /row 2/],
    ['a code is missing', 'code,name,kind,region_code\n,A,pop,16', 2, 'code', /empty/],
    ['a new row lacks a column', 'code,kind,region_code\nA,pop,16', 2, 'name', /missing/],
    ['a name is empty', 'code,name,kind,region_code\nA, ,pop,16', 2, 'name', /empty/],
    ['a region is unknown', 'code,name,kind,region_code\nA,A,pop,16.04', 2, 'region_code', /no region 16\.04/],
    ['a region has lost a zero', 'code,name,kind,region_code\nA,A,pop,16.1', 2, 'region_code', /zeros/],
    ['a latitude is too large', 'code,name,kind,region_code,lat\nA,A,pop,16,97', 2, 'lat', /-90 to 90/],
    ['a decimal comma where commas part', 'code,name,kind,region_code,lat\nA,A,pop,16,"-2,9"', 2, 'lat', /point/],
    ['a number is hexadecimal', 'code,name,kind,region_code,lat\nA,A,pop,16,0x10', 2, 'lat', /not a number/],
    ['a name is too long', `code,name,kind,region_code\nA,${'n'.repeat(201)},pop,16`, 2, 'name', /200 characters/],
    ['a cell is huge', `code,name,kind,region_code\nA,${'n'.repeat(10_001)},pop,16`, 2, 'name', /10,000/],
    ['a zero byte', 'code,name,kind,region_code\nA,A\0B,pop,16', 2, 'name', /character/],
    ['a column is unknown', 'code,region_code,colour\nA,16,red', 1, 'colour', /no such column/],
    ['a column is there twice', 'code,lat,Lat\nA,1,1', 1, 'lat', /twice/],
    ['the code is no column', 'name,region_code\nA,16', 1, 'code', /missing/],
    ['the table cannot be told', 'code,name\nA,A', 1, undefined, /none of the tables/],
    ['a value stands beside the table', 'code,lat\nA,1,2', 2, undefined, /column 3/],
    ['a row is cut', 'code,lat,lng\nA,1', 2, undefined, /2 cells where the header has 3/],
    ['a site is unknown', 'code,name,kind,site_code,host\nD,D,router,NONE,h', 2, 'site_code', /no site NONE/],
    ['a kind is mistyped', `${DEVICES}\nD,D,acces-point,POP-1,h,,,`, 4, 'kind', /access-point/],
    ['a host has spaces', `${DEVICES}\nD,D,router,POP-1,a b,,,`, 4, 'host', /host name/],
    ['a MAC address is none', `${DEVICES}\nD,D,router,POP-1,h,aa:bb,,`, 4, 'mac', /MAC/],
    ['a credential is unknown', `${DEVICES}\nD,D,router,POP-1,h,,write,`, 4, 'credential', /no credential write/],
    ['a parent is unknown', `${DEVICES}\nD,D,router,POP-1,h,,,AP-9`, 4, 'parents', /no device AP-9/],
    ['a device is its own parent', `${DEVICES}\nD,D,router,POP-1,h,,,D`, 4, 'parents', /D → D/],
    ['a port is too high', 'code,tcp_port\nAP-1,65536', 2, 'tcp_port', /1 to 65535/],
    ['a port is not whole', 'code,snmp_port\nAP-1,161.5', 2, 'snmp_port', /whole number/],
    ['a flag is neither', 'code,enabled\nAP-1,maybe', 2, 'enabled', /true or false/],
    ['a date is none', 'code,contract_from\nLNK-1,2026-02-30', 2, 'contract_from', /date/],
    ['a date is written otherwise', 'code,contract_from\nLNK-1,21/11/2026', 2, 'contract_from', /2026-11-21/],
    ['a contract ends early', 'code,contract_to\nLNK-1,2025-12-31', 2, 'contract_to', /before contract_from/],
    ['an index is out of bounds', 'code,if_index\nLNK-1,2147483648', 2, 'if_index', /whole number/],
    ['a quote never ends', 'code,lat\nKTR-1,1\n"POP-1,2\n', 3, undefined, /quote/],
  ])('%s', async (_, text, line, field, reason) => {
    await applyAll();

    const faults = await planInventoryImport(stores.inventory, file(text)).then(
      (plan) => plan.faults,
      (error) => error.faults,
    );

    expect(faults).toEqual([
      { line, ...(field === undefined ? {} : { field }), reason: expect.stringMatching(reason) },
    ]);
  });

  test('rows count as a spreadsheet counts them, whatever the line ends and the text in quotes', async () => {
    const text = 'code,lat,address\r\n\r\nKTR-1,1,"a\r\nb\nc"\r\nPOP-1,x,\rPOP-1,1,\n';

    const faults = await faultsOf(`${text}`).then((all) => all.map(({ line, field }) => [line, field]));

    expect(faults).toContainEqual([4, 'lat']);
    expect(faults).toContainEqual([5, 'code']);
  });

  test('a ring through devices that the file does not name is found', async () => {
    await applyAll();
    await apply(lines('code,name,kind,site_code,host,parents', 'SW-1,Switch,switch,KTR-1,10.0.0.3,AP-1'));

    const faults = await faultsOf('code,parents\nRTR-1,SW-1\n');

    expect(faults).toEqual([
      { line: 2, field: 'parents', reason: 'makes it depend on itself: RTR-1 → SW-1 → AP-1 → RTR-1' },
    ]);
  });

  test('a bad row of the same file may be named without a second fault', async () => {
    const text = lines('code,name,kind,site_code,host,parents', 'A,,router,POP-1,h,', 'B,B,router,POP-1,h,A');
    await applyAll();

    expect(await faultsOf(text)).toEqual([{ line: 2, field: 'name', reason: 'is empty' }]);
  });

  test('of very many faults the first are named and the others counted', async () => {
    const rows = Array.from({ length: 2_000 }, (_, index) => `S-${index},,pop,16`);

    const plan = await planInventoryImport(stores.inventory, file(lines('code,name,kind,region_code', ...rows)));

    expect(plan.faultCount).toBe(2_000);
    expect(plan.faults).toHaveLength(501);
    expect(plan.faults.at(-1)).toEqual({ reason: 'and 1,500 more' });
  });
});

describe('whoever holds for one region', () => {
  const scope = { scope: '16.03' };

  test('changes what stands there, and may leave ties to the outside as they are', async () => {
    await applyAll();

    const report = await apply(DEVICES.split('\n').slice(0, 2).join('\n').replace('AP Kantor', 'AP Balai'), scope);

    expect(report).toMatchObject({ updated: 1 });
  });

  test.each([
    ['a site outside', 'code,name,kind,region_code\nN,N,pop,16.71', 'region_code', 'is outside your region'],
    ['a site of others', 'code,contact\nPOP-1,mine', 'code', 'is taken by something outside your region'],
    ['its site into another region', 'code,region_code\nKTR-1,16.71', 'region_code', 'is outside your region'],
    ['a device at a site outside', 'code,site_code\nAP-1,POP-1', 'site_code', 'there is no site POP-1 here'],
    ['a device of others', 'code,snmp_port\nRTR-1,162', 'code', 'is taken by something outside your region'],
    ['a new tie to a device outside', 'code,parents\nAP-1,RTR-1|RTR-2', 'parents', 'there is no device RTR-2 here'],
    ['a link to a site outside', 'code,to_site\nLNK-1,POP-2', 'to_site', 'there is no site POP-2 here'],
    ['a link measured outside', 'code,device\nLNK-1,RTR-2', 'device', 'there is no device RTR-2 here'],
  ])('does not touch %s', async (_, text, field, reason) => {
    await applyAll();
    await apply('code,name,kind,region_code\nPOP-2,POP dua,pop,16.71\n');
    await apply('code,name,kind,site_code,host\nRTR-2,Router dua,router,POP-2,10.0.0.9\n');

    expect(await faultsOf(text, scope)).toEqual([{ line: 2, field, reason }]);
  });
});

test('ten thousand rows are stored in seconds', { timeout: 300_000 }, async () => {
  const rows = (count: number, row: (index: number) => string) => Array.from({ length: count }, (_, at) => row(at));
  const sites = lines(
    'code,name,kind,region_code,lat,lng',
    ...rows(10_000, (at) => `S-${at},Situs ${at},agency,16.03.11.2009,-3.2,104.${at}`),
  );
  const devices = lines(
    'code,name,kind,site_code,host,parents',
    ...rows(
      10_000,
      (at) => `D-${at},Perangkat ${at},router,S-${at},10.0.${at >> 8}.${at & 255},${at === 0 ? '' : 'D-0'}`,
    ),
  );

  const first = await apply(sites);
  const second = await apply(devices);

  expect([first.created, second.created]).toEqual([10_000, 10_000]);
  expect((await stores.inventory.devices.list({ pageSize: 1 })).total).toBe(10_000);
  expect(second.changes).toHaveLength(500);
});

test('an import and its like at the same time leave one set of rows', async () => {
  const reports = await Promise.all([apply(SITES), apply(SITES), apply(SITES)]);

  expect(reports.map(({ created }) => created).sort()).toEqual([0, 0, 2]);
  expect((await stores.inventory.sites.list({})).total).toBe(2);
});
