import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../../../core/domain/clock.ts';
import { silentLog } from '../../../../core/log/log.ts';
import { openDuckDbSeriesStore } from '../../../../core/stores/series/duckdb.ts';
import { DEFAULT_RETENTION, type SeriesStore } from '../../../../core/stores/series/series-store.ts';
import { spooled } from '../../../../core/stores/series/spool.ts';
import { counter, gauge, seriesStoreContract, T0 } from '../../../contracts/series-store.ts';
import { root } from '../../../support/process.ts';

let dir: string;
let count = 0;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'simpul-series-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const nextPath = (): string => {
  count += 1;
  return join(dir, `${count}.duckdb`);
};
const open = (path: string, retention = DEFAULT_RETENTION): Promise<SeriesStore> =>
  openDuckDbSeriesStore({ path, retention, clock: () => T0, log: silentLog, lingerMs: 0 });

seriesStoreContract(({ retention }) => open(nextPath(), retention));

const ping = { deviceIds: ['device-1'], metrics: ['ping.average_response_ms'], from: T0, to: T0 + DAY };
const traffic = { ...ping, metrics: ['interface.ifHCInOctets'] };

describe('opened again', () => {
  test('it goes on where it was: neighbours, duplicates and roll-ups of before count', async () => {
    const path = nextPath();
    const before = await open(path);
    await before.append([counter(T0, 0), counter(T0 + MINUTE, 600), gauge(T0, 1)]);
    await before.rollUp(T0 + MINUTE);
    await before.close();

    const store = await open(path);
    await store.append([counter(T0 + 2 * MINUTE, 1800), gauge(T0, 2), counter(T0 + 30 * SECOND, 60)]);
    await store.rollUp(T0 + HOUR);

    const rates = await store.query({ ...traffic, to: T0 + 3 * MINUTE, stepMs: MINUTE, aggregate: 'rate' });
    expect(rates[0]?.points.map(({ value }) => value)).toEqual([2, 18, 20]);
    const pings = await store.query(ping);
    expect(pings[0]?.points).toEqual([{ at: T0, value: 2 }]);
    await store.close();
  });

  test('it knows the newest sample of a series that has been silent for days', async () => {
    const path = nextPath();
    const before = await open(path);
    await before.append([counter(T0, 1000)]);
    await before.append([gauge(T0 + 3 * DAY, 1), gauge(T0 + 4 * DAY, 1)]);
    await before.close();

    const store = await open(path);
    const latest = await store.latest({ ...traffic, since: 0 });
    await store.append([counter(T0 + 4 * DAY, 1000 + 4 * 86_400)]);

    expect(latest).toEqual([counter(T0, 1000)]);
    const range = { ...traffic, to: T0 + 5 * DAY, stepMs: DAY, aggregate: 'rate' as const };
    expect((await store.query(range))[0]?.points.at(4)?.value).toBe(1);
    await store.close();
  });

  test('a second process that opens the same file is told so', async () => {
    const path = nextPath();
    const store = await open(path);
    const script = `
      import { DuckDBInstance } from '@duckdb/node-api';
      await DuckDBInstance.create(process.argv[1]).catch((error) => process.stdout.write(error.message));
    `;
    const other = spawn(process.execPath, ['--input-type=module', '-e', script, path]);
    let said = '';
    other.stdout.on('data', (part: Buffer) => {
      said += part.toString();
    });

    await once(other, 'close');

    expect(said).toContain('lock');
    await store.close();
  });
});

test('a file that is no database is refused as an unavailable store', async () => {
  await expect(open('/dev/null/series.duckdb')).rejects.toMatchObject({ code: 'store-unavailable' });
});

test('many appends at once share commits and are all there', async () => {
  const store = await openDuckDbSeriesStore({
    path: nextPath(),
    retention: DEFAULT_RETENTION,
    clock: () => T0,
    log: silentLog,
  });

  await Promise.all(Array.from({ length: 500 }, (_, i) => store.append([gauge(T0 + i, i)])));

  const series = await store.query(ping);
  expect(series[0]?.points.map(({ value }) => value)).toEqual(Array.from({ length: 500 }, (_, i) => i));
  await store.close();
});

test('appends that wait when the store is closed are stored first', async () => {
  const path = nextPath();
  const before = await openDuckDbSeriesStore({ path, retention: DEFAULT_RETENTION, clock: () => T0, log: silentLog });
  const appended = before.append([gauge(T0, 1)]);

  await before.close();

  await appended;
  const store = await open(path);
  expect((await store.query(ping))[0]?.points).toEqual([{ at: T0, value: 1 }]);
  await store.close();
});

/** Appends in a process of its own until so many batches are stored, then kills it. @returns the last stored batch */
async function appendAndKill(path: string, firstBatch: number, batches: number): Promise<number> {
  const script = join(root, 'dist/tests/core/stores/series/append-until-killed.js');
  const child: ChildProcess = spawn(process.execPath, [script, path, String(T0), String(firstBatch)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = -1;
  if (child.stdout === null) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    // What it still prints until the signal arrives has been stored too.
    if (last === firstBatch + batches) child.kill('SIGKILL');
  }
  expect(child.signalCode ?? (await once(child, 'exit'))[1]).toBe('SIGKILL');
  return last;
}

test('what was stored survives kill -9, as often as it comes, without any repair', async () => {
  const path = nextPath();
  const lastOfRun: number[] = [];
  for (const batches of [25, 60, 7, 90, 40]) {
    lastOfRun.push(await appendAndKill(path, (lastOfRun.at(-1) ?? -1) + 1, batches));
  }

  const store = await open(path);
  const last = lastOfRun.at(-1) ?? 0;
  const deviceIds = Array.from({ length: 40 }, (_, index) => `device-${index}`);
  const range = { ...traffic, deviceIds, from: T0 - HOUR, to: T0 + (last + 1) * MINUTE };
  const stored = await store.query(range);
  for (const [index, deviceId] of deviceIds.entries()) {
    const points = new Map(
      stored.find((each) => each.deviceId === deviceId)?.points.map(({ at, value }) => [at, value]),
    );
    for (let number = 0; number <= last; number += 1) {
      const lateMs = number % 3 === 0 && index === 0 ? 150 * SECOND : 0;
      expect(points.get(T0 + number * MINUTE - lateMs), `${deviceId} batch ${number}`).toBe(number * 1000 + index);
    }
  }
  await store.rollUp(T0 + 10 * DAY);
  const rolled = await store.query({ ...range, from: T0 - DAY, to: T0 + 9 * DAY, stepMs: DAY, aggregate: 'count' });
  const sizes = (series: typeof stored): number[] =>
    series.map(({ points }) => points.reduce((n, { value }) => n + (value ?? 0), 0));
  expect(sizes(rolled)).toEqual(
    (await store.query({ ...range, from: T0 - DAY, to: T0 + 9 * DAY })).map(({ points }) => points.length),
  );
  await store.close();
}, 120_000);

test('on a full disk samples wait in the spool, and are all there when there is room again', async () => {
  const home = await mkdtemp(join(dir, 'full-'));
  const script = join(import.meta.dirname, 'append-to-full-disk.ts');
  const batches = 60;
  // No file may grow beyond 2 MB, which looks to the store like a disk that is full.
  const limited = `trap '' XFSZ; ulimit -f 4096; exec "$0" --import tsx "$1" "$2" ${T0} ${batches}`;
  const child = spawn('sh', ['-c', limited, process.execPath, script, home], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (part: Buffer) => {
    printed += part.toString();
  });
  await once(child, 'close');

  const store = await spooled(await open(join(home, 'series.duckdb')), {
    dir: join(home, 'spool'),
    maxBytes: 64 * 1024 * 1024,
    log: silentLog,
    clock: () => T0,
  });
  const waiting = store.spoolStatus();
  await store.drain();

  expect(JSON.parse(printed)).toMatchObject({ dropped: 0, ok: false });
  expect(waiting.samples).toBeGreaterThan(0);
  expect(store.spoolStatus()).toMatchObject({ samples: 0, bytes: 0, dropped: 0 });
  const series = await store.query({
    ...ping,
    deviceIds: Array.from({ length: 2_000 }, (_, index) => `device-${index}`),
    stepMs: DAY,
    aggregate: 'count',
  });
  expect(series).toHaveLength(2_000);
  expect(new Set(series.map(({ points }) => points[0]?.value))).toEqual(new Set([batches]));
  await store.close();
});

test('samples of a span that is over move to where they lie by series, and stay the same', async () => {
  const path = nextPath();
  const store = await open(path);
  const samples = Array.from({ length: 300 }, (_, minute) =>
    Array.from({ length: 1_200 }, (_, index) =>
      gauge(T0 + minute * 40 * SECOND, (index * 7919 + minute) % 1000, { deviceId: `device-${index}` }),
    ),
  ).flat();
  for (let i = 0; i < samples.length; i += 50_000) await store.append(samples.slice(i, i + 50_000));
  const question = { ...ping, deviceIds: ['device-3', 'device-700'] };
  const before = await store.query(question);

  await store.rollUp(T0 + 5 * HOUR);
  const after = await store.query(question);
  await store.append([gauge(T0 + SECOND, 5, { deviceId: 'device-3' }), gauge(T0, 6, { deviceId: 'device-3' })]);
  await store.close();

  expect(after).toEqual(before);
  const again = await open(path);
  const late = await again.query({ ...question, deviceIds: ['device-3'], to: T0 + MINUTE });
  expect(late[0]?.points).toEqual([
    { at: T0, value: 6 },
    { at: T0 + SECOND, value: 5 },
    { at: T0 + 40 * SECOND, value: samples[1_203]?.value },
  ]);
  await again.close();
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  const tables = await connection.runAndReadAll("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'raw%'");
  expect(tables.getRows()).toEqual([[`raw_${T0 / DAY}`]]);
  connection.closeSync();
  instance.closeSync();
});
