import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Device } from '../../core/contract/devices.ts';
import type { Site } from '../../core/contract/sites.ts';
import type { SiteKind } from '../../core/domain/site.ts';
import type { State } from '../../core/domain/state.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { Transition } from '../../core/stores/inventory/transitions.ts';
import { credentialContract } from './inventory-credentials.ts';

export type InventoryUnderTest = { readonly inventory: Inventory; close(): Promise<void> };

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 9, 1);

/** Every implementation of the inventory behaves like this. One store is shared by a file; the tables are emptied. */
export function inventoryContract(name: string, open: () => Promise<InventoryUnderTest>): void {
  describe(`inventory on ${name}`, () => {
    let under: InventoryUnderTest;
    let inventory: Inventory;
    beforeAll(async () => {
      under = await open();
      inventory = under.inventory;
    });
    afterAll(async () => {
      await under.close();
    });
    beforeEach(async () => {
      await emptyTables(inventory);
      await layRegions(inventory);
    });

    const addSite = (regionCode: string, kind: SiteKind, status: Site['status'] = 'active'): Promise<Site> =>
      inventory.sites.create({
        code: `${regionCode}-${kind}`,
        name: `Site ${regionCode} ${kind}`,
        kind,
        regionCode,
        status,
      });
    const addDevice = (site: Site, suffix = 'router', parentIds: string[] = []): Promise<Device> =>
      inventory.devices.create({
        code: `${site.code}-${suffix}`,
        name: `Device ${site.code} ${suffix}`,
        kind: 'router',
        siteId: site.id,
        host: '127.0.0.1',
        parentIds,
      });
    const change = (deviceId: string, state: State, at: number, more: Partial<Transition> = {}): Transition => ({
      deviceId,
      state,
      previous: 'unknown',
      at,
      reason: null,
      lastSeenAt: null,
      memory: {},
      ...more,
    });

    describe('regions', () => {
      test('a region filter takes the region and what is below it, not its neighbours by number', async () => {
        const inside = await inventory.regions.list({ region: '16.03' });

        expect(inside.items.map(({ code }) => code)).toEqual(['16.03', '16.03.11', '16.03.11.2008', '16.03.11.2009']);
        expect(inside.total).toBe(4);
      });

      test('pages do not overlap and say the total', async () => {
        const first = await inventory.regions.list({ page: 1, pageSize: 5 });
        const second = await inventory.regions.list({ page: 2, pageSize: 5 });
        const beyond = await inventory.regions.list({ page: 9, pageSize: 5 });

        expect(new Set([...first.items, ...second.items].map(({ code }) => code)).size).toBe(8);
        expect([first.total, second.total, beyond.total]).toEqual([8, 8, 8]);
        expect(beyond.items).toEqual([]);
      });

      test('a search finds parts of names in any case, and signs of LIKE mean themselves', async () => {
        const found = await inventory.regions.list({ q: 'SUKA' });
        const none = await inventory.regions.list({ q: '%' });

        expect(found.items.map(({ name: found }) => found)).toEqual(['Sukamaju', 'Sukajadi']);
        expect(none.total).toBe(0);
      });

      test('ancestors come from the province down', async () => {
        const above = await inventory.regions.ancestors('16.03.11.2009');

        expect(above.map(({ code }) => code)).toEqual(['16', '16.03', '16.03.11']);
      });

      test('a retired region is left out unless asked for', async () => {
        await inventory.sql.run("UPDATE region SET retired_at = now() WHERE code = '16.03.11.2009'");

        const living = await inventory.regions.list({ level: 'village', region: '16.03' });
        const all = await inventory.regions.list({ level: 'village', region: '16.03', includeRetired: true });

        expect([living.total, all.total]).toEqual([1, 2]);
        expect((await inventory.regions.get('16.03.11.2009'))?.retired).toBe(true);
      });
    });

    describe('sites and devices', () => {
      test('a site is as bad as the worst of its enabled devices', async () => {
        const site = await addSite('16.03.11.2009', 'village-office');
        const [good, bad] = [await addDevice(site, 'a'), await addDevice(site, 'b')];
        await inventory.statuses.recordTransitions([change(good.id, 'up', T0), change(bad.id, 'down', T0 + 5)]);
        const whileBoth = await inventory.sites.get(site.id);
        await inventory.devices.update(bad.id, { enabled: false });

        const whileOne = await inventory.sites.get(site.id);

        expect([whileBoth?.state, whileBoth?.since]).toEqual(['down', T0 + 5]);
        expect([whileOne?.state, whileOne?.since]).toEqual(['up', T0]);
      });

      test('a device never observed makes its site unknown', async () => {
        const site = await addSite('16.03.11.2009', 'village-office');
        const seen = await addDevice(site, 'seen');
        await addDevice(site, 'never');
        await inventory.statuses.recordTransition(change(seen.id, 'up', T0));

        const state = (await inventory.sites.get(site.id))?.state;

        expect(state).toBe('unknown');
      });

      test('a code is given once', async () => {
        await addSite('16.03.11.2009', 'village-office');

        const again = addSite('16.03.11.2009', 'village-office');

        await expect(again).rejects.toMatchObject({ code: 'conflict' });
      });

      test('a site in a region that does not exist is refused', async () => {
        const site = addSite('99.99', 'pop');

        await expect(site).rejects.toMatchObject({ code: 'conflict' });
      });

      test('a site with devices is not removed', async () => {
        const site = await addSite('16.03.11.2009', 'village-office');
        await addDevice(site);

        const removal = inventory.sites.remove(site.id);

        await expect(removal).rejects.toMatchObject({ code: 'conflict' });
      });

      test('changing or removing what is not there says so', async () => {
        const id = randomUUID();

        const tries = [
          () => inventory.sites.update(id, { name: 'x' }),
          () => inventory.devices.remove(id),
          () => inventory.links.update(id, { name: 'x' }),
          () => inventory.accounts.update(id, { displayName: 'x' }),
        ];

        for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: 'not-found' });
      });

      test('targets are the enabled devices of active sites', async () => {
        const active = await addSite('16.03.11.2009', 'village-office');
        const planned = await addSite('16.03.11.2009', 'village-public', 'planned');
        const asked = await addDevice(active, 'asked');
        const off = await addDevice(active, 'off');
        await inventory.devices.update(off.id, { enabled: false });
        await addDevice(planned);

        const targets = await inventory.devices.targets();

        expect(targets.map(({ id }) => id)).toEqual([asked.id]);
      });

      test('targets say what they are reached through, and over which media', async () => {
        const [office, hall] = [
          await addSite('16.03.11.2009', 'village-office'),
          await addSite('16.03.11.2009', 'village-public'),
        ];
        const router = await addDevice(office);
        const point = await addDevice(office, 'point', [router.id]);
        const far = await addDevice(hall, 'far', [router.id, point.id]);
        const link = { name: 'line', fromSiteId: office.id };
        await inventory.links.create({ ...link, code: 'a', medium: 'vsat', deviceId: router.id });
        await inventory.links.create({ ...link, code: 'b', medium: 'lte' });

        const targets = new Map((await inventory.devices.targets()).map((target) => [target.id, target]));

        expect(targets.get(router.id)).toMatchObject({ parentIds: [], media: ['vsat'] });
        expect(targets.get(point.id)).toMatchObject({ parentIds: [router.id], media: ['lte', 'vsat'] });
        expect(targets.get(far.id)).toMatchObject({ parentIds: [router.id, point.id].sort(), media: [] });
      });

      test('devices are found by region, state and part of a name', async () => {
        const here = await addDevice(await addSite('16.03.11.2009', 'village-office'));
        await addDevice(await addSite('16.71', 'agency'));
        await inventory.statuses.recordTransition(change(here.id, 'down', T0));

        const byRegion = await inventory.devices.list({ region: '16.03' });
        const byState = await inventory.devices.list({ state: 'unknown' });
        const byText = await inventory.devices.list({ q: 'AGENCY' });

        expect(byRegion.items.map(({ id }) => id)).toEqual([here.id]);
        expect([byState.total, byText.total]).toEqual([1, 1]);
      });

      test('the path of a device leads by its parents to the core', async () => {
        const site = await addSite('16.03.11.2009', 'village-office');
        const core = await addDevice(site, 'core');
        const middle = await addDevice(site, 'middle', [core.id]);
        const leaf = await addDevice(site, 'leaf', [middle.id]);

        const path = await inventory.devices.path(leaf.id);

        expect(path.map(({ id }) => id)).toEqual([middle.id, core.id]);
      });

      test('a ring of dependencies is refused and changes nothing', async () => {
        const site = await addSite('16.03.11.2009', 'village-office');
        const core = await addDevice(site, 'core');
        const leaf = await addDevice(site, 'leaf', [core.id]);

        const ring = inventory.devices.update(core.id, { parentIds: [leaf.id] });

        await expect(ring).rejects.toMatchObject({ code: 'conflict' });
        expect(await inventory.dependencies.all()).toEqual([{ childId: leaf.id, parentId: core.id }]);
      });

      test('interfaces become what the device told last', async () => {
        const device = await addDevice(await addSite('16.03.11.2009', 'village-office'));
        const port = (index: number, speedBps: number) =>
          ({
            index,
            name: `eth${index}`,
            alias: '',
            type: '',
            mac: null,
            mtu: null,
            speedBps,
            adminStatus: 'up',
            operStatus: 'up',
          }) as const;
        await inventory.interfaces.replace(device.id, [port(1, 1e9), port(2, 1e9)], T0);
        await inventory.interfaces.replace(device.id, [port(2, 4e11), port(3, 1e9)], T0 + 1);

        const kept = await inventory.interfaces.list(device.id);

        expect(kept.map(({ index, speedBps }) => [index, speedBps])).toEqual([
          [2, 4e11],
          [3, 1e9],
        ]);

        await inventory.interfaces.setStates(device.id, [{ index: 3, operStatus: 'down' }], T0 + 2);
        expect((await inventory.interfaces.list(device.id)).map(({ operStatus }) => operStatus)).toEqual([
          'up',
          'down',
        ]);
      });

      test('a link keeps the days of its contract and is as the device that measures it', async () => {
        const site = await addSite('16.03.11.2009', 'village-office');
        const device = await addDevice(site);
        const contract = { contractMbps: 20, contractFrom: Date.UTC(2026, 0, 1), contractTo: Date.UTC(2026, 11, 31) };
        const link = await inventory.links.create({
          code: 'l1',
          name: 'L',
          medium: 'fibre',
          fromSiteId: site.id,
          deviceId: device.id,
          ...contract,
        });
        await inventory.statuses.recordTransition(change(device.id, 'up', T0));

        const read = await inventory.links.list({ region: '16.03' });

        expect(read.items).toEqual([{ ...link, ...contract, state: 'up', since: T0 }]);
        expect(await inventory.links.contractMbps(device.id)).toBe(20);
      });
    });

    credentialContract(() => inventory);

    describe('states and outages', () => {
      const fall = (id: string, at: number): Transition =>
        change(id, 'down', at, {
          previous: 'up',
          reason: 'timeout',
          outage: { open: { startedAt: at - 10, detectedAt: at } },
        });

      test('a fall and a recovery make one outage with exact times', async () => {
        const device = await addDevice(await addSite('16.03.11.2009', 'village-office'));
        const opened = await inventory.statuses.recordTransition(fall(device.id, T0 + 100));
        const closed = await inventory.statuses.recordTransition(
          change(device.id, 'up', T0 + 500, { previous: 'down', lastSeenAt: T0 + 500, outage: { endedAt: T0 + 500 } }),
        );

        const outages = await inventory.outages.list({});

        expect(opened.outage?.what).toBe('opened');
        expect(closed.outage).toEqual({ id: opened.outage?.id, what: 'closed' });
        expect(outages.items).toMatchObject([
          {
            startedAt: T0 + 90,
            detectedAt: T0 + 100,
            endedAt: T0 + 500,
            reason: 'timeout',
            place: 'Sukamaju, Gelumbang, Kabupaten Muara Enim',
          },
        ]);
      });

      test('opening twice, even from two sides at once, makes one outage', async () => {
        const device = await addDevice(await addSite('16.03.11.2009', 'village-office'));

        const results = await Promise.all(
          Array.from({ length: 8 }, (_, index) => inventory.statuses.recordTransition(fall(device.id, T0 + index))),
        );

        expect(results.filter(({ outage }) => outage?.what === 'opened')).toHaveLength(1);
        expect(new Set(results.map(({ outage }) => outage?.id)).size).toBe(1);
        expect(await inventory.outages.countOpen()).toBe(1);
      });

      test('an outage that began as the parents is told from what became the own of it', async () => {
        const device = await addDevice(await addSite('16.03.11.2009', 'village-office'));
        const cutOff = { reason: 'parent-down', lastSeenAt: T0 } as const;
        const open = { startedAt: T0, detectedAt: T0 + 9_000, cause: 'parent' } as const;
        const own = { reason: 'timeout', lastSeenAt: T0, previous: 'unknown' } as const;

        await inventory.statuses.recordTransition(change(device.id, 'unknown', T0, { ...cutOff, outage: { open } }));
        const [before] = (await inventory.outages.list({})).items;
        const result = await inventory.statuses.recordTransition(
          change(device.id, 'down', T0 + HOUR, { ...own, outage: { ownSince: T0 + HOUR } }),
        );
        const again = await inventory.statuses.recordTransition(
          change(device.id, 'down', T0 + HOUR, { ...own, previous: 'down', outage: { ownSince: T0 + 2 * HOUR } }),
        );

        expect(before).toMatchObject({ cause: 'parent', ownSince: null, reason: 'parent-down', endedAt: null });
        expect(result.outage).toEqual({ id: before?.id, what: 'own' });
        expect(again.outage).toBeNull();
        expect((await inventory.outages.list({})).items).toMatchObject([
          { id: before?.id, cause: 'parent', startedAt: T0, ownSince: T0 + HOUR, reason: 'timeout', endedAt: null },
        ]);
      });

      test('unknown for another reason is kept as a change, and is no other span', async () => {
        const device = await addDevice(await addSite('16.03.11.2009', 'village-office'));
        const unknown = (reason: string, at: number): Transition =>
          change(device.id, 'unknown', at, { previous: 'unknown', reason });
        await inventory.statuses.recordTransition(unknown('collector-blind', T0));
        await inventory.statuses.recordTransition(unknown('parent-down', T0 + HOUR));

        const spans = await inventory.statuses.spans([device.id], T0, T0 + 2 * HOUR);
        const kept = await inventory.sql.query('SELECT reason FROM state_change ORDER BY at');

        expect(spans.get(device.id)).toEqual([{ from: T0, to: T0 + 2 * HOUR, state: 'unknown' }]);
        expect(kept).toEqual([{ reason: 'collector-blind' }, { reason: 'parent-down' }]);
      });

      test('closing without an open outage does nothing', async () => {
        const device = await addDevice(await addSite('16.03.11.2009', 'village-office'));

        const result = await inventory.statuses.recordTransition(
          change(device.id, 'up', T0, { outage: { endedAt: T0 } }),
        );

        expect(result.outage).toBeNull();
        expect((await inventory.outages.list({})).total).toBe(0);
      });

      test('of a batch with a device that does not exist, nothing is kept', async () => {
        const device = await addDevice(await addSite('16.03.11.2009', 'village-office'));

        const batch = inventory.statuses.recordTransitions([fall(device.id, T0), fall(randomUUID(), T0)]);

        await expect(batch).rejects.toMatchObject({ code: 'conflict' });
        expect(await inventory.statuses.all()).toEqual([]);
        expect(await inventory.outages.countOpen()).toBe(0);
      });

      test('what a collector carries in memory comes back as it was', async () => {
        const device = await addDevice(await addSite('16.03.11.2009', 'village-office'));
        const open = await inventory.statuses.recordTransition(fall(device.id, T0));
        const memory = { failures: 3, window: [1, null, 2.5], word: 'kata "kutip" \\' };
        await inventory.statuses.touch([{ deviceId: device.id, lastSeenAt: T0 + 7, memory }], T0 + 7);
        await inventory.statuses.touch([{ deviceId: device.id, lastSeenAt: null, memory }], T0 + 8);

        const statuses = await inventory.statuses.all();

        expect(statuses).toEqual([
          {
            deviceId: device.id,
            siteId: device.siteId,
            regionCode: '16.03.11.2009',
            state: 'down',
            since: T0,
            reason: 'timeout',
            lastSeenAt: T0 + 7,
            memory,
            openOutageId: open.outage?.id,
          },
        ]);
      });

      test('spans cover the range without gap or overlap', async () => {
        const device = await addDevice(await addSite('16.03.11.2009', 'village-office'));
        const at = (hour: number): number => T0 + hour * HOUR;
        await inventory.statuses.recordTransition(change(device.id, 'up', at(0)));
        await inventory.statuses.recordTransition(change(device.id, 'down', at(5), { previous: 'up' }));
        await inventory.statuses.recordTransition(change(device.id, 'up', at(7), { previous: 'down' }));

        const spans = await inventory.statuses.spans([device.id], at(1), at(9));

        expect(spans.get(device.id)).toEqual([
          { from: at(1), to: at(5), state: 'up' },
          { from: at(5), to: at(7), state: 'down' },
          { from: at(7), to: at(9), state: 'up' },
        ]);
      });

      test('outages are found by region, openness and the range they touch', async () => {
        const here = await addDevice(await addSite('16.03.11.2009', 'village-office'));
        const there = await addDevice(await addSite('16.71', 'agency'));
        const past = { reason: null, detectedAt: T0 + HOUR };
        const laid = [
          { deviceId: here.id, startedAt: T0, endedAt: T0 + 2 * HOUR, ...past },
          { deviceId: there.id, startedAt: T0, endedAt: T0 + 4 * HOUR, ...past },
        ];
        const stored = [await inventory.outages.layDown(laid), await inventory.outages.layDown(laid)];
        await inventory.statuses.recordTransition(fall(here.id, T0 + 9 * HOUR));

        const byRegion = await inventory.outages.list({ region: '16.03' });
        const open = await inventory.outages.list({ open: true });
        const touching = await inventory.outages.list({ from: T0 + 3 * HOUR, to: T0 + 5 * HOUR });

        expect(stored).toEqual([2, 0]);
        expect(byRegion.items.map(({ endedAt }) => endedAt)).toEqual([null, T0 + 2 * HOUR]);
        expect(open.items.map(({ deviceId }) => deviceId)).toEqual([here.id]);
        expect(touching.items.map(({ deviceId }) => deviceId)).toEqual([there.id]);
      });
    });

    describe('coverage', () => {
      test('villages, hotspots, agencies and outages are counted by regency', async () => {
        const office = await addDevice(await addSite('16.03.11.2009', 'village-office'));
        const open = await addDevice(await addSite('16.03.11.2009', 'village-public'));
        await addDevice(await addSite('16.03.11.2008', 'village-office'));
        const agency = await addDevice(await addSite('16.71', 'agency'));
        await addSite('16.71.01', 'agency', 'planned');
        await inventory.statuses.recordTransitions([
          change(office.id, 'up', T0),
          change(open.id, 'down', T0, { outage: { open: { startedAt: T0, detectedAt: T0 } } }),
          change(agency.id, 'degraded', T0),
        ]);
        await inventory.regions.setProgramme('16.71', 'not-proposed', 'a note');

        const table = await inventory.coverage.table('16');

        expect(table).toMatchObject([
          {
            code: '16.03',
            villageCount: 12,
            villagesInProgramme: 2,
            villages: { normal: 0, partial: 1, down: 0, unknown: 1 },
            hotspots: { up: 1, degraded: 0, down: 1, unknown: 1 },
            devices: { up: 1, degraded: 0, down: 1, unknown: 1 },
            agenciesPlanned: 0,
            openOutages: 1,
          },
          {
            code: '16.71',
            programme: 'not-proposed',
            programmeNote: 'a note',
            villagesInProgramme: 0,
            villages: { normal: 0, partial: 0, down: 0, unknown: 0 },
            agencies: { up: 0, degraded: 1, down: 0, unknown: 0 },
            agenciesPlanned: 1,
            openOutages: 0,
          },
        ]);
      });

      test('the summary of a region counts only what is in it', async () => {
        const here = await addDevice(await addSite('16.03.11.2009', 'village-office'));
        const there = await addDevice(await addSite('16.71', 'agency'));
        await inventory.statuses.recordTransitions([change(here.id, 'up', T0), change(there.id, 'down', T0)]);

        const regency = await inventory.coverage.summary('16.03');
        const everywhere = await inventory.coverage.summary('');

        expect(regency).toMatchObject({
          devices: { up: 1, down: 0 },
          villages: { normal: 1 },
          villagesInProgramme: 1,
          villageCount: 12,
        });
        expect(everywhere).toMatchObject({ devices: { up: 1, down: 1 }, sites: { up: 1, down: 1 }, villageCount: 36 });
      });

      test('the map has each village with both sites, and the other sites at their own or their region’s point', async () => {
        const office = await addDevice(await addSite('16.03.11.2009', 'village-office'));
        await addSite('16.71', 'shelter', 'planned');
        await inventory.statuses.recordTransition(change(office.id, 'degraded', T0));

        const [villages, sites] = await Promise.all([
          inventory.coverage.mapVillages('16'),
          inventory.coverage.mapSites(''),
        ]);

        expect(villages).toEqual([
          {
            code: '16.03.11.2009',
            name: 'Sukamaju',
            lat: -3.1,
            lng: 104.1,
            pointIsApproximate: true,
            state: 'partial',
            office: 'degraded',
            public: null,
          },
        ]);
        expect(sites).toMatchObject([{ kind: 'shelter', planned: true, state: 'unknown', lat: -2.9, lng: 104.7 }]);
      });
    });

    describe('accounts, heartbeats and settings', () => {
      const newAccount = {
        name: 'admin',
        displayName: 'Admin',
        role: 'admin',
        regionCode: '',
        passwordHash: 'h',
      } as const;

      test('a session is found until it expires, and ends with a new password', async () => {
        const account = await inventory.accounts.create(newAccount);
        await inventory.sessions.create({ tokenHash: 'a', accountId: account.id, createdAt: T0, expiresAt: T0 + 10 });
        const before = await inventory.sessions.find('a', T0 + 9);
        const expired = await inventory.sessions.find('a', T0 + 10);
        await inventory.accounts.update(account.id, { passwordHash: 'other' });

        const after = await inventory.sessions.find('a', T0 + 9);

        expect(before?.account).toEqual(account);
        expect([expired, after]).toEqual([null, null]);
      });

      test('a list of accounts names the region of each', async () => {
        await inventory.accounts.create({ ...newAccount, name: 'a', regionCode: '16.03' });
        await inventory.accounts.create({ ...newAccount, name: 'b', regionCode: '' });

        const { items } = await inventory.accounts.list({});

        expect(items.map(({ regionName }) => regionName)).toEqual([(await inventory.regions.get('16.03'))?.name, '']);
      });

      test('a disabled account has no session, and no list gives a hash away', async () => {
        const account = await inventory.accounts.create(newAccount);
        await inventory.accounts.update(account.id, { disabledAt: T0 });
        await inventory.sessions.create({ tokenHash: 'a', accountId: account.id, createdAt: T0, expiresAt: T0 + 10 });

        const found = await inventory.sessions.find('a', T0);
        const listed = await inventory.accounts.list({});

        expect(found).toBeNull();
        expect(JSON.stringify(listed)).not.toContain('passwordHash');
        expect(listed.items[0]?.disabled).toBe(true);
      });

      test('a collector that is renamed goes on as it was, and takes no other’s place', async () => {
        const beat = (collector: string, beatAt: number) =>
          inventory.heartbeats.beat({ collector, startedAt: T0, beatAt });
        await beat('old', T0 + 1);
        await beat('other', T0 + 2);

        await inventory.heartbeats.rename('old', 'new');
        await inventory.heartbeats.rename('new', 'other');
        await inventory.heartbeats.rename('nobody', 'somebody');

        const known = await inventory.heartbeats.all();
        expect(known.map(({ collector, beatAt }) => [collector, beatAt])).toEqual([
          ['new', T0 + 1],
          ['other', T0 + 2],
        ]);
      });

      test('heartbeats and settings keep the last value', async () => {
        await inventory.heartbeats.beat({ collector: 'c', startedAt: T0, beatAt: T0 });
        await inventory.heartbeats.beat({ collector: 'c', startedAt: T0, beatAt: T0 + 5 });
        await inventory.settings.set('key', { a: [1] });
        await inventory.settings.set('key', null);

        const [beat, setting, unset] = [
          await inventory.heartbeats.get('c'),
          await inventory.settings.get('key'),
          await inventory.settings.get('other'),
        ];

        expect(beat?.beatAt).toBe(T0 + 5);
        expect([setting, unset]).toEqual([null, undefined]);
      });
    });

    test('maintenance runs beside other work', async () => {
      const site = await addSite('16.03.11.2009', 'village-office');

      const [, listed] = await Promise.all([inventory.maintain(), inventory.sites.list({ region: '16' })]);

      expect(listed.items.map(({ id }) => id)).toEqual([site.id]);
      expect(listed.items[0]).not.toHaveProperty('__total');
    });

    describe('transactions', () => {
      test('two callers at once do not see each other’s half work', async () => {
        await inventory.settings.set('count', 0);
        const grow = () =>
          inventory.sql.transaction(async (sql) => {
            const [row] = await sql.query<{ value: number }>(
              "SELECT value FROM setting WHERE key = 'count' FOR UPDATE",
            );
            await new Promise((resolve) => setImmediate(resolve));
            await sql.run("UPDATE setting SET value = to_jsonb($1::int) WHERE key = 'count'", [(row?.value ?? 0) + 1]);
          });

        await Promise.all(Array.from({ length: 25 }, grow));

        expect(await inventory.settings.get('count')).toBe(25);
      });

      test('answers of many questions at once reach those who asked', async () => {
        const questions = Array.from({ length: 300 }, (_, index) => index);

        const answers = await Promise.all(
          questions.map(async (index) => {
            if (index % 7 === 0) return await inventory.sql.query('SELECT 1 / 0').catch(() => index);
            const [row] = await inventory.sql.query<{ n: number }>('SELECT $1::int AS n', [index]);
            return row?.n;
          }),
        );

        expect(answers).toEqual(questions);
      });

      test('a transaction that throws leaves nothing behind, and the connection is good again', async () => {
        const failing = inventory.sql.transaction(async (sql) => {
          await sql.run("INSERT INTO setting VALUES ('half', '1')");
          await sql.run('SELECT 1 / 0');
        });

        await expect(failing).rejects.toThrow();
        expect(await inventory.settings.get('half')).toBeUndefined();
      });
    });
  });
}

/** Deleting from small tables is ten times faster than TRUNCATE, which makes new files. */
async function emptyTables(inventory: Inventory): Promise<void> {
  const tables = ['link', 'device', 'credential', 'site', 'region', 'region_edition', 'account'];
  const rest = ['collector_heartbeat', 'setting'];
  await inventory.sql.run([...tables, ...rest].map((table) => `DELETE FROM ${table}`).join(';'));
}

async function layRegions(inventory: Inventory): Promise<void> {
  await inventory.sql.run(
    `INSERT INTO region (code, level, parent_code, name, lat, lng, point_kind, desa_count, kelurahan_count, edition) VALUES
       ('16', 'province', NULL, 'Sumatera Selatan', -3, 104, NULL, 30, 6, 'test'),
       ('16.03', 'regency', '16', 'Kabupaten Muara Enim', -3.5, 104, NULL, 10, 2, 'test'),
       ('16.03.11', 'district', '16.03', 'Gelumbang', -3.2, 104.2, NULL, NULL, NULL, 'test'),
       ('16.03.11.2008', 'village', '16.03.11', 'Harapan', NULL, NULL, NULL, NULL, NULL, 'test'),
       ('16.03.11.2009', 'village', '16.03.11', 'Sukamaju', -3.1, 104.1, 'd', NULL, NULL, 'test'),
       ('16.71', 'regency', '16', 'Kota Palembang', -2.9, 104.7, NULL, NULL, NULL, 'test'),
       ('16.71.01', 'district', '16.71', 'Ilir Barat II', -2.9, 104.7, NULL, NULL, NULL, 'test'),
       ('16.71.01.1001', 'village', '16.71.01', 'Sukajadi', -2.9, 104.7, 'c', NULL, NULL, 'test')`,
  );
}
