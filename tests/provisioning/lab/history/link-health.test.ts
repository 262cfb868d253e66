import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkHealths } from '../../../../api/read-models/link-health.ts';
import { DAY, MINUTE } from '../../../../core/domain/clock.ts';
import { silentLog } from '../../../../core/log/log.ts';
import { openDuckDbSeriesStore } from '../../../../core/stores/series/duckdb.ts';
import { DEFAULT_RETENTION, type SeriesStore } from '../../../../core/stores/series/series-store.ts';
import { openHistory } from '../../../../provisioning/lab/history/history.ts';
import { seedLab } from '../../../../provisioning/lab/inventory.ts';
import { labNetwork } from '../../../../provisioning/lab/network.ts';
import { hardwareOf } from '../../../../provisioning/lab/network-builder.ts';
import { seedRegions } from '../../../../provisioning/lab/regions.ts';
import { openTestInventory, type TestInventory } from '../../../support/inventory.ts';

const now = Date.UTC(2026, 10, 22, 4, 17, 23);
const clock = () => now;
const whole = labNetwork();
const network = { ...whole, devices: whole.devices.filter(({ code }) => code.startsWith('opd-')) };
let stores: TestInventory;
let series: SeriesStore;
let dir: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'simpul-lab-links-'));
  stores = await openTestInventory({ clock });
  const { inventory } = stores;
  const path = join(dir, 'series.duckdb');
  series = await openDuckDbSeriesStore({ path, retention: DEFAULT_RETENTION, clock, log: silentLog });
  await seedRegions(inventory);
  const ids = await seedLab(inventory, { network: whole, ports: new Map() });
  await (await openHistory(inventory, network)).laySeries(series, ids);
  // What the collector would find at its first look.
  for (const device of network.devices) {
    const rows = hardwareOf(device).ports.map(({ index, name, mbps }) => ({
      index,
      name,
      alias: '',
      type: 'ethernetCsmacd',
      mac: null,
      mtu: 1500,
      speedBps: mbps * 1e6,
      adminStatus: 'up' as const,
      operStatus: 'up' as const,
    }));
    await inventory.interfaces.replace(ids.get(device.code) ?? '', rows, now);
  }
});
afterAll(async () => {
  await series.close();
  await stores.close();
  rmSync(dir, { recursive: true, force: true });
});

test('after its month of history one agency’s link or two must be looked after, since their light falls', async () => {
  const { inventory } = stores;
  const codes = new Set(network.devices.map(({ code }) => `link-${code}`));
  const { items } = await inventory.links.list({ pageSize: 500 });
  const links = items.filter(({ code }) => codes.has(code));

  const healths = await linkHealths({ inventory, series, clock: () => now + MINUTE }, links);

  const views = links.map(({ id }) => healths.get(id));
  expect(views.every((view) => typeof view?.rx?.limits?.standard === 'string')).toBe(true);
  expect(views.every((view) => (view?.rxChange?.days ?? 0) > 5)).toBe(true);
  const falling = views.filter((view) => view?.reasons.some(({ kind }) => kind === 'rx-falling'));
  expect(falling.length).toBeGreaterThanOrEqual(1);
  expect(falling.length).toBeLessThanOrEqual(2);
  expect(views.filter((view) => view?.health === 'good').length).toBeGreaterThan(views.length / 2);
}, 120_000);

test('the month holds the light of every day', async () => {
  const device = network.devices.find(({ code }) => code === 'opd-dinas-kesehatan-r1');
  const { items } = await stores.inventory.links.list({ pageSize: 500 });
  const link = items.find(({ code }) => code === `link-${device?.code}`);

  const days = await series.query({
    deviceIds: [link?.deviceId ?? ''],
    metrics: ['sensor.dbm'],
    from: now - 28 * DAY,
    to: now,
    stepMs: DAY,
    aggregate: 'mean',
  });

  const known = days.map(({ points }) => points.filter(({ value }) => value !== null).length);
  expect(known.length).toBeGreaterThanOrEqual(2);
  expect(Math.min(...known.slice(0, 2))).toBeGreaterThan(25);
});
