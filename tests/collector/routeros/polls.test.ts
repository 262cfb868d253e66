import { afterEach, describe, expect, test } from 'vitest';
import { loadReadingGroups } from '../../../collector/routeros/group.ts';
import { type KeptConnection, keepConnection } from '../../../collector/routeros/kept-connection.ts';
import { createRouterOsPolls, type RouterOsPolls } from '../../../collector/routeros/polls.ts';
import type { BadReading } from '../../../collector/snmp/bad-reading.ts';
import { Secret } from '../../../core/config/secret.ts';
import { startRouterAgent } from '../../../provisioning/lab/agents/routeros/agent.ts';
import type { RouterModel, TableRow } from '../../../provisioning/lab/agents/routeros/model.ts';
import { BARE, routerOf, type Tables } from '../../support/router-agent.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const now = 1_800_000_000_000;
const groups = await loadReadingGroups();

type Played = {
  readonly poll: () => ReturnType<RouterOsPolls['poll']>;
  readonly polls: RouterOsPolls;
  /** Paths that were asked for since the last look. */
  readonly asked: () => readonly string[];
  readonly counted: readonly BadReading[];
};

/** Polls a router whose tables the test can change. */
async function play(
  tables: () => Tables,
  options: { readonly identifyEvery?: number; readonly model?: Partial<RouterModel> } = {},
): Promise<Played> {
  let paths: string[] = [];
  const counted: BadReading[] = [];
  const table = (path: string): readonly TableRow[] | null => {
    paths.push(path);
    return tables()[path] ?? null;
  };
  const agent = await startRouterAgent(routerOf({}, { table, ...options.model }), { port: 0, clock: () => now });
  stops.push(agent.close);
  const address = '127.0.0.1';
  const connection: KeptConnection = keepConnection(
    {
      address,
      host: address,
      port: agent.port,
      user: 'noc',
      password: new Secret('rahasia-desa'),
      tls: 'off',
      ca: null,
    },
    { clock: () => now },
  );
  stops.push(connection.close);
  const polls = createRouterOsPolls({
    groups: async () => groups,
    clock: () => now,
    count: (reason) => counted.push(reason),
    identifyEvery: options.identifyEvery ?? 10,
  });
  return {
    polls,
    poll: () => polls.poll('device-1', connection.run, 5_000),
    asked() {
      const seen = paths;
      paths = [];
      return seen;
    },
    counted,
  };
}

const HOTSPOT: Tables = {
  ...BARE,
  '/ip/hotspot': [{ name: 'hs1', disabled: 'false' }],
  '/ip/hotspot/host': [{ server: 'hs1' }],
  '/ip/hotspot/active': [],
  '/system/package/update': [{ 'installed-version': '7.10.2', 'latest-version': '7.16.2' }],
};

describe('a router that is met for the first time', () => {
  test('is identified, and its readings are there at once', async () => {
    const { poll, polls } = await play(() => HOTSPOT);

    const round = await poll();

    expect(polls.stats().identifications).toBe(1);
    expect(round).toMatchObject({ at: now, uptimeS: 149_678, hostUptimeS: 149_678 });
    expect(round.identity).toMatchObject({ vendor: 'MikroTik', os: 'routeros', model: 'cAP ac', version: '7.10.2' });
    expect(round.interfaces?.map(({ index, name }) => [index, name])).toEqual([
      [1, 'ether1'],
      [2, 'wlan1'],
    ]);
    expect(round.counters.slice(0, 2)).toEqual([
      {
        key: 'interface.ifHCInOctets/1',
        metric: 'interface.ifHCInOctets',
        instance: '1',
        raw: 10,
        bits: 64,
        maxPerSecond: null,
        discontinuity: null,
      },
      expect.objectContaining({ metric: 'interface.ifHCOutOctets', raw: 20 }),
    ]);
    const gauges = new Map(round.gauges.map(({ metric, instance, value }) => [`${metric} ${instance}`, value]));
    expect(Object.fromEntries(gauges)).toMatchObject({
      'system.uptime_s ': 149_678,
      'cpu.usage_percent 1': 1,
      'interface.ifOperStatus 2': 1,
      'sensor.count hotspot.hs1.hosts': 1,
      'sensor.count hotspot.hs1.active': 0,
      'sensor.count update': 1,
    });
    expect(round.findings?.['readings']).toContainEqual({
      metric: 'sensor.count',
      instance: 'hotspot.hs1.hosts',
      label: 'Hotspot hs1: devices',
      unit: '',
    });
  });
});

describe('between two identifications', () => {
  test('only what changes, and only what is there, is asked for', async () => {
    const { poll, asked } = await play(() => HOTSPOT);
    const first = await poll();
    expect(asked()).toContain('/ip/dhcp-server');

    const second = await poll();

    expect([...asked()].sort()).toEqual([
      '/interface',
      '/ip/hotspot',
      '/ip/hotspot/active',
      '/ip/hotspot/host',
      '/system/resource',
    ]);
    expect(second.gauges.map(({ metric, instance }) => `${metric} ${instance}`)).toContain(
      'sensor.count hotspot.hs1.hosts',
    );
    // The same objects are not written again.
    expect(second.interfaces).toBe(first.interfaces);
    expect(second.identity).toBe(first.identity);
    expect(second.findings).toBe(first.findings);
  });

  test('a port that goes down is another list, with the other ports as they were', async () => {
    let running = 'true';
    const { poll } = await play(() => ({
      ...BARE,
      '/interface': (BARE['/interface'] ?? []).map((row) => (row['name'] === 'wlan1' ? { ...row, running } : row)),
    }));
    const first = await poll();

    running = 'false';
    const second = await poll();

    expect(second.interfaces).not.toBe(first.interfaces);
    expect(second.interfaces?.map(({ operStatus }) => operStatus)).toEqual(['up', 'down']);
    expect(second.gauges).toContainEqual({ metric: 'interface.ifOperStatus', instance: '2', kind: 'gauge', value: 2 });
  });

  test('a menu that is missing is not asked for again until the next identification', async () => {
    let tables: Tables = BARE;
    const { poll, asked, polls } = await play(() => tables);
    await poll();
    tables = HOTSPOT;
    asked();

    await poll();
    expect(asked()).not.toContain('/ip/hotspot');

    polls.identifyAgain('device-1');
    const { gauges } = await poll();
    expect(gauges.map(({ instance }) => instance)).toContain('hotspot.hs1.hosts');
  });

  test.each([
    ['comes', [...(BARE['/interface'] ?? []), { '.id': '*F00001', name: 'wg1', type: 'wg', running: 'true' }]],
    ['goes', (BARE['/interface'] ?? []).slice(0, 1)],
  ])('a port that %s makes the next poll an identification', async (_what, ports) => {
    let tables: Tables = BARE;
    const { poll, polls } = await play(() => tables);
    await poll();
    tables = { ...BARE, '/interface': ports };

    await poll();
    expect(polls.stats().identifications).toBe(1);
    const { interfaces } = await poll();

    expect(polls.stats().identifications).toBe(2);
    expect(interfaces?.map(({ index }) => index)).toEqual(ports.length === 3 ? [1, 2, 15_728_641] : [1]);
  });

  test('the next identification comes after so many polls', async () => {
    const { poll, polls } = await play(() => BARE, { identifyEvery: 2 });

    for (let round = 0; round < 4; round++) await poll();

    expect(polls.stats().identifications).toBe(2);
  });
});

test('sessions of subscribers are no ports', async () => {
  const sessions = Array.from({ length: 3 }, (_, n) => ({
    '.id': `*F0000${n}`,
    name: `<pppoe-warga${n}>`,
    type: 'pppoe-in',
    dynamic: 'true',
    running: 'true',
  }));
  const { poll } = await play(() => ({ ...BARE, '/interface': [...(BARE['/interface'] ?? []), ...sessions] }));

  const { interfaces } = await poll();

  expect(interfaces).toHaveLength(2);
});

test('the number of a port is the one that SNMP has, where the router tells it', async () => {
  const { poll } = await play(() => ({
    ...BARE,
    '/interface': [{ '.id': '*A', name: 'ether1', type: 'ether', 'name.oid': '.1.3.6.1.2.1.2.2.1.2.7' }],
  }));

  const { interfaces } = await poll();

  expect(interfaces?.map(({ index }) => index)).toEqual([7]);
});

test('a group that the router refuses costs itself', async () => {
  const { poll, counted } = await play(() => HOTSPOT, {
    model: {
      table: (path) => {
        // What a bad query gets: a trap that is not about a missing menu.
        if (path === '/interface/ethernet/monitor') return [];
        return path === '/interface/ethernet' ? [{ name: 'sfp1', 'default-name': 'sfp1' }] : (HOTSPOT[path] ?? null);
      },
    },
  });

  const { gauges } = await poll();

  expect(counted).toContain('error-status');
  expect(gauges.map(({ instance }) => instance)).toContain('hotspot.hs1.hosts');
});
