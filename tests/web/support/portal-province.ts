import type { AddressInfo } from 'node:net';
import { loadGateways } from '../../../captive-portal/gateway.ts';
import { loadMethods } from '../../../captive-portal/method.ts';
import { portalPreview } from '../../../captive-portal/preview.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { dayOf } from '../../../core/domain/portal/day.ts';
import { zoneOf } from '../../../core/domain/zone.ts';
import { createVoucherBatch } from '../../../core/services/portal/create-voucher-batch.ts';
import { portalKeys } from '../../../core/services/portal/portal-keys.ts';
import type { Inventory } from '../../../core/stores/inventory/inventory.ts';
import { openTestApi, type TestApi } from '../../support/api.ts';
import { openTestInventory, TEST_SECRET_KEY } from '../../support/inventory.ts';
import { dayOf as countDay, liveSessionOf, loginOf, PLAN } from '../../support/portal-rows.ts';
import { seededRandom } from '../../support/random.ts';

const REGENCIES = [
  ['16.01', 'Kabupaten Ogan Komering Ulu'],
  ['16.02', 'Kabupaten Ogan Komering Ilir'],
  ['16.03', 'Kabupaten Muara Enim'],
  ['16.04', 'Kabupaten Lahat'],
  ['16.05', 'Kabupaten Musi Rawas'],
  ['16.71', 'Kota Palembang'],
] as const;
const SITES_EACH = 3;
const TREND_DAYS = 14;
const LOGINS_EACH = 16;
const ZONE = zoneOf('16');

export type PortalProvince = {
  readonly api: TestApi;
  readonly url: string;
  /** The first site, whose gateway is the first of the list. */
  readonly siteId: string;
  readonly batchId: string;
  close(): Promise<void>;
};

/** A province in which people have logged in for a month, behind the real API and the built web, at the clock's own time. */
export async function openPortalProvince(siteDir: string): Promise<PortalProvince> {
  const kinds = { gateways: await loadGateways(), methods: await loadMethods() };
  const clock = () => Date.now();
  let inventory: Inventory | undefined;
  const api = await openTestApi({
    siteDir,
    clock,
    portal: kinds,
    openStores: async (options) => {
      const stores = await openTestInventory({ ...options, clock, portal: kinds });
      inventory = stores.inventory;
      return stores;
    },
    portalPreview: async (...asked) => {
      if (inventory === undefined) throw new Error('there is no inventory yet');
      const config = { helpPhone: '0711-351000' };
      return await portalPreview({ inventory, methods: kinds.methods, clock, config })(...asked);
    },
  });
  api.time.now = clock();
  const laid = await lay(api.inventory);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = api.app.server.address() as AddressInfo;
  return { api, url: `http://127.0.0.1:${port}`, ...laid, close: () => api.close() };
}

async function lay(inventory: Inventory) {
  const { portal, sql } = inventory;
  const now = Date.now();
  const random = seededRandom(5);
  const between = (low: number, high: number) => Math.round(low + random() * (high - low));
  const region = (code: string, level: string, name: string) =>
    sql.run(
      `INSERT INTO region (code, level, parent_code, name, lat, lng, population, desa_count, kelurahan_count, edition)
       VALUES ($1, $2, $3, $4, -3.2, 104.2, 1000, 3, 1, 'test')`,
      [code, level, code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : null, name],
    );
  await region('16', 'province', 'Sumatera Selatan');
  const plan = await portal.plans.create(
    { ...PLAN, name: 'Warga', sessionSeconds: 8 * 3600, dayOctets: 2e9, downKbit: 5_000, upKbit: 2_000 },
    now,
  );
  await portal.plans.create({ ...PLAN, name: 'Tamu', sessionSeconds: 3600, devices: 1, opensAt: 360, closesAt: 1320 });
  const families = ['mikrotik', 'opennds', 'coovachilli'] as const;
  const settings = {
    mikrotik: {},
    opennds: { level: 2, faskey: 'kunci-fas-rahasia' },
    coovachilli: { uamSecret: 'rahasia-uam-gateway' },
  };
  let first: string | undefined;
  for (const [index, [code, name]] of REGENCIES.entries()) {
    await region(code, 'regency', name);
    await region(`${code}.01`, 'district', `Kecamatan ${index + 1}`);
    for (let at = 0; at < SITES_EACH; at++) {
      const village = `${code}.01.200${at + 1}`;
      await region(village, 'village', `${['Sukamaju', 'Tanjung Baru', 'Karang Agung'][at]} ${index + 1}`);
      const site = await inventory.sites.create({
        code: `site-${village}`,
        name: `Balai Desa ${['Sukamaju', 'Tanjung Baru', 'Karang Agung'][at]} ${index + 1}`,
        kind: 'village-public',
        regionCode: village,
        lat: -3,
        lng: 104,
      });
      first ??= site.id;
      const family = families[at % families.length] ?? 'mikrotik';
      const gateway = await portal.gateways.create({
        siteId: site.id,
        name: `Hotspot ${index + 1}.${at + 1}`,
        family,
        settings: settings[family],
        ...(family === 'opennds'
          ? {}
          : { radiusAddress: `10.${index}.${at}.1`, radiusSecret: 'rahasia-radius-panjang', coaPort: 3799 }),
        ...(index === 4 && at === 0 ? { messageAuthenticator: 'no' as const } : {}),
      });
      const isFailing = index === 2 && at === 0;
      if (index !== 5 || at !== 2) await portal.gateways.touchSeen([gateway.id], now - between(0, 9) * MINUTE);
      if (family !== 'opennds' && at === 0 && index < 4)
        await portal.gateways.markAuthenticatorSeen(gateway.id, now - DAY);
      const days = Array.from({ length: TREND_DAYS }, (_, day) =>
        countDay(inventory, site.id, dayOf(now - day * DAY, ZONE), between(20, 140) + index * 12),
      );
      const logins = Array.from({ length: LOGINS_EACH }, (_, login) => {
        const at = { gatewayId: gateway.id, siteId: site.id, issuedAt: now - between(3, 60 * 23) * MINUTE };
        const isOnline = isFailing ? login % 2 === 0 : random() < 0.97;
        return loginOf(inventory, { ...at, seconds: 8 * 3600 }, isOnline ? between(3_000, 14_000) : null);
      });
      await Promise.all([...days, ...logins]);
      for (let live = 0; live < between(1, 5); live++)
        await liveSessionOf(inventory, gateway.id, site.id, { startedAt: now - between(1, 240) * MINUTE });
    }
  }
  if (first === undefined) throw new Error('there is no site');
  await portal.sites.update(
    first,
    {
      planId: plan.id,
      announcement: 'Posyandu hari Sabtu pukul 08.00 di balai desa.',
      familyDns: 'DNS Nasional',
      methods: [
        { kind: 'terms', planId: null, settings: {} },
        { kind: 'voucher', planId: null, settings: {} },
      ],
    },
    now,
  );
  await portal.terms.current(now - 90 * DAY);
  const vouchers = {
    siteId: first,
    regionCode: null,
    planId: plan.id,
    validSeconds: 86_400,
    validUntil: now + 60 * DAY,
  };
  const keys = portalKeys(TEST_SECRET_KEY);
  const { batch, codes } = await createVoucherBatch(
    { inventory, keys, clock: () => now },
    { ...vouchers, name: 'Balai desa, November', count: 48 },
    null,
  );
  for (const code of codes.slice(0, 11))
    await portal.vouchers.firstUse(keys.hash('voucher', code), now - between(1, 50) * HOUR);
  await portal.dataRequests.ask('somebody', 'withdraw', now - 80 * HOUR);
  await portal.dataRequests.ask('somebody', 'erase', now - 30 * HOUR);
  await portal.dataRequests.ask('other', 'access', now - 2 * HOUR - 10 * SECOND);
  await sql.run(
    "INSERT INTO portal_forgotten (at, data_class, older_than, rows) VALUES ($1, 'sessions', $2, 1203), ($1, 'phone-codes', $3, 88)",
    [new Date(now - 5 * HOUR), new Date(now - 90 * DAY), new Date(now - 30 * DAY)],
  );
  return { siteId: first, batchId: batch.id };
}
