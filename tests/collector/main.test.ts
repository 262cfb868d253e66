import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CollectorConfig } from '../../collector/config.ts';
import { type Collector, startCollector } from '../../collector/main.ts';
import type { BusEvent } from '../../core/bus/bus.ts';
import { memoryBus } from '../../core/bus/memory.ts';
import type { Device } from '../../core/contract/devices.ts';
import { DEFAULT_STATE_POLICY } from '../../core/domain/next-state.ts';
import { silentLog } from '../../core/log/log.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { counter64, type FakeAgent, routerObjects, startFakeAgent, ticks } from '../support/fake-agent.ts';
import { openTestInventory, type TestInventory } from '../support/inventory.ts';
import { type MemorySeries, memorySeries } from '../support/memory-series.ts';
import { layVillage, VILLAGE, type WatchedVillage } from '../support/watched-village.ts';

/** Everything twenty times as fast as in earnest; which result comes does not depend on it. */
const FAST: Partial<CollectorConfig> = {
  reachIntervalMs: 200,
  reachTimeoutMs: 500,
  pollIntervalMs: 300,
  pollTimeoutMs: 300,
  firstPollWithinMs: 100,
  reachWindowMs: 400,
  heartbeatMs: 200,
  touchMs: 200,
  refreshMs: 60_000,
  policy: { ...DEFAULT_STATE_POLICY, confirmDelayMs: 30, gapMs: 20 },
};
const WAIT = { timeout: 20_000, interval: 20 };
const IN_OCTETS_1 = '1.3.6.1.2.1.31.1.1.1.6.1';
const UPTIME = '1.3.6.1.2.1.1.3.0';

let store: TestInventory;
let inventory: Inventory;
let village: WatchedVillage;
beforeAll(async () => {
  store = await openTestInventory();
  inventory = store.inventory;
});
afterAll(() => store.close());
beforeEach(async () => {
  await inventory.sql.run('TRUNCATE region, credential, collector_heartbeat CASCADE', []);
  village = await layVillage(inventory);
});

const agents: FakeAgent[] = [];
const collectors: Collector[] = [];
afterEach(async () => {
  await Promise.all(collectors.splice(0).map((collector) => collector.stop()));
  await Promise.all(agents.splice(0).map((agent) => agent.stop()));
});

async function deviceWithAgent(site: 'office' | 'public'): Promise<{ device: Device; agent: FakeAgent }> {
  const agent = await startFakeAgent(routerObjects(`agent-${site}`));
  agents.push(agent);
  return { device: await village.addDevice(site, { port: agent.port }), agent };
}

async function start(
  config: Partial<CollectorConfig> = {},
  series: MemorySeries = memorySeries(),
): Promise<{ collector: Collector; series: MemorySeries; events: BusEvent[]; bus: ReturnType<typeof memoryBus> }> {
  const bus = memoryBus(() => {});
  const events: BusEvent[] = [];
  bus.subscribe((event) => events.push(event));
  const collector = await startCollector({
    inventory,
    series,
    bus,
    config: { ...FAST, ...config },
    clock: Date.now,
    log: silentLog,
  });
  collectors.push(collector);
  return { collector, series, events, bus };
}

const stateOf = async (id: string): Promise<string | undefined> =>
  (await inventory.statuses.all()).find(({ deviceId }) => deviceId === id)?.state;
const outagesOf = async (deviceId: string) => (await inventory.outages.list({ deviceId })).items;

describe('the road from a device to state and samples', () => {
  test('a device that answers is up, identified, and its readings are stored', async () => {
    const { device } = await deviceWithAgent('office');

    const { collector, series } = await start();
    await collector.firstRound;
    await vi.waitFor(
      () => expect(series.values(device.id, 'interface.ifHCInOctets', '2').length).toBeGreaterThan(0),
      WAIT,
    );
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('up'), WAIT);
    await vi.waitFor(async () => expect(await inventory.interfaces.list(device.id)).toHaveLength(2), WAIT);

    const [first] = await inventory.interfaces.list(device.id);
    expect(first).toMatchObject({ index: 1, name: 'ether1', alias: 'uplink', operStatus: 'up', speedBps: 1e9 });
    expect((await inventory.devices.targets())[0]?.profile).toBe('generic');
    const metrics = new Set(series.samples.map(({ metric }) => metric));
    expect([...metrics].sort()).toEqual(
      expect.arrayContaining([
        'cpu.usage_percent',
        'disk.used_percent',
        'mem.used_percent',
        'interface.ifOperStatus',
        'system.uptime_s',
      ]),
    );
    expect(series.values(device.id, 'cpu.usage_percent', '1')[0]).toBe(17);
    expect(series.values(device.id, 'mem.used_percent', '1')[0]).toBe(25);
    expect(series.values(device.id, 'disk.used_percent', '2')[0]).toBe(50);
  });

  test('after the first identification only what changes is asked for', async () => {
    const { device, agent } = await deviceWithAgent('office');
    const { collector, series } = await start({ reachIntervalMs: 60_000 });
    await vi.waitFor(() => expect(series.values(device.id, 'system.uptime_s').length).toBeGreaterThan(0), WAIT);

    const before = agent.requests();
    const { polls } = collector.stats().polls;
    await vi.waitFor(() => expect(collector.stats().polls.polls).toBeGreaterThanOrEqual(polls + 3), WAIT);

    expect(collector.stats().polls.identifications).toBe(1);
    expect(agent.requests() - before).toBeLessThanOrEqual(4);
  });

  test('a device that stops answering is down since its last answer, and up again when it is back', async () => {
    const [{ device, agent }] = [await deviceWithAgent('office'), await deviceWithAgent('public')];
    const { collector, events } = await start();
    await collector.firstRound;
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('up'), WAIT);
    const wentAt = Date.now();
    await agent.pause();
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('down'), WAIT);
    const [outage] = await outagesOf(device.id);
    await agent.resume();
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('up'), WAIT);

    expect(outage?.startedAt).toBeLessThanOrEqual(wentAt);
    expect(await outagesOf(device.id)).toMatchObject([{ endedAt: expect.any(Number) }]);
    const told = events.flatMap((event) => ('deviceId' in event && event.deviceId !== device.id ? [] : [event.type]));
    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ type: 'village-state', state: 'normal' }), WAIT);
    expect(told).toEqual(expect.arrayContaining(['device-state', 'outage-opened', 'outage-closed', 'village-state']));
    expect(events.filter(({ type }) => type === 'village-state')).toMatchObject([
      { regionCode: VILLAGE, state: 'normal' },
      { state: 'partial', previous: 'normal' },
      { state: 'normal', previous: 'partial' },
    ]);
  });

  test('while it is down its availability is 0, and its readings are not asked for', async () => {
    const { device, agent } = await deviceWithAgent('office');
    const { collector, series } = await start();
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('up'), WAIT);
    await agent.pause();
    await vi.waitFor(() => expect(series.values(device.id, 'reachability.up').at(-1)).toBe(0), WAIT);
    const { polls } = collector.stats().polls;
    await vi.waitFor(
      () => expect(series.values(device.id, 'reachability.up').filter((up) => up === 0).length).toBeGreaterThan(1),
      WAIT,
    );

    expect(collector.stats().polls.polls).toBe(polls);
    expect(series.values(device.id, 'reachability.up')[0]).toBe(1);
  });

  test('a device that is added, moved or removed is noticed without a restart', async () => {
    const { bus, collector } = await start();
    const { device } = await deviceWithAgent('office');
    const other = await startFakeAgent(routerObjects('other'));
    agents.push(other);
    bus.publish({ type: 'inventory-changed', regionCode: VILLAGE, at: Date.now() });
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('up'), WAIT);

    await inventory.devices.update(device.id, { snmpPort: other.port });
    bus.publish({ type: 'inventory-changed', regionCode: VILLAGE, at: Date.now() });
    await vi.waitFor(() => expect(other.requests()).toBeGreaterThan(2), WAIT);
    await inventory.devices.remove(device.id);
    bus.publish({ type: 'inventory-changed', regionCode: VILLAGE, at: Date.now() });
    await vi.waitFor(() => expect(collector.stats().reach.tasks).toBe(0), WAIT);

    expect(await collector.pollNow(device.id)).toBe(false);
  });

  test('a device can be asked at once', async () => {
    const { device, agent } = await deviceWithAgent('office');
    const { collector } = await start({ reachIntervalMs: 60_000, pollIntervalMs: 60_000, firstPollWithinMs: 60_000 });

    const isWatched = await collector.pollNow(device.id);

    expect(isWatched).toBe(true);
    expect(agent.requests()).toBeGreaterThan(1);
    expect(collector.stats().devices.up).toBe(1);
  });

  test('samples wait while the series store is away, and none is lost', async () => {
    const { device } = await deviceWithAgent('office');
    const { collector, series } = await start();
    series.isAway = true;
    await vi.waitFor(() => expect(collector.stats().samples.failures).toBeGreaterThan(0), WAIT);

    series.isAway = false;
    await vi.waitFor(() => expect(series.values(device.id, 'system.uptime_s').length).toBeGreaterThan(1), WAIT);

    expect(collector.stats().samples.lost).toBe(0);
  });
});

describe('restarts', () => {
  test('a restart of the device leaves a counter sample of 0 at the moment of the start', async () => {
    const { device, agent } = await deviceWithAgent('office');
    agent.objects.set(UPTIME, ticks(100 * 3_600));
    agent.objects.set(IN_OCTETS_1, counter64(5_000_000n));
    const { series } = await start();
    await vi.waitFor(() => expect(series.values(device.id, 'interface.ifHCInOctets', '1')).toContain(5_000_000), WAIT);

    agent.objects.set(UPTIME, ticks(10));
    agent.objects.set(IN_OCTETS_1, counter64(700n));
    await vi.waitFor(() => expect(series.values(device.id, 'interface.ifHCInOctets', '1')).toContain(700), WAIT);

    const values = series.values(device.id, 'interface.ifHCInOctets', '1');
    expect(values[values.indexOf(700) - 1]).toBe(0);
  });

  test('a collector that comes back soon goes on with states and the open outage', async () => {
    const { device, agent } = await deviceWithAgent('office');
    const first = await start();
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('up'), WAIT);
    await agent.pause();
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('down'), WAIT);
    await first.collector.stop();

    const second = await start();
    await second.collector.firstRound;
    await agent.resume();
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('up'), WAIT);

    expect(await outagesOf(device.id)).toHaveLength(1);
    expect((await outagesOf(device.id))[0]?.endedAt).not.toBeNull();
    expect(second.events.filter(({ type }) => type === 'outage-opened')).toEqual([]);
  });

  test('what a collector that stood still for long had watched is unknown since its last heartbeat', async () => {
    const [{ device, agent }, other] = [await deviceWithAgent('office'), await deviceWithAgent('public')];
    const beatAt = Date.now() - 600_000;
    const memory = {};
    const base = {
      previous: 'unknown',
      at: beatAt - 60_000,
      reason: null,
      lastSeenAt: beatAt - 1_000,
      memory,
    } as const;
    await inventory.statuses.recordTransitions([
      { ...base, deviceId: device.id, state: 'up' },
      {
        ...base,
        deviceId: other.device.id,
        state: 'down',
        outage: { open: { startedAt: beatAt - 60_000, detectedAt: beatAt - 59_000 } },
      },
    ]);
    await inventory.heartbeats.beat({ collector: 'collector', startedAt: beatAt - 90_000, beatAt });
    await Promise.all([agent.pause(), other.agent.pause()]);

    const { events } = await start();
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('down'), WAIT);
    await vi.waitFor(async () => expect(await stateOf(other.device.id)).toBe('down'), WAIT);

    const changes = events.filter((event) => event.type === 'device-state' && event.deviceId === device.id);
    expect(changes).toMatchObject([
      { previous: 'up', state: 'unknown', since: beatAt },
      { previous: 'unknown', state: 'down' },
    ]);
    const [outage] = await outagesOf(device.id);
    expect(outage?.startedAt).toBeGreaterThan(beatAt + 500_000);
    expect(await outagesOf(other.device.id)).toMatchObject([{ startedAt: beatAt - 60_000, endedAt: null }]);
  });

  test('two collectors that judge the same device open one outage', async () => {
    const { device, agent } = await deviceWithAgent('office');
    await start();
    await start();
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('up'), WAIT);

    await agent.pause();
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('down'), WAIT);
    await Promise.all(collectors.splice(0).map((collector) => collector.stop()));

    expect(await outagesOf(device.id)).toHaveLength(1);
  });
});

describe('blindness', () => {
  test('while every sentinel is silent devices are unknown, not down, and seen again when it answers', async () => {
    const { device, agent } = await deviceWithAgent('office');
    const sentinel = await startSentinel();
    const { collector } = await start({ sentinels: [sentinel.url] });
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('up'), WAIT);

    await Promise.all([agent.pause(), sentinel.silence()]);
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('unknown'), WAIT);
    const whileBlind = collector.stats().sight;
    await Promise.all([agent.resume(), sentinel.answer()]);
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('up'), WAIT);

    expect(whileBlind.canSee).toBe(false);
    expect(await outagesOf(device.id)).toEqual([]);
    await sentinel.stop();
  });

  test('a device that falls while the sentinel answers is down', async () => {
    const { device, agent } = await deviceWithAgent('office');
    const sentinel = await startSentinel();
    await start({ sentinels: [sentinel.url] });
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('up'), WAIT);

    await agent.pause();
    await vi.waitFor(async () => expect(await stateOf(device.id)).toBe('down'), WAIT);

    expect(await outagesOf(device.id)).toHaveLength(1);
    await sentinel.stop();
  });
});

type Sentinel = { readonly url: string; silence(): Promise<void>; answer(): Promise<void>; stop(): Promise<void> };

/** An address that stops answering altogether: one of a network of its own, whose wire is cut. */
async function startSentinel(): Promise<Sentinel> {
  const { openFarNetwork } = await import('../support/netns.ts');
  const network = await openFarNetwork('10.213.77');
  await network.addAddress('10.213.77.2');
  return {
    url: '10.213.77.2',
    silence: () => network.removeAddress('10.213.77.2'),
    answer: () => network.addAddress('10.213.77.2'),
    stop: () => network.stop(),
  };
}
