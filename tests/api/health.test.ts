import { afterAll, beforeAll, expect, test } from 'vitest';
import { exposition } from '../../api/metrics/exposition.ts';
import { AppError } from '../../core/domain/errors.ts';
import { layProvince, openTestApi, type TestApi } from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await layProvince(api.inventory);
});
afterAll(() => api.close());

const get = (url: string) => api.app.inject({ url });

test('it is ready when the stores answer and every device was asked once', async () => {
  const ready = await get('/readyz');
  api.collectorCalls.isFirstRoundDone = false;
  const early = await get('/readyz');
  api.collectorCalls.isFirstRoundDone = true;

  expect([ready.statusCode, ready.json()]).toEqual([200, { ready: true, reasons: [] }]);
  expect([early.statusCode, early.json()]).toEqual([
    503,
    { ready: false, reasons: ['collector: the first round of polls is not done'] },
  ]);
  expect((await get('/healthz')).statusCode).toBe(200);
});

test('a store that is away makes it not ready, and costs the metrics only its own figures', async () => {
  const { ping } = api.inventory;
  const { summary } = api.inventory.coverage;
  const away = () => Promise.reject(new AppError('store-unavailable', 'postgres://user:hunter2@db does not answer'));
  Object.assign(api.inventory, { ping: away });
  Object.assign(api.inventory.coverage, { summary: away });

  const ready = await get('/readyz');
  const metrics = await get('/metrics');
  Object.assign(api.inventory, { ping });
  Object.assign(api.inventory.coverage, { summary });

  expect(ready.statusCode).toBe(503);
  expect(ready.json().reasons).toEqual(['inventory: the inventory does not answer']);
  expect(metrics.statusCode).toBe(200);
  expect(metrics.body).toContain('simpul_inventory_up{engine="postgresql"} 0');
  expect(metrics.body).toContain('simpul_series_store_up{engine="duckdb"} 1');
});

test('metrics are Prometheus text that names nothing of the network', async () => {
  api.time.now += 60_000;
  const { cookie } = await api.signIn('engineer');
  await api.app.inject({ url: '/api/v1/devices?q=Sukamaju', headers: { cookie } });

  const { body, headers } = await get('/metrics');

  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  for (const line of body.trimEnd().split('\n')) {
    expect(line).toMatch(
      /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="([^"\\]|\\.)*"(,\w+="([^"\\]|\\.)*")*\})? (-?[\d.e+-]+|\+Inf))$/,
    );
  }
  expect(body).toContain('simpul_devices{state="unknown"} 5');
  expect(body).toContain('simpul_outages_open 0');
  expect(body).toContain('simpul_bad_readings_total{reason="truncated"} 2');
  expect(body).toContain('simpul_polls_total 7');
  expect(body).toMatch(
    /simpul_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/devices",status="2xx"\} 1/,
  );
  expect(body).toMatch(/nodejs_eventloop_lag_seconds\{quantile="0.99"\} [\d.e-]+/);
  expect(body).not.toMatch(/Sukamaju|16\.03|127\.0\.0\.1/);
});

test('labels and help are escaped', () => {
  const text = exposition([
    { name: 'a', help: 'one\ntwo \\', type: 'gauge', samples: [{ labels: { l: 'x"y\\z\n' }, value: 1 }] },
    { name: 'b', help: 'nothing yet', type: 'counter', samples: [] },
  ]);

  expect(text).toBe('# HELP a one\\ntwo \\\\\n# TYPE a gauge\na{l="x\\"y\\\\z\\n"} 1\n');
});

test('how Simpul itself is, is told to engineers', async () => {
  const { cookie } = await api.signIn('engineer');

  const system = (await api.app.inject({ url: '/api/v1/system', headers: { cookie } })).json();

  expect(system).toMatchObject({
    version: '0.0.0-test',
    stores: [
      { name: 'inventory', engine: 'postgresql', ok: true, reason: null },
      { name: 'series', engine: 'duckdb', ok: true, reason: null },
    ],
    spool: { samples: 0, bytes: 0, dropped: 0, oldestAt: null },
    collector: { devices: 3, lagMsP95: 12, badReadings: { truncated: 2 }, blind: false },
    jobs: [],
  });
});

test('the catalogue has every kind with a schema to draw its form from', async () => {
  const { cookie } = await api.signIn('planner');

  const catalogue = (await api.app.inject({ url: '/api/v1/catalogue', headers: { cookie } })).json();

  expect(catalogue.deviceKinds.map(({ id }: { id: string }) => id)).toContain('access-point');
  const v3 = catalogue.credentialKinds.find(({ id }: { id: string }) => id === 'snmp-v3');
  expect(v3.settings.properties.user.type).toBe('string');
  expect(v3.label.id).toEqual(expect.any(String));
});
