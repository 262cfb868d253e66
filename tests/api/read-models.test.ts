import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceDetail, Interface } from '../../core/contract/devices.ts';
import type { SeriesColumns } from '../../core/contract/series.ts';
import type { Village } from '../../core/contract/sites.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import { layProvince, minutes, NOON, openTestApi, type Province, type TestApi } from '../support/api.ts';

let api: TestApi;
let province: Province;
let cookie: string;
beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
  const { inside, insidePublic, outside } = province;
  const steady = Array.from({ length: 120 }, () => 1);
  // Of the last two hours the public hotspot of Sukamaju was down for the first half of the second.
  const broken = steady.map((_, index) => (index >= 60 && index < 90 ? 0 : 1));
  await api.series.append([
    ...minutes(inside.device.id, 'reachability.up', NOON - MINUTE, steady),
    ...minutes(insidePublic.device.id, 'reachability.up', NOON - MINUTE, broken),
    ...minutes(outside.device.id, 'reachability.up', NOON - MINUTE, broken),
    ...minutes(inside.device.id, 'wireless.clients', NOON - 2 * MINUTE, [3, 7]),
    ...minutes(insidePublic.device.id, 'wireless.clients', NOON - 6 * MINUTE, [40]),
  ]);
});
beforeEach(async () => {
  api.time.now = NOON;
  cookie ??= (await api.signIn('engineer')).cookie;
});
afterAll(() => api.close());

async function read<T>(url: string): Promise<T> {
  const answer = await api.app.inject({ url, headers: { cookie } });
  expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
  return answer.json();
}
type Table = {
  rows: { code: string; availability: number | null; clients: number | null }[];
  region: { code: string };
};

describe('coverage', () => {
  test('is of the regencies of the province, with availability and people online', async () => {
    const table = await read<Table>('/api/v1/coverage');

    expect(table.region).toEqual({ code: '16', name: 'Sumatera Selatan' });
    expect(table.rows.map(({ code }) => code)).toEqual(['16.03', '16.71']);
    expect(table.rows[0]).toMatchObject({ availability: 0.875, clients: 7, villagesInProgramme: 1, villageCount: 4 });
    expect(table.rows[1]).toMatchObject({ availability: 0.75, clients: null });
  });

  test('is of the level below a region, and of a range', async () => {
    const from = NOON - HOUR;

    const districts = await read<Table>('/api/v1/coverage?region=16.03');
    const lastHour = await read<Table>(`/api/v1/coverage?region=16.03&level=village&from=${from}&to=${NOON}`);
    const before = await read<Table>(`/api/v1/coverage?region=16.03&from=${NOON - 40 * DAY}&to=${NOON - 35 * DAY}`);

    expect(districts.rows.map(({ code }) => code)).toEqual(['16.03.11']);
    expect(lastHour.rows).toMatchObject([{ code: '16.03.11.2009', availability: 0.75 }]);
    expect(before.rows[0]?.availability).toBeNull();
  });

  test('begins with the account’s own region, then with the province that the deployment names', async () => {
    const own = await api.signIn('officer', '16.03');
    const answer = await api.app.inject({ url: '/api/v1/summary', headers: { cookie: own.cookie } });
    await api.inventory.settings.set('province', '16');

    expect(answer.json().region.code).toBe('16.03');
    expect(await read('/api/v1/summary')).toMatchObject({ region: { code: '16' }, clients: 7, asOf: NOON });
  });

  test('without any region loaded says so, and the map is not found either', async () => {
    const empty = await openTestApi();
    const admin = await empty.signIn('admin');

    const answer = await empty.app.inject({ url: '/api/v1/coverage', headers: { cookie: admin.cookie } });
    await empty.close();

    expect(answer.statusCode).toBe(404);
    expect(answer.json().detail).toBe('no region is loaded yet');
  });
});

test('the map has the villages of the programme with both halves, and the other sites', async () => {
  const map = await read<{ villages: { code: string }[]; sites: { kind: string }[] }>('/api/v1/map');

  expect(map.villages.map(({ code }) => code)).toEqual(['16.03.11.2009', '16.71.01.1001']);
  expect(map.villages[0]).toMatchObject({ office: 'unknown', public: 'unknown', state: 'unknown' });
  expect(map.sites.map(({ kind }) => kind)).toEqual(['pop']);
});

test('a village has its two sites with strips, people online and ancestors', async () => {
  const village = await read<Village>('/api/v1/villages/16.03.11.2009');

  const [office, publicSite] = village.sites;
  expect(village.region.ancestors.map(({ code }) => code)).toEqual(['16', '16.03', '16.03.11']);
  expect(office).toMatchObject({ kind: 'village-office', clients: 7, availability: 1 });
  expect(publicSite).toMatchObject({ kind: 'village-public', clients: null, availability: 0.75 });
  expect(publicSite?.strip.from).toBe(NOON - 23 * HOUR);
  expect(publicSite?.strip.hours).toEqual([...new Array(21).fill(null), 1, 0.5, null]);
  expect(office?.devices).toHaveLength(1);
});

describe('a device', () => {
  test('has its way to the core, the contract of its link and what it measures', async () => {
    const { inside, core } = province;
    await api.inventory.links.update(inside.link.id, { deviceId: inside.device.id });

    const device = await read<DeviceDetail>(`/api/v1/devices/${inside.device.id}`);

    expect(device.path.map(({ id }) => id)).toEqual([core.device.id]);
    expect(device).toMatchObject({ contractMbps: 50, availability: 1 });
    expect(device.metrics).toEqual([
      { metric: 'reachability.up', instance: '' },
      { metric: 'wireless.clients', instance: '' },
    ]);
  });

  test('has interfaces with the rates of the last polls', async () => {
    const { id } = province.inside.device;
    const port = {
      alias: '',
      type: 'ethernetCsmacd',
      mac: null,
      mtu: 1500,
      speedBps: 1e9,
      adminStatus: 'up',
      operStatus: 'up',
    } as const;
    await api.inventory.interfaces.replace(
      id,
      [
        { index: 2, name: 'ether2', ...port },
        { index: 10, name: 'ether10', ...port },
      ],
      NOON,
    );
    const counter = (metric: string, perMinute: number) =>
      minutes(
        id,
        metric,
        NOON - 30 * SECOND,
        [1, 2, 3, 4].map((minute) => minute * perMinute),
      ).map((sample) => ({
        ...sample,
        instance: '2',
        kind: 'counter' as const,
      }));
    await api.series.append([
      ...counter('interface.ifHCInOctets', 6_000_000),
      ...counter('interface.ifHCOutOctets', 600_000),
      ...counter('interface.ifInErrors', 60),
      ...counter('interface.ifOutErrors', 120),
    ]);

    const { items } = await read<{ items: Interface[] }>(`/api/v1/devices/${id}/interfaces`);

    expect(items[0]).toMatchObject({ index: 2, inBps: 800_000, outBps: 80_000, errorsPerS: 3, discardsPerS: null });
    expect(items[1]).toMatchObject({ index: 10, inBps: null, outBps: null });
  });

  test('has its stretches of one state', async () => {
    const { id } = province.outside.device;
    await api.inventory.statuses.layDown([
      { deviceId: id, at: NOON - 3 * HOUR, state: 'up', previous: 'unknown', reason: null },
      { deviceId: id, at: NOON - HOUR, state: 'down', previous: 'up', reason: 'timeout' },
    ]);

    const states = await read(`/api/v1/devices/${id}/states?from=${NOON - 2 * HOUR}&to=${NOON}`);

    expect(states).toEqual({
      spans: [
        { from: NOON - 2 * HOUR, to: NOON - HOUR, state: 'up' },
        { from: NOON - HOUR, to: NOON, state: 'down' },
      ],
    });
  });
});

describe('series', () => {
  const series = (query: string) => read<SeriesColumns>(`/api/v1/devices/${province.inside.device.id}/series?${query}`);

  test('come in columns of equal steps, with null where nothing came', async () => {
    const from = NOON - 3 * HOUR;

    const columns = await series(`metrics=reachability.up&from=${from}&to=${NOON}&stepMs=${30 * MINUTE}`);

    expect(columns.times).toEqual([0, 1, 2, 3, 4, 5].map((step) => from + step * 30 * MINUTE));
    expect(columns.series).toEqual([
      { metric: 'reachability.up', instance: '', aggregate: 'mean', values: [null, null, 1, 1, 1, 1] },
    ]);
  });

  test('have some 300 points where no step is asked for', async () => {
    for (const [rangeMs, stepMs] of [
      [HOUR, 15 * SECOND],
      [DAY, 5 * MINUTE],
      [7 * DAY, HOUR],
      [30 * DAY, 3 * HOUR],
    ] as const) {
      const columns = await series(`metrics=reachability.up&from=${NOON - rangeMs}&to=${NOON}`);

      expect(columns.stepMs).toBe(stepMs);
      expect(columns.times.length).toBeLessThanOrEqual(300);
    }
  });

  test('of counters are rates, and hold between two polls but not over a gap', async () => {
    const from = NOON - 4 * MINUTE;

    const columns = await series(`metrics=interface.ifHCInOctets&instances=2&from=${from}&to=${NOON}&stepMs=15000`);

    const [traffic] = columns.series;
    expect(traffic?.aggregate).toBe('rate');
    // Counters came at half past each minute: the first pair ends 2.5 minutes before noon.
    expect(traffic?.values).toEqual([...new Array(6).fill(null), ...new Array(10).fill(100_000)]);
  });

  test.each([
    ['metrics=,&from=0&to=1', '/metrics'],
    [`metrics=${Array.from({ length: 21 }, (_, index) => `m${index}`).join()}&from=0&to=1`, '/metrics'],
    ['metrics=a&from=5&to=5', '/to'],
    [`metrics=a&from=0&to=${NOON}`, '/from'],
    [`metrics=a&from=${NOON - DAY}&to=${NOON}&stepMs=1000`, '/stepMs'],
  ])('out of bounds (%.30s) are refused', async (query, field) => {
    const url = `/api/v1/devices/${province.inside.device.id}/series?${query}`;

    const answer = await api.app.inject({ url, headers: { cookie } });

    expect(answer.statusCode).toBe(400);
    expect(answer.json().faults[0].field).toBe(field);
  });
});

describe('polygons', () => {
  const square = (west: number) => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, -3],
        [west + 1, -3],
        [west + 1, -4],
        [west, -4],
        [west, -3],
      ],
    ],
  });

  test('come as TopoJSON, packed as the browser likes, and are not sent twice', async () => {
    for (const [code, west] of [
      ['16.03', 103],
      ['16.71', 104],
    ] as const) {
      await api.inventory.sql.run('INSERT INTO region_shape (code, geometry) VALUES ($1, $2)', [code, square(west)]);
    }
    const get = (headers: Record<string, string>) =>
      api.app.inject({ url: '/api/v1/regions/16/shapes?zoom=7', headers: { cookie, ...headers } });

    const plain = await get({});
    const packed = [await get({ 'accept-encoding': 'gzip, br;q=0.9' }), await get({ 'accept-encoding': 'gzip' })];
    const again = await get({ 'if-none-match': String(plain.headers.etag), 'accept-encoding': 'br' });

    const ids = plain.json().objects.regions.geometries.map((geometry: { id: string }) => geometry.id);
    expect(ids).toEqual(['16.03', '16.71']);
    expect(packed.map(({ headers }) => headers['content-encoding'])).toEqual(['br', 'gzip']);
    expect(brotliDecompressSync(packed[0]?.rawPayload ?? '').toString()).toBe(plain.body);
    expect(gunzipSync(packed[1]?.rawPayload ?? '').toString()).toBe(plain.body);
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });
});
