import { feature } from 'topojson-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRegionPack } from '../../core/regions/read-region-pack.ts';
import type { RegionPack } from '../../core/regions/region-pack.ts';
import { createRegionShapes } from '../../core/regions/region-shapes.ts';
import type { RegionTopology } from '../../core/regions/simplify.ts';
import { importRegions } from '../../core/services/import-regions.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { SMALL_PACK, writePack } from '../support/region-pack.ts';
import type { InventoryUnderTest } from './inventory.ts';

/** How regions go into a store and come out of it, on every implementation of the inventory. */
export function regionContract(name: string, open: () => Promise<InventoryUnderTest>): void {
  describe(`regions on ${name}`, () => {
    let under: InventoryUnderTest;
    let inventory: Inventory;
    let pack: RegionPack;
    beforeAll(async () => {
      under = await open();
      inventory = under.inventory;
      const { dir, remove } = writePack(SMALL_PACK);
      const result = await readRegionPack(dir);
      remove();
      if (!result.ok) throw new Error(JSON.stringify(result.faults));
      pack = result.pack;
    });
    afterAll(async () => {
      await under.close();
    });
    const withoutVillage = (code: string, edition: string): RegionPack => ({
      ...pack,
      edition,
      villages: pack.villages.filter((village) => village.code !== code),
    });

    test('the first import adds all, the second changes nothing and says so', async () => {
      const first = await importRegions(inventory, pack);
      const importedAt = (await inventory.regions.edition())?.importedAt;

      const second = await importRegions(inventory, pack);

      expect(first).toMatchObject({ changed: true, created: 8, updated: 0, retired: 0, shapes: { created: 2 } });
      expect(second).toMatchObject({ changed: false, created: 0, updated: 0, unchanged: 8, shapes: { unchanged: 2 } });
      expect((await inventory.regions.edition())?.importedAt).toBe(importedAt);
      expect(await inventory.regions.get('16.03.11.2009')).toMatchObject({
        name: 'Bukit "Batu", Baru',
        pointIsApproximate: true,
        edition: '2025-06',
        retired: false,
      });
    });

    test('a village that vanishes is retired with its history, and returns with an edition that names it', async () => {
      await importRegions(inventory, pack);
      await inventory.regions.setProgramme('16.03.11.2008', 'covered', 'since 2019');
      const site = await inventory.sites.create({ code: 's', name: 'S', kind: 'pop', regionCode: '16.03.11.2008' });

      const next = await importRegions(inventory, withoutVillage('16.03.11.2008', '2026-01'));
      const retired = await inventory.regions.get('16.03.11.2008');
      const back = await importRegions(inventory, { ...pack, edition: '2026-02' });
      const returned = await inventory.regions.get('16.03.11.2008');

      expect([next.retired, back.returned, back.retired]).toEqual([1, 1, 0]);
      expect(retired).toMatchObject({ retired: true, name: 'Sukamaju' });
      expect(returned).toMatchObject({ retired: false, programme: 'covered', programmeNote: 'since 2019' });
      expect((await inventory.sites.get(site.id))?.regionCode).toBe('16.03.11.2008');
      await inventory.sites.remove(site.id);
    });

    test('a pack without the villages of a province says nothing of them', async () => {
      await importRegions(inventory, pack);

      const partial = await importRegions(inventory, { ...pack, edition: 'upper levels', districts: [], villages: [] });

      expect(partial.retired).toBe(0);
      expect((await inventory.regions.list({ level: 'village' })).total).toBe(3);
    });

    test('of a pack that fails half-way nothing is loaded', async () => {
      await importRegions(inventory, pack);
      const [village] = pack.villages;
      if (village === undefined) throw new Error('no village');
      const broken = {
        ...pack,
        edition: 'broken',
        villages: [
          { ...village, name: 'Changed' },
          { ...village, code: '16.99.99.2001' },
        ],
      };

      const attempt = importRegions(inventory, broken);

      await expect(attempt).rejects.toMatchObject({ code: 'conflict' });
      expect((await inventory.regions.get(village.code))?.name).toBe(village.name);
      expect((await inventory.regions.edition())?.edition).not.toBe('broken');
    });

    test('two imports at once end as one after the other', async () => {
      const results = await Promise.all([1, 2, 3].map(() => importRegions(inventory, { ...pack, edition: 'at once' })));

      expect(results.filter(({ changed }) => changed)).toHaveLength(1);
    });

    test('shapes are served per level, and their mark changes only when they do', async () => {
      await importRegions(inventory, pack);
      const shapes = createRegionShapes(inventory);

      const [coarse, again, none] = await Promise.all([
        shapes.get({ parent: '16', level: 'regency', zoom: 6 }),
        shapes.get({ parent: '16', level: 'regency', zoom: 6 }),
        shapes.get({ parent: '16', level: 'village', zoom: 6 }),
      ]);
      await importRegions(inventory, { ...pack, edition: 'same shapes' });
      const later = await shapes.get({ parent: '16', level: 'regency', zoom: 6 });
      await importRegions(inventory, { ...pack, edition: 'one less', regencies: pack.regencies.slice(0, 1) });
      const fewer = await shapes.get({ parent: '16', level: 'regency', zoom: 6 });

      const topology: RegionTopology = JSON.parse(coarse?.json ?? '');
      expect(
        feature(topology, topology.objects.regions).features.map(({ id, properties }) => [id, properties.name]),
      ).toEqual([
        ['16.03', 'Kabupaten Muara Enim'],
        ['16.71', 'Kota Palembang'],
      ]);
      expect([again?.etag, later?.etag]).toEqual([coarse?.etag, coarse?.etag]);
      expect(fewer?.etag).not.toBe(coarse?.etag);
      expect(none).toBeNull();
    });
  });
}
