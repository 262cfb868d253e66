import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProbeReading } from '../../../collector/profile.ts';
import { BARE, identifyOnce, routerOf, type Tables } from '../../support/router-agent.ts';
import { corpusFolder, corpusJson, hasCorpus } from '../../support/routeros-corpus.ts';

/** What a router with these tables beside the bare ones is read as: `class index` and value. */
async function readingsOf(tables: Tables, options: { readonly now?: number } = {}): Promise<readonly ProbeReading[]> {
  const { readings } = await identifyOnce(routerOf({ ...BARE, ...tables }), options);
  return readings;
}
const valuesOf = (readings: readonly ProbeReading[], name: string): Record<string, number> =>
  Object.fromEntries(
    readings.filter((one) => `${one.group}/${one.class}` === name).map(({ index, value }) => [index, value]),
  );

test('processors, memory and disk have the numbers that SNMP gives them', async () => {
  const readings = await readingsOf({
    '/system/resource': [
      {
        uptime: '1m30s',
        'cpu-count': '2',
        'cpu-load': '3',
        'total-memory': '1000',
        'free-memory': '250',
        'total-hdd-space': '3000',
        'free-hdd-space': '2000',
        'bad-blocks': '0.3',
      },
    ],
    '/system/resource/cpu': [
      { cpu: 'cpu0', load: '2' },
      { cpu: 'cpu1', load: '4' },
    ],
  });

  expect(valuesOf(readings, 'usage/processor')).toEqual({ 1: 2, 2: 4 });
  expect(valuesOf(readings, 'usage/memory')).toEqual({ 65536: 75 });
  expect(valuesOf(readings, 'usage/storage')).toEqual({ 131072: 33.33 });
  expect(valuesOf(readings, 'sensor/percent')).toEqual({ 'bad-blocks': 0.3 });
});

describe('health', () => {
  test('of 6.x has a column a sensor', async () => {
    const readings = await readingsOf({
      '/system/health': [
        { voltage: '23.8', temperature: '41', 'psu1-state': 'fail', 'fan-mode': 'auto', 'fan1-speed': '4200' },
      ],
    });

    expect(valuesOf(readings, 'sensor/voltage')).toEqual({ voltage: 23.8 });
    expect(valuesOf(readings, 'sensor/temperature')).toEqual({ temperature: 41 });
    expect(valuesOf(readings, 'sensor/state')).toEqual({ 'psu1-state': 2 });
    expect(valuesOf(readings, 'sensor/fanspeed')).toEqual({ 'fan1-speed': 4_200 });
  });

  test('of 7.x has a row a sensor', async () => {
    const readings = await readingsOf({
      '/system/health': [
        { '.id': '*E', name: 'cpu-temperature', value: '58', type: 'C' },
        { '.id': '*11', name: 'fan1-speed', value: '6090', type: 'RPM' },
        { '.id': '*12', name: 'psu1-state', value: 'ok', type: '' },
      ],
    });

    expect(valuesOf(readings, 'sensor/temperature')).toEqual({ 'cpu-temperature': 58 });
    expect(valuesOf(readings, 'sensor/fanspeed')).toEqual({ 'fan1-speed': 6_090 });
    expect(valuesOf(readings, 'sensor/state')).toEqual({ 'psu1-state': 1 });
  });
});

describe('radios', () => {
  test('of the legacy package that serve have clients', async () => {
    const readings = await readingsOf({
      '/interface/wireless': [{ name: 'wlan1', mode: 'ap-bridge', ssid: 'Desa', disabled: 'false', running: 'true' }],
      '/interface/wireless/monitor': [
        { name: 'wlan1', channel: '2437/20/gn', 'noise-floor': '-104', 'overall-tx-ccq': '88' },
      ],
      '/interface/wireless/registration-table': ['-51@6Mbps', '-62@1Mbps', '-80'].map((signal) => ({
        interface: 'wlan1',
        'signal-strength': signal,
      })),
    });

    expect(valuesOf(readings, 'wireless/clients')).toEqual({ 2: 3 });
    expect(valuesOf(readings, 'wireless/rssi')).toEqual({ '2.clients': -62 });
    expect(valuesOf(readings, 'wireless/frequency')).toEqual({ 2: 2_437 });
    expect(valuesOf(readings, 'wireless/noise-floor')).toEqual({ 2: -104 });
    expect(valuesOf(readings, 'wireless/ccq')).toEqual({ 2: 88 });
    expect(readings.find(({ class: kind }) => kind === 'clients')?.label).toBe('SSID: Desa');
  });

  test('that nobody is on have no clients, and no signal', async () => {
    const readings = await readingsOf({
      '/interface/wireless': [{ name: 'wlan1', mode: 'ap-bridge', ssid: 'Desa', disabled: 'false', running: 'false' }],
      '/interface/wireless/registration-table': [],
    });

    expect(valuesOf(readings, 'wireless/clients')).toEqual({ 2: 0 });
    expect(valuesOf(readings, 'wireless/rssi')).toEqual({});
  });

  test('that are the end of a link have its signal and rates', async () => {
    const readings = await readingsOf({
      '/interface/wireless': [{ name: 'wlan1', mode: 'station-bridge', ssid: 'PtP', running: 'true' }],
      '/interface/wireless/monitor': [{ name: 'wlan1' }],
      '/interface/wireless/registration-table': [
        {
          interface: 'wlan1',
          ap: 'true',
          'signal-strength': '-51@HT20-7',
          'signal-to-noise': '50',
          'tx-ccq': '93',
          'tx-rate': '144.4Mbps-20MHz/2S/SGI',
          'rx-rate': '48Mbps',
        },
      ],
    });

    expect(valuesOf(readings, 'wireless/rssi')).toEqual({ 2: -51 });
    expect(valuesOf(readings, 'wireless/snr')).toEqual({ 2: 50 });
    expect(valuesOf(readings, 'wireless/ccq')).toEqual({ 2: 93 });
    expect(valuesOf(readings, 'wireless/rate')).toEqual({ '2.tx': 144_400_000, '2.rx': 48_000_000 });
    expect(valuesOf(readings, 'wireless/clients')).toEqual({});
  });

  test.each(['/interface/wifi', '/interface/wifiwave2'])('of %s', async (path) => {
    const readings = await readingsOf({
      [path]: [
        { name: 'wifi1', 'configuration.ssid': 'Desa', 'configuration.mode': 'ap', disabled: 'false' },
        { name: 'wifi2', 'configuration.mode': 'station', disabled: 'false' },
      ],
      [`${path}/registration-table`]: [
        { interface: 'wifi1', signal: '-55' },
        { interface: 'wifi1', signal: '-71' },
        {
          interface: 'wifi2',
          ssid: 'Atas',
          signal: '-60',
          'tx-rate': '1200.9Mbps-80MHz/2S/MCS11',
          'rx-rate': '864.8Mbps',
        },
      ],
    });

    expect(valuesOf(readings, 'wireless/clients')).toEqual({ wifi1: 2 });
    expect(valuesOf(readings, 'wireless/rssi')).toEqual({ 'wifi1.clients': -71, wifi2: -60 });
    expect(valuesOf(readings, 'wireless/rate')).toEqual({ 'wifi2.tx': 1_200_900_000, 'wifi2.rx': 864_800_000 });
  });

  test('of 60 GHz', async () => {
    const readings = await readingsOf({
      '/interface/w60g': [{ name: 'wlan60-1', ssid: 'ptp', disabled: 'false' }],
      '/interface/w60g/monitor': [
        {
          name: 'wlan60-1',
          connected: 'true',
          frequency: '58320',
          rssi: '-54',
          signal: '80',
          'tx-phy-rate': '2.3Gbps',
          'tx-packet-error-rate': '1%',
          distance: '189.4m',
        },
      ],
    });

    expect(readings.filter(({ group }) => group === 'wireless').map(({ class: kind, value }) => [kind, value])).toEqual(
      [
        ['clients', 1],
        ['rssi', -54],
        ['quality', 80],
        ['rate', 2.3e9],
        ['frequency', 58_320],
        ['distance', 0.1894],
        ['error-ratio', 1],
      ],
    );
  });

  test('under a controller', async () => {
    const readings = await readingsOf({
      '/caps-man/interface': [
        { name: 'cap1', disabled: 'false' },
        { name: 'cap2', disabled: 'false' },
      ],
      '/caps-man/registration-table': [{ interface: 'cap1', ssid: 'Desa' }],
      '/caps-man/remote-cap': [{ '.id': '*1' }, { '.id': '*2' }],
    });

    expect(valuesOf(readings, 'wireless/ap-count')).toEqual({ 'caps-man': 2 });
    expect(valuesOf(readings, 'wireless/clients')).toEqual({ cap1: 1, cap2: 0 });
  });
});

test('hotspot servers have devices and people', async () => {
  const readings = await readingsOf({
    '/ip/hotspot': [
      { name: 'hs1', disabled: 'false', invalid: 'false' },
      { name: 'hs2', disabled: 'false', invalid: 'true' },
    ],
    '/ip/hotspot/host': [
      { server: 'hs1', authorized: 'true', bypassed: 'false' },
      { server: 'hs1', authorized: 'false', bypassed: 'true' },
    ],
    '/ip/hotspot/active': [{ server: 'hs1' }],
  });

  expect(valuesOf(readings, 'sensor/state')).toEqual({ 'hotspot.hs1': 1, 'hotspot.hs2': 3 });
  expect(valuesOf(readings, 'sensor/count')).toMatchObject({
    'hotspot.hs1.hosts': 2,
    'hotspot.hs1.active': 1,
    'hotspot.hs1.bypassed': 1,
    'hotspot.hs2.hosts': 0,
  });
});

test('leases and sessions are counted by the router', async () => {
  const readings = await readingsOf({
    '/ip/dhcp-server': [{ name: 'dhcp1', disabled: 'false' }],
    '/ip/dhcp-server/lease': [
      { server: 'dhcp1', status: 'bound' },
      { server: 'dhcp1', status: 'waiting' },
      { server: 'dhcp2', status: 'bound' },
    ],
    '/ppp/active': [{ name: 'a' }, { name: 'b' }],
  });

  expect(valuesOf(readings, 'sensor/count')).toMatchObject({ 'dhcp.dhcp1': 1, ppp: 2 });
});

test('queues are read against their limits', async () => {
  const readings = await readingsOf({
    '/queue/simple': [
      { name: 'desa', rate: '512000/5000000', 'max-limit': '1M/10M', dynamic: 'false', disabled: 'false' },
      { name: 'user', rate: '1/1', 'max-limit': '1M/1M', dynamic: 'true', disabled: 'false' },
    ],
  });

  expect(valuesOf(readings, 'sensor/percent')).toEqual({ 'queue.desa.up': 51.2, 'queue.desa.down': 50 });
  expect(valuesOf(readings, 'sensor/bitrate')).toEqual({ 'queue.desa.up': 512_000, 'queue.desa.down': 5_000_000 });
});

test.each([
  ['monitor', '/interface/lte/monitor'],
  ['info of 6.x', '/interface/lte/info'],
])('a modem tells its signal by %s', async (_how, path) => {
  const readings = await readingsOf({
    '/interface/lte': [{ name: 'lte1', disabled: 'false' }],
    [path]: [
      {
        name: 'lte1',
        'current-operator': 'Telkomsel',
        rssi: '-48',
        rsrp: '-83dBm',
        rsrq: '-9.5',
        sinr: '0',
        'nr-rsrp': '-90',
        'session-uptime': '1w47m25s',
      },
    ],
  });

  expect(valuesOf(readings, 'wireless/rssi')).toEqual({ lte1: -48 });
  expect(valuesOf(readings, 'wireless/rsrp')).toEqual({ lte1: -83, 'lte1.nr': -90 });
  expect(valuesOf(readings, 'wireless/sinr')).toEqual({ lte1: 0 });
  expect(valuesOf(readings, 'sensor/runtime')).toEqual({ 'lte.lte1': 10_127 });
  expect(readings.find(({ class: kind }) => kind === 'rssi')?.label).toBe('lte1: Telkomsel');
});

test('optical modules and powered ports', async () => {
  const readings = await readingsOf({
    '/interface/ethernet': [
      { name: 'ke-kabupaten', 'default-name': 'sfp1', disabled: 'false' },
      { name: 'sfp2', 'default-name': 'sfp2', disabled: 'false' },
      { name: 'ether1', 'default-name': 'ether1', disabled: 'false' },
    ],
    '/interface/ethernet/monitor': [
      { name: 'ether1', rate: '1Gbps' },
      {
        name: 'ke-kabupaten',
        'sfp-module-present': 'true',
        'sfp-temperature': '34C',
        'sfp-supply-voltage': '3.266V',
        'sfp-tx-bias-current': '15mA',
        'sfp-tx-power': '-5.2dBm',
        'sfp-rx-power': '-11.439',
      },
      { name: 'sfp2', 'sfp-module-present': 'false' },
    ],
    '/interface/ethernet/poe': [{ name: 'ether1', 'poe-out': 'auto-on' }],
    '/interface/ethernet/poe/monitor': [
      {
        name: 'ether1',
        'poe-out-status': 'powered-on',
        'poe-out-voltage': '23.9V',
        'poe-out-current': '112mA',
        'poe-out-power': '2.6W',
      },
    ],
  });

  expect(valuesOf(readings, 'sensor/dbm')).toEqual({ 'ke-kabupaten.tx': -5.2, 'ke-kabupaten.rx': -11.439 });
  expect(valuesOf(readings, 'sensor/temperature')).toEqual({ 'sfp.ke-kabupaten': 34 });
  expect(valuesOf(readings, 'sensor/voltage')).toEqual({ 'sfp.ke-kabupaten': 3.266, 'poe.1': 23.9 });
  expect(valuesOf(readings, 'sensor/current')).toEqual({ 'sfp.ke-kabupaten': 0.015, 'poe.1': 0.112 });
  expect(valuesOf(readings, 'sensor/state')).toEqual({ 'poe.1': 3 });
});

test('what the router sees of others, and how many pass through it', async () => {
  const readings = await readingsOf({
    '/tool/netwatch': [
      { '.id': '*1', host: '10.11.10.1', status: 'up', 'rtt-avg': '12ms500us', 'loss-percent': '0' },
      { '.id': '*2', host: '192.0.2.9', comment: 'sekolah', status: 'down' },
      { '.id': '*3', host: '192.0.2.10', status: 'up', disabled: 'true' },
    ],
    '/ip/firewall/connection/tracking': [{ 'total-entries': '512', 'max-entries': '2048' }],
    '/interface/wireguard/peers': [
      { '.id': '*1', interface: 'wg1', name: 'pusat', 'last-handshake': '53s', 'public-key': 'never asked for' },
      { '.id': '*2', interface: 'wg1', comment: 'cadangan', 'last-handshake': 'never' },
    ],
  });

  expect(valuesOf(readings, 'sensor/state')).toEqual({
    'netwatch.1': 1,
    'netwatch.2': 2,
    'wireguard.1': 1,
    'wireguard.2': 2,
  });
  expect(valuesOf(readings, 'sensor/delay')).toEqual({ 'netwatch.1': 0.0125, 'wireguard.1': 53 });
  expect(valuesOf(readings, 'sensor/count')).toEqual({ connections: 512 });
  expect(valuesOf(readings, 'sensor/percent')).toEqual({ connections: 25 });
});

test('connections are counted where the router keeps no total', async () => {
  const readings = await readingsOf({ '/ip/firewall/connection': [{ '.id': '*1' }, { '.id': '*2' }] });

  expect(valuesOf(readings, 'sensor/count')).toEqual({ connections: 2 });
});

test('certificates, updates and the clock', async () => {
  const now = Date.parse('2026-11-22T03:00:00Z');

  const readings = await readingsOf(
    {
      '/certificate': [
        { name: 'api', 'expires-after': '52w1d3h' },
        { name: 'old', 'invalid-after': 'nov/20/2026 03:00:00' },
      ],
      '/system/package/update': [{ 'installed-version': '7.10.2', 'latest-version': '7.16.2' }],
      '/system/clock': [{ date: '2026-11-22', time: '10:00:42', 'gmt-offset': '+07:00' }],
      '/system/ntp/client': [{ enabled: 'true', status: 'synchronized', 'system-offset': '1.703' }],
    },
    { now },
  );

  expect(valuesOf(readings, 'sensor/count')).toEqual({ 'certificate.api': 365, 'certificate.old': -2, update: 1 });
  expect(valuesOf(readings, 'sensor/delay')).toEqual({ clock: 42, ntp: 0.001703 });
});

test('a cell that makes no sense costs itself, and is counted', async () => {
  const tables = { ...BARE, '/ip/firewall/connection/tracking': [{ 'total-entries': 'many', 'max-entries': '2048' }] };

  const { readings, badReadings } = await identifyOnce(routerOf(tables));

  expect(valuesOf(readings, 'sensor/percent')).toEqual({});
  expect(badReadings).toEqual({ 'not-a-number': 1 });
});

describe.skipIf(!hasCorpus)('replies of real routers', () => {
  type Reply = { readonly command: string; readonly rows: Record<string, string>[] };
  const files = hasCorpus ? readdirSync(join(corpusFolder, 'replies')) : [];
  const replies = files.map((name) => [name, corpusJson<Reply>(`replies/${name}`, { command: '', rows: [] })] as const);
  const pathOf = (command: string): string => command.replace(/\/print$/, '');

  test.each(replies)('%s is read without a failure', async (_name, { command, rows }) => {
    const path = pathOf(command);
    // A monitor is asked of an interface that must be there.
    const name = rows[0]?.['name'] ?? 'lte1';
    const listed = path.endsWith('/monitor') ? { [path.slice(0, -'/monitor'.length)]: [{ name }] } : {};
    const tables = { ...BARE, ...listed, [path]: rows.map((row) => ({ name, ...row })) };

    const report = await identifyOnce(routerOf(tables));

    expect(report.badReadings).toBeUndefined();
    const keys = report.readings.map((one) => `${one.group} ${one.class} ${one.index}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  const rowsOf = (name: string): Record<string, string>[] =>
    replies.find(([file]) => file === `${name}.json`)?.[1].rows ?? [];

  test('ports have the numbers, names and counters that were recorded', async () => {
    const rows = rowsOf('napalm-get_interfaces_counters-normal-interface_print');

    const { interfaces } = await identifyOnce(routerOf({ ...BARE, '/interface': rows }));

    const byName = new Map(rows.map((row) => [row['name'], row]));
    expect(interfaces.length).toBe(rows.length);
    for (const port of interfaces) {
      const row = byName.get(port.name) ?? {};
      expect(port).toMatchObject({
        index: Number.parseInt(row['.id']?.slice(1) ?? '', 16),
        inOctets: row['rx-byte'],
        outOctets: row['tx-byte'],
        operStatus: row['running'] === 'true' ? 'up' : 'down',
      });
    }
    expect(interfaces.find(({ name }) => name === 'wan')).toMatchObject({
      type: 'ethernetCsmacd',
      mtu: 1500,
      mac: 'd4:ca:6d:26:05:fa',
    });
  });

  test('the environment of a large router', async () => {
    const prefix = 'napalm-get_environment-CCR2004-16G-2Sp-system';
    const readings = await readingsOf({
      '/system/resource': rowsOf(`${prefix}_resource_print`),
      '/system/resource/cpu': rowsOf(`${prefix}_resource_cpu_print`),
      '/system/health': rowsOf(`${prefix}_health_print`),
    });

    expect(valuesOf(readings, 'usage/processor')).toEqual({ 1: 0, 2: 1, 3: 0, 4: 1 });
    expect(valuesOf(readings, 'usage/memory')).toEqual({ 65536: 6.56 });
    expect(valuesOf(readings, 'sensor/temperature')).toMatchObject({ 'cpu-temperature': 58, 'board-temperature2': 48 });
    expect(valuesOf(readings, 'sensor/fanspeed')).toEqual({ 'fan1-speed': 6_090, 'fan2-speed': 6_030 });
    expect(valuesOf(readings, 'sensor/state')).toEqual({ 'psu1-state': 1, 'psu2-state': 2 });
  });

  test('a modem without RSSI, whose SINR of a few dB is real', async () => {
    const [row = {}] = rowsOf('lte-monitor-r11e');

    const readings = await readingsOf({
      '/interface/lte': [{ name: 'lte1' }],
      '/interface/lte/monitor': [{ name: 'lte1', ...row }],
    });

    expect(readings.filter(({ group }) => group === 'wireless').map(({ class: kind, value }) => [kind, value])).toEqual(
      [
        ['rsrp', -104],
        ['rsrq', -9.5],
        ['sinr', 6],
      ],
    );
  });
});
