import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, buildApi } from '../../api/main.ts';
import type { ApiParts, CollectorView } from '../../api/parts.ts';
import { loadGateways } from '../../captive-portal/gateway.ts';
import { loadMethods } from '../../captive-portal/method.ts';
import { memoryBus } from '../../core/bus/memory.ts';
import type { Role } from '../../core/contract/contract.ts';
import type { Account } from '../../core/contract/session.ts';
import { type Clock, MINUTE } from '../../core/domain/clock.ts';
import { silentLog } from '../../core/log/log.ts';
import { hashPassword } from '../../core/services/password.ts';
import { openSession } from '../../core/services/session.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { openDuckDbSeriesStore } from '../../core/stores/series/duckdb.ts';
import { DEFAULT_RETENTION } from '../../core/stores/series/series-store.ts';
import { openTestInventory, TEST_SECRET_KEY } from './inventory.ts';

/** A moment to begin with: noon of a Saturday in Palembang. */
export const NOON = Date.UTC(2026, 10, 21, 5);
export const PASSWORD = 'a long enough password';
const PASSWORD_HASH = hashPassword(PASSWORD);
/** The value of every credential that the tests store: no answer may hold it. */
export const COMMUNITY = 'community-that-nobody-may-see';

/** Where people reach the web. */
export const PUBLIC_URL = 'https://simpul.example';

export type TestApi = ApiParts & {
  readonly app: Api;
  /** The clock of everything, to be moved by hand. */
  readonly time: { now: number };
  readonly collectorCalls: { readonly polled: string[]; isFirstRoundDone: boolean };
  /** Makes an account and signs it in. */
  signIn(
    role: Role,
    regionCode?: string,
    agencySiteId?: string | null,
  ): Promise<{ readonly account: Account; readonly cookie: string }>;
  close(): Promise<void>;
};

type Overrides = Partial<Omit<ApiParts, 'config'>> & {
  readonly config?: Partial<ApiParts['config']>;
  /** Where its inventory lies: wherever tests lie when absent. A benchmark, which no runner started, names one. */
  readonly openStores?: typeof openTestInventory;
};

/** The API over real stores of its own. */
export async function openTestApi({
  config,
  openStores = openTestInventory,
  ...overrides
}: Overrides = {}): Promise<TestApi> {
  const time = { now: NOON };
  const clock: Clock = () => time.now;
  const dir = mkdtempSync(join(tmpdir(), 'simpul-api-'));
  const stores = await openStores({ clock });
  const { inventory } = stores;
  const series = await openDuckDbSeriesStore({
    path: join(dir, 'series.duckdb'),
    retention: DEFAULT_RETENTION,
    clock,
    log: silentLog,
    memoryMb: 256,
    lingerMs: 0,
  });
  const collectorCalls = { polled: [] as string[], isFirstRoundDone: true };
  const parts: ApiParts = {
    inventory,
    series,
    bus: memoryBus((error) => {
      throw error;
    }),
    config: {
      trustProxy: [],
      secretKey: TEST_SECRET_KEY,
      publicUrl: PUBLIC_URL,
      helpPhone: '0711-351000',
      portalUrl: null,
      rum: null,
      requireTotp: [],
      oidc: null,
      ...config,
    },
    clock,
    log: silentLog,
    collector: collectorOf(collectorCalls),
    jobs: { status: () => [] },
    spool: { status: () => ({ samples: 0, bytes: 0, dropped: 0, oldestAt: null }) },
    portal: { gateways: await loadGateways(), methods: await loadMethods() },
    portalPreview: null,
    siteDir: null,
    version: '0.0.0-test',
    ...overrides,
  };
  const app = await buildApi(parts);
  const passwordHash = await PASSWORD_HASH;
  return {
    ...parts,
    app,
    time,
    collectorCalls,
    async signIn(role, regionCode = '', agencySiteId = null) {
      const name = `${role}-${randomUUID().slice(0, 8)}`;
      const account = await inventory.accounts.create({
        name,
        displayName: name,
        role,
        regionCode,
        agencySiteId,
        passwordHash,
      });
      const { token } = await openSession({ sessions: inventory.sessions, clock }, account.id);
      return { account, cookie: `simpul_session=${token}` };
    },
    async close() {
      await app.close();
      await series.close();
      await stores.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function collectorOf(calls: TestApi['collectorCalls']): CollectorView {
  return {
    stats: () => ({
      devices: 3,
      inFlight: 1,
      lagMsP95: 12,
      overruns: 0,
      polls: 7,
      identifications: 3,
      failures: { timeout: 1 },
      samples: 140,
      byProbe: { snmp: 2, mqtt: 1 },
      listeners: { mqtt: { messages: 9 } },
      badReadings: { truncated: 2 },
    }),
    pollNow: (deviceId) => calls.polled.push(deviceId) > 0,
    isFirstRoundDone: () => calls.isFirstRoundDone,
    isBlind: () => false,
  };
}

export type Province = Awaited<ReturnType<typeof layProvince>>;

/** Two regencies of a province, a village with two hotspots in each, and a core they hang on. */
export async function layProvince(inventory: Inventory) {
  const regions: readonly (readonly [code: string, level: string, name: string])[] = [
    ['16', 'province', 'Sumatera Selatan'],
    ['16.03', 'regency', 'Kabupaten Muara Enim'],
    ['16.03.11', 'district', 'Gelumbang'],
    ['16.03.11.2009', 'village', 'Sukamaju'],
    ['16.71', 'regency', 'Kota Palembang'],
    ['16.71.01', 'district', 'Ilir Barat Dua'],
    ['16.71.01.1001', 'village', '35 Ilir'],
  ];
  for (const [code, level, name] of regions) {
    const parent = code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : null;
    await inventory.sql.run(
      `INSERT INTO region (code, level, parent_code, name, lat, lng, population, desa_count, kelurahan_count, edition)
       VALUES ($1, $2, $3, $4, -3.2, 104.2, 1000, 3, 1, 'test')`,
      [code, level, parent, name],
    );
  }
  const core = await placeOf(inventory, '16.71.01.1001', 'pop');
  const inside = await placeOf(inventory, '16.03.11.2009', 'village-office', [core.device.id]);
  const insidePublic = await placeOf(inventory, '16.03.11.2009', 'village-public', [core.device.id]);
  const outside = await placeOf(inventory, '16.71.01.1001', 'village-office', [core.device.id]);
  const outsidePublic = await placeOf(inventory, '16.71.01.1001', 'village-public', [core.device.id]);
  const link = async (code: string, fromSiteId: string) =>
    await inventory.links.create({
      code,
      name: code,
      medium: 'fibre',
      fromSiteId,
      toSiteId: core.site.id,
      contractMbps: 50,
    });
  return {
    core,
    inside: { ...inside, link: await link('link-in', inside.site.id) },
    insidePublic,
    outside: { ...outside, link: await link('link-out', outside.site.id) },
    outsidePublic,
    credential: await inventory.credentials.create({
      name: 'read',
      kind: 'snmp-v2c',
      settings: { community: COMMUNITY },
    }),
  };
}

async function placeOf(
  inventory: Inventory,
  regionCode: string,
  kind: 'village-office' | 'village-public' | 'pop',
  parentIds: string[] = [],
) {
  const code = `${regionCode}-${kind}`;
  const site = await inventory.sites.create({ code, name: `Situs ${code}`, kind, regionCode, lat: -3.2, lng: 104.2 });
  const device = await inventory.devices.create({
    code: `${code}-ap`,
    name: `AP ${code}`,
    kind: 'access-point',
    siteId: site.id,
    host: '127.0.0.1',
    parentIds,
  });
  return { site, device };
}

/** Samples of one gauge of one device, one a minute, the last at `to`. */
export const minutes = (deviceId: string, metric: string, to: number, values: readonly number[]) =>
  values.map((value, index) => ({
    deviceId,
    metric,
    instance: '',
    kind: 'gauge' as const,
    value,
    at: to - (values.length - 1 - index) * MINUTE,
  }));
