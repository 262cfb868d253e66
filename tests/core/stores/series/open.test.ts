import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../../../core/config/config.ts';
import { Secret } from '../../../../core/config/secret.ts';
import { MINUTE } from '../../../../core/domain/clock.ts';
import { silentLog } from '../../../../core/log/log.ts';
import { createJobs } from '../../../../core/services/jobs.ts';
import { addSeriesJobs } from '../../../../core/stores/series/jobs.ts';
import { openSeriesStore } from '../../../../core/stores/series/open.ts';
import { gauge, T0 } from '../../../contracts/series-store.ts';
import { freePort } from '../../../support/port.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'simpul-series-open-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const parts = { clock: () => T0 + MINUTE, log: silentLog };

test('without a server the store is embedded in the data directory, which is made', async () => {
  const dataDir = join(dir, 'not', 'there');

  const store = await openSeriesStore({ dataDir, influxUrl: null }, parts);

  await store.append([gauge(T0, 1)]);
  expect(await store.status()).toMatchObject({ engine: 'duckdb', ok: true, stored: 1 });
  expect(await readdir(dataDir)).toEqual(expect.arrayContaining(['series.duckdb', 'spool']));
  await store.close();
});

test('a server that is away when the process starts: samples wait, and the status says why without secrets', async () => {
  const influxUrl = new Secret(`http://someone:s3cret@127.0.0.1:${await freePort()}/simpul`);

  const store = await openSeriesStore({ dataDir: dir, influxUrl }, parts);
  await store.append([gauge(T0, 1)]);

  const status = await store.status();
  expect(status).toMatchObject({ engine: 'influx', ok: false });
  expect(status.reason).not.toContain('s3cret');
  expect(store.spoolStatus()).toMatchObject({ samples: 1 });
  await store.close();
});

test('its jobs roll up and expire, and are listed', async () => {
  const store = await openSeriesStore({ dataDir: dir, influxUrl: null }, parts);
  const jobs = createJobs(parts);
  addSeriesJobs(jobs, store, parts.clock);
  await store.append([gauge(T0, 1), gauge(T0 + 1, 3)]);

  for (const { id } of jobs.list()) await jobs.runNow(id);

  expect(jobs.list().map(({ id, lastError }) => [id, lastError])).toEqual([
    ['series-roll-up', null],
    ['series-expire', null],
    ['series-spool', null],
  ]);
  await jobs.stop();
  await store.close();
});

test('retention is set in days by the environment', () => {
  const config = readConfig(
    { SIMPUL_RETENTION_RAW_DAYS: '3', SIMPUL_RETENTION_1D_DAYS: '3650', SIMPUL_RETENTION_1H_DAYS: 'forever' },
    { bind: '127.0.0.1' },
  );

  expect(config.retention).toEqual({ raw: 3, '1m': 90, '1h': null, '1d': 3650 });
});

test.each(['0', '-1', '1.5', 'long', '1000000'])('a retention of %s days stops the start', (days) => {
  expect(() => readConfig({ SIMPUL_RETENTION_1M_DAYS: days }, { bind: '127.0.0.1' })).toThrow(
    /SIMPUL_RETENTION_1M_DAYS takes a number of days/,
  );
});

test('a resolution that would go before the next finer one stops the start', async () => {
  const opening = openSeriesStore(
    { dataDir: dir, influxUrl: null },
    { ...parts, retention: { raw: 14, '1m': 7, '1h': 730, '1d': null } },
  );

  await expect(opening).rejects.toMatchObject({ code: 'config' });
});
