import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../../core/domain/clock.ts';
import { silentLog } from '../../../../core/log/log.ts';
import { openDuckDbSeriesStore } from '../../../../core/stores/series/duckdb.ts';
import { DEFAULT_RETENTION, type SeriesStore } from '../../../../core/stores/series/series-store.ts';
import { deviceState } from '../../../../provisioning/lab/agents/device-state.ts';
import { HISTORY_SETTING, type History, openHistory } from '../../../../provisioning/lab/history/history.ts';
import { seedLab } from '../../../../provisioning/lab/inventory.ts';
import { labNetwork } from '../../../../provisioning/lab/network.ts';
import { hardwareOf } from '../../../../provisioning/lab/network-builder.ts';
import { seedRegions } from '../../../../provisioning/lab/regions.ts';
import { openTestInventory, type TestInventory } from '../../../support/inventory.ts';

let now = Date.UTC(2026, 10, 22, 4, 17, 23);
const clock = () => now;
const whole = labNetwork();
/** Villages with worse and better months, the branch that is cut, a village by satellite. */
const network = {
  ...whole,
  devices: whole.devices.filter(({ code }) => /^(16\.01|16\.02\.11|16\.03|fo-kapten|opd-biro|dc-)/.test(code)),
};
let stores: TestInventory;
let series: SeriesStore;
let dir: string;
let history: History;
let ids: ReadonlyMap<string, string>;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'simpul-history-'));
  stores = await openTestInventory({ clock });
  const path = join(dir, 'series.duckdb');
  series = await openDuckDbSeriesStore({ path, retention: DEFAULT_RETENTION, clock, log: silentLog });
  const { inventory } = stores;
  await seedRegions(inventory);
  history = await openHistory(inventory, network);
  ids = await seedLab(inventory, { network: whole, ports: new Map() });
  await history.layStates(ids);
  await expect(layCutShort()).rejects.toThrow('stopped');
  await history.laySeries(series, ids);
  await series.rollUp(now);
});
afterAll(async () => {
  await series.close();
  await stores.close();
  rmSync(dir, { recursive: true, force: true });
});

/** As when the lab is stopped while it lays the month down: the next time has to begin again. */
async function layCutShort(): Promise<void> {
  const stop = new AbortController();
  const stopping: SeriesStore = {
    ...series,
    async appendRollUps(resolution, rollUps) {
      await series.appendRollUps(resolution, rollUps);
      stop.abort(new Error('stopped'));
    },
  };
  await history.laySeries(stopping, ids, { signal: stop.signal });
}

const idOf = (code: string): string => {
  const id = ids.get(code);
  if (id === undefined) throw new Error(`${code} is not in the inventory`);
  return id;
};
const hotspots = network.devices.filter(({ code }) => /-(office|public)-ap$/.test(code));

test('it is known as the month of the lab, and a second start lays nothing down', async () => {
  const { inventory } = stores;
  const changes = async () => (await inventory.sql.query('SELECT 1 FROM state_change')).length;
  const before = await changes();
  now += 2 * HOUR;

  const again = await openHistory(inventory, network);
  await again.layStates(ids);
  const laid = await again.laySeries(series, ids);

  expect(again.span).toEqual(history.span);
  expect(again.isNew).toBe(false);
  expect(laid).toBe(false);
  expect(await changes()).toBe(before);
  expect(await inventory.settings.get(HISTORY_SETTING)).toMatchObject({ ...history.span, laid: ['states', 'series'] });
  now -= 2 * HOUR;
});

test('the availability of the series is that of the outages', async () => {
  const { from, to } = history.span;
  const groups = new Map(hotspots.map(({ code }) => [code, [idOf(code)]]));

  const rows = await series.group({ metric: 'reachability.up', from, to, aggregate: 'mean', groups });

  let withOutages = 0;
  for (const { group, points } of rows) {
    const { items } = await stores.inventory.outages.list({ deviceId: idOf(group), pageSize: 500 });
    const down = items.reduce((sum, { startedAt, endedAt }) => sum + (endedAt ?? to) - startedAt, 0);
    if (items.length > 0) withOutages++;
    expect(points[0]?.value, group).toBeCloseTo(1 - down / (to - from), 3);
  }
  expect(rows).toHaveLength(hotspots.length);
  expect(withOutages).toBeGreaterThan(hotspots.length / 2);
});

test('every outage has its fall and its rise among the states', async () => {
  const { from, to } = history.span;
  const { items } = await stores.inventory.outages.list({ pageSize: 500 });

  const spans = await stores.inventory.statuses.spans([...ids.values()], from, to);

  expect(items.length).toBeGreaterThan(30);
  for (const { deviceId, startedAt, endedAt } of items) {
    expect(spans.get(deviceId)).toContainEqual({ from: startedAt, to: endedAt, state: 'down' });
  }
  expect(await stores.inventory.outages.countOpen()).toBe(0);
});

test.each([
  ['an hour', HOUR, 15_000, 60_000],
  ['a day', DAY, 5 * MINUTE, 5 * MINUTE],
  ['a week', 7 * DAY, HOUR, HOUR],
  ['a month', 30 * DAY, 3 * HOUR, 3 * HOUR],
])('a chart of %s is filled, for a hotspot and for an agency', async (_, range, stepMs, every) => {
  const to = history.span.to;
  const [hotspot] = hotspots;
  const agency = network.devices.find(({ code }) => code.startsWith('opd-'));

  for (const device of [hotspot, agency]) {
    if (device === undefined) throw new Error('the lab has no such device');
    const gauges = ['reachability.response_ms', 'cpu.usage_percent', 'mem.used_percent'];
    const metrics = device === hotspot ? [...gauges, 'wireless.clients'] : gauges;
    const uplink = hardwareOf(device).ports.find(({ role }) => role === 'uplink')?.index;
    const common = { deviceIds: [idOf(device.code)], from: to - range, to, stepMs: Math.max(stepMs, every) };
    const drawn = await series.query({ ...common, metrics });
    const traffic = await series.query({
      ...common,
      metrics: ['interface.ifHCInOctets'],
      instances: [String(uplink)],
      aggregate: 'rate',
    });

    expect(new Set(drawn.map(({ metric }) => metric))).toEqual(new Set(metrics));
    expect(traffic).toHaveLength(1);
    for (const { metric, points } of [...drawn, ...traffic]) {
      const filled = points.filter(({ value }) => value !== null).length;
      expect(filled / points.length, `${device.code} ${metric}`).toBeGreaterThan(0.9);
    }
  }
});

test('the traffic of an evening is many times that of the night before', async () => {
  const [hotspot] = hotspots;
  const evening = Date.UTC(2026, 10, 20, 13);
  const rate = async (at: number): Promise<number> => {
    const uplink = String(hotspot && hardwareOf(hotspot).ports.find(({ role }) => role === 'uplink')?.index);
    const [one] = await series.query({
      deviceIds: [idOf(hotspot?.code ?? '')],
      metrics: ['interface.ifHCInOctets'],
      instances: [uplink],
      from: at,
      to: at + HOUR,
      stepMs: HOUR,
      aggregate: 'rate',
    });
    return one?.points[0]?.value ?? 0;
  };

  expect(await rate(evening)).toBeGreaterThan(5 * (await rate(evening - 17 * HOUR)));
});

test('where the month ends, the agents go on: counters and uptime of the last minute fit the next answer', async () => {
  const latest = await series.latest({ deviceIds: hotspots.map(({ code }) => idOf(code)), since: now - HOUR });

  for (const device of hotspots) {
    const life = history.lives.get(device.code);
    if (life === undefined) throw new Error('a device without a life');
    const state = deviceState(device, life, clock);
    const uplink = hardwareOf(device).ports.find(({ role }) => role === 'uplink')?.index;
    const last = latest.find(({ deviceId, metric, instance }) => {
      return deviceId === idOf(device.code) && metric === 'interface.ifHCInOctets' && instance === String(uplink);
    });
    expect(last?.value, device.code).toBe(state.downOctets(last?.at ?? 0));
    expect(now - (last?.at ?? 0)).toBeLessThanOrEqual(MINUTE);
  }
});

test('a device is up when the month ends, and its collector was looking until then', async () => {
  const statuses = await stores.inventory.statuses.all();
  const beat = await stores.inventory.heartbeats.get('collector');

  expect(statuses).toHaveLength(network.devices.length);
  expect(statuses.every(({ state, lastSeenAt }) => state === 'up' && lastSeenAt === history.span.to)).toBe(true);
  expect(beat?.beatAt).toBe(history.span.to);
});
