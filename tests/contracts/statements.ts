import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NewExclusion } from '../../core/contract/exclusions.ts';
import type { NewLinkTerms } from '../../core/contract/link-terms.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { layProvince, type Province } from '../support/api.ts';
import type { InventoryUnderTest } from './inventory.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 9, 1);

/** What statements are made from, on every implementation of the inventory. */
export function statementContract(name: string, open: () => Promise<InventoryUnderTest>): void {
  describe(`what statements are made from on ${name}`, () => {
    let under: InventoryUnderTest;
    let inventory: Inventory;
    let province: Province;
    let accountId: string;
    beforeAll(async () => {
      under = await open();
      inventory = under.inventory;
      province = await layProvince(inventory);
      const account = {
        name: 'rina',
        displayName: 'Rina',
        role: 'engineer',
        regionCode: '',
        passwordHash: 'x',
      } as const;
      accountId = (await inventory.accounts.create(account)).id;
    });
    beforeEach(async () => {
      await inventory.sql.run('DELETE FROM exclusion; DELETE FROM link_terms; DELETE FROM state_change');
    });
    afterAll(async () => {
      await under.close();
    });

    const by = (at: number) => ({ accountId, at });
    const exclude = (change: Partial<NewExclusion> = {}, at = T0) =>
      inventory.exclusions.create(
        {
          scopeKind: 'site',
          scopeId: province.inside.site.id,
          from: T0,
          to: T0 + HOUR,
          reason: 'planned',
          note: 'ganti kabel',
          ...change,
        },
        by(at),
      );
    const terms = (change: Partial<NewLinkTerms> = {}): NewLinkTerms => ({
      validFrom: '2026-01',
      monthlyFeeRupiah: 9_007_199_254_740,
      steps: [{ belowPercent: 99.5, restitutionPercent: 5 }],
      powerCounts: false,
      ...change,
    });

    test('an exclusion comes back as it was set, with what it is of and by whom', async () => {
      const made = await exclude();

      expect(await inventory.exclusions.get(made.id)).toEqual({
        id: made.id,
        scopeKind: 'site',
        scopeId: province.inside.site.id,
        scopeName: province.inside.site.name,
        regionCode: '16.03.11.2009',
        from: T0,
        to: T0 + HOUR,
        reason: 'planned',
        note: 'ganti kabel',
        setBy: 'Rina',
        setAt: T0,
        revoked: null,
      });
    });

    test('exclusions are listed by where their things stand, the latest first', async () => {
      const { inside, outside } = province;
      await exclude({ scopeKind: 'device', scopeId: inside.device.id, from: T0 + 1, to: T0 + 2 });
      await exclude({ scopeKind: 'link', scopeId: inside.link.id, from: T0 + 3, to: T0 + 4 });
      await exclude({ scopeKind: 'region', scopeId: '16.03', from: T0 + 5, to: T0 + 6 });
      await exclude({ scopeId: outside.site.id, from: T0 + 7, to: T0 + 8 });

      const own = await inventory.exclusions.list({ region: '16.03' });
      const village = await inventory.exclusions.list({ region: '16.03.11' });
      const all = await inventory.exclusions.list({});

      expect(own.items.map(({ scopeKind }) => scopeKind)).toEqual(['region', 'link', 'device']);
      expect(village.items.map(({ scopeKind }) => scopeKind)).toEqual(['link', 'device']);
      expect([all.total, own.total]).toEqual([4, 3]);
      expect((await inventory.exclusions.list({ from: T0 + 4, to: T0 + 6 })).total).toBe(1);
      expect((await inventory.exclusions.list({ scopeKind: 'link', scopeId: inside.link.id })).total).toBe(1);
    });

    test('what is revoked no longer holds, and still held before', async () => {
      const made = await exclude({}, T0 + HOUR);

      const revoked = await inventory.exclusions.revoke(made.id, 'salah situs', by(T0 + 5 * HOUR));

      const inForce = async (asOf: number) =>
        (await inventory.exclusions.inForce({ from: T0, to: T0 + HOUR }, asOf)).length;
      expect(revoked.revoked).toEqual({ by: 'Rina', at: T0 + 5 * HOUR, note: 'salah situs' });
      expect([await inForce(T0), await inForce(T0 + HOUR), await inForce(T0 + 5 * HOUR)]).toEqual([0, 1, 0]);
      expect((await inventory.exclusions.list({})).total).toBe(0);
      expect((await inventory.exclusions.list({ withRevoked: true })).total).toBe(1);
      await expect(inventory.exclusions.revoke(made.id, '', by(T0))).rejects.toMatchObject({ code: 'conflict' });
    });

    test('only exclusions that touch the period hold for it', async () => {
      await exclude({ from: T0, to: T0 + HOUR });

      const before = await inventory.exclusions.inForce({ from: T0 - HOUR, to: T0 }, T0 + HOUR);
      const after = await inventory.exclusions.inForce({ from: T0 + HOUR, to: T0 + 2 * HOUR }, T0 + HOUR);
      const during = await inventory.exclusions.inForce({ from: T0 + HOUR - 1, to: T0 + 2 * HOUR }, T0 + HOUR);

      expect([before.length, after.length, during.length]).toEqual([0, 0, 1]);
    });

    test('an exclusion that ends before it begins is refused, and what it is of may go', async () => {
      const site = await inventory.sites.create({ code: 'X', name: 'X', kind: 'pop', regionCode: '16.03' });
      await exclude({ scopeId: site.id });
      await inventory.sites.remove(site.id);

      await expect(exclude({ to: T0 })).rejects.toMatchObject({ code: 'bad-input' });
      expect((await inventory.exclusions.list({})).items).toMatchObject([{ scopeName: site.id, regionCode: null }]);
      expect((await inventory.exclusions.list({ region: '16' })).total).toBe(0);
    });

    test('terms hold from their month on, the ones set last, with what was known at the time', async () => {
      const { id } = province.inside.link;
      await inventory.linkTerms.set(id, terms(), by(T0));
      await inventory.linkTerms.set(id, terms({ validFrom: '2026-10', monthlyFeeRupiah: 2 }), by(T0 + 1));
      await inventory.linkTerms.set(id, terms({ validFrom: '2026-10', monthlyFeeRupiah: 3 }), by(T0 + 2));

      const feeOf = async (month: string, asOf: number) =>
        (await inventory.linkTerms.ofMonth([id], month, asOf)).get(id)?.monthlyFeeRupiah;

      expect(await feeOf('2025-12', T0 + 9)).toBeUndefined();
      expect(await feeOf('2026-09', T0 + 9)).toBe(9_007_199_254_740);
      expect([await feeOf('2026-10', T0 + 2), await feeOf('2026-11', T0 + 1)]).toEqual([3, 2]);
      expect(await feeOf('2026-10', T0)).toBe(9_007_199_254_740);
      expect(await inventory.linkTerms.list(id)).toMatchObject([
        { ...terms({ validFrom: '2026-10', monthlyFeeRupiah: 3 }), setBy: 'Rina', setAt: T0 + 2 },
        { monthlyFeeRupiah: 2 },
        { monthlyFeeRupiah: 9_007_199_254_740 },
      ]);
    });

    test('links are found by provider where they come from, and by either end', async () => {
      const { inside, outside, core } = province;
      await inventory.links.update(inside.link.id, { provider: 'ISP A' });
      await inventory.links.update(outside.link.id, { provider: 'ISP A' });

      const codes = async (found: Promise<readonly { readonly code: string }[]>) =>
        (await found).map(({ code }) => code);

      expect(await codes(inventory.contractedLinks.ofProvider('ISP A', ''))).toEqual(['link-in', 'link-out']);
      expect(await codes(inventory.contractedLinks.ofProvider('ISP A', '16.03'))).toEqual(['link-in']);
      expect(await codes(inventory.contractedLinks.ofProvider('ISP B', ''))).toEqual([]);
      expect(await codes(inventory.contractedLinks.ofSite(core.site.id))).toEqual(['link-in', 'link-out']);
      expect(await inventory.contractedLinks.get(inside.link.id)).toMatchObject({
        fromRegion: '16.03.11.2009',
        toRegion: '16.71.01.1001',
        contractMbps: 50,
      });
      expect(await inventory.contractedLinks.parties('16.03')).toEqual([
        { party: { kind: 'provider', provider: 'ISP A' }, links: 1 },
      ]);
    });

    test('agencies with links are parties of statements', async () => {
      const agency = await inventory.sites.create({ code: 'OPD', name: 'Dinas', kind: 'agency', regionCode: '16.71' });
      const link = { code: 'opd', name: 'opd', medium: 'fibre', fromSiteId: province.core.site.id } as const;
      const made = await inventory.links.create({ ...link, toSiteId: agency.id });

      const parties = await inventory.contractedLinks.parties('16.71');

      expect(parties).toContainEqual({ party: { kind: 'agency', siteId: agency.id, name: 'Dinas' }, links: 1 });
      await inventory.links.remove(made.id);
      await inventory.sites.remove(agency.id);
    });

    test('states come with their reasons, clipped to the range, the earlier one reaching into it', async () => {
      const { id } = province.inside.device;
      const change = (at: number, state: 'up' | 'down' | 'unknown', reason: string | null) =>
        ({ deviceId: id, at, state, previous: 'unknown', reason }) as const;
      await inventory.statuses.layDown([
        change(T0 - HOUR, 'up', null),
        change(T0 + HOUR, 'down', 'timeout'),
        change(T0 + 2 * HOUR, 'unknown', 'parent-down'),
        change(T0 + 9 * HOUR, 'up', null),
      ]);

      const spans = await inventory.timelines.spans([id, province.core.device.id], T0, T0 + 3 * HOUR);

      expect(spans.get(id)).toEqual([
        { from: T0, to: T0 + HOUR, state: 'up', reason: null },
        { from: T0 + HOUR, to: T0 + 2 * HOUR, state: 'down', reason: 'timeout' },
        { from: T0 + 2 * HOUR, to: T0 + 3 * HOUR, state: 'unknown', reason: 'parent-down' },
      ]);
      expect(spans.get(province.core.device.id)).toEqual([]);
      expect(await inventory.timelines.firstChangeAt()).toBe(T0 - HOUR);
    });

    test('a site is judged by the devices that carry its network, or by all where none does', async () => {
      const { inside } = province;
      const camera = (siteId: string, code: string) =>
        inventory.devices.create({ code, name: code, kind: 'camera', siteId, host: '127.0.0.1' });
      const lonely = await inventory.sites.create({ code: 'C', name: 'C', kind: 'shelter', regionCode: '16.03' });
      const [beside, alone] = [await camera(inside.site.id, 'cam-1'), await camera(lonely.id, 'cam-2')];

      const counting = await inventory.timelines.countingOfSites([inside.site.id, lonely.id]);

      expect(new Set(counting.map(({ deviceId }) => deviceId))).toEqual(new Set([inside.device.id, alone.id]));
      expect((await inventory.timelines.named([beside.id])).map(({ deviceName }) => deviceName)).toEqual(['cam-1']);
      expect((await inventory.timelines.hotspots('16.03')).map(({ id }) => id).sort()).toEqual(
        [inside.site.id, province.insidePublic.site.id].sort(),
      );
      expect((await inventory.timelines.countingOfHotspots('16.03')).map(({ deviceId }) => deviceId).sort()).toEqual(
        [inside.device.id, province.insidePublic.device.id].sort(),
      );
    });
  });
}
