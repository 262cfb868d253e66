import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedLab } from '../../../provisioning/lab/inventory.ts';
import { labNetwork } from '../../../provisioning/lab/network.ts';
import { seedRegions } from '../../../provisioning/lab/regions.ts';
import { openTestInventory, type TestInventory } from '../../support/inventory.ts';

const network = labNetwork();
const ports = (first: number): Map<string, number> =>
  new Map([...network.devices, ...network.things].map(({ code }, index) => [code, first + index]));
let test1: TestInventory;

beforeAll(async () => {
  test1 = await openTestInventory();
  await seedRegions(test1.inventory);
  await seedLab(test1.inventory, { network, ports: ports(20_000) });
});
afterAll(() => test1.close());

test('the inventory shows the programme as the articles describe it', async () => {
  const { inventory } = test1;

  const rows = await inventory.coverage.table('16');
  const summary = await inventory.coverage.summary('16');

  const sum = (read: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((total, row) => total + read(row), 0);
  expect(rows).toHaveLength(17);
  expect(rows.filter(({ villagesInProgramme }) => villagesInProgramme > 0)).toHaveLength(12);
  expect(sum(({ villagesInProgramme }) => villagesInProgramme)).toBe(46);
  expect(sum(({ hotspots }) => hotspots.unknown)).toBe(92);
  expect(sum(({ agencies }) => agencies.unknown)).toBe(19);
  expect(sum(({ agenciesPlanned }) => agenciesPlanned)).toBe(36);
  expect(sum(({ shelters }) => shelters.unknown)).toBe(2);
  expect(rows.filter(({ programme }) => programme === 'blocked-by-terrain').map(({ code }) => code)).toEqual([
    '16.09',
    '16.11',
    '16.12',
    '16.13',
  ]);
  expect(summary.villageCount).toBe(3259);
  expect(await inventory.settings.get('province')).toBe('16');
});

test('devices are asked in their protocols on their ports of loopback, and each knows its way to the core', async () => {
  const { inventory } = test1;

  const targets = await inventory.devices.targets();
  const [hotspot] = targets.filter(({ code }) => code === '16.03.07.2005-public-ap');
  const path = await inventory.devices.path(hotspot?.id ?? '');

  const wrong = targets.filter(({ code, host, reachability, snmpPort, settings }) => {
    const port = ports(20_000).get(code);
    const places: Readonly<Record<string, unknown>> = {
      snmp: snmpPort === port,
      routeros: settings['port'] === port,
      rtsp: settings['port'] === port,
      http: String(settings['url']).startsWith(`http://127.0.0.1:${port}/`),
      mqtt: settings['format'] === 'simpul',
    };
    return host !== '127.0.0.1' || places[reachability] !== true;
  });
  expect(wrong).toEqual([]);
  expect(targets).toHaveLength(network.devices.length + network.things.length);
  expect(path.map(({ siteName }) => siteName)).toContain('PoP Muara Enim');
  expect(path.at(-1)?.siteName).toBe('Data Center Diskominfo Sumsel');
});

test('seeding again adds nothing, follows the new ports and keeps what people have changed', async () => {
  const { inventory } = test1;
  const count = async () => ({
    sites: (await inventory.sites.list({})).total,
    devices: (await inventory.devices.list({})).total,
    links: (await inventory.links.list({})).total,
    dependencies: (await inventory.dependencies.all()).length,
    credentials: (await inventory.credentials.list()).length,
  });
  const before = await count();
  const site = await inventory.sites.getByCode('16.03.07.2005-office');
  await inventory.sites.update(site?.id ?? '', { name: 'Kantor Desa Lingga Raya' });
  await inventory.regions.setProgramme('16.06', 'covered', 'Mulai tahun depan');

  await seedRegions(inventory);
  await seedLab(inventory, { network, ports: ports(30_000) });

  expect(await count()).toEqual(before);
  expect((await inventory.sites.getByCode('16.03.07.2005-office'))?.name).toBe('Kantor Desa Lingga Raya');
  expect((await inventory.regions.get('16.06'))?.programme).toBe('covered');
  expect((await inventory.devices.getByCode('dc-sumsel-core'))?.snmpPort).toBe(ports(30_000).get('dc-sumsel-core'));
});
