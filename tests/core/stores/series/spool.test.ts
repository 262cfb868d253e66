import { appendFile, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../../core/domain/clock.ts';
import { AppError } from '../../../../core/domain/errors.ts';
import type { Sample } from '../../../../core/domain/sample.ts';
import { type Log, silentLog } from '../../../../core/log/log.ts';
import { columnsOf, samplesOf } from '../../../../core/stores/series/sample-columns.ts';
import { SeriesNames } from '../../../../core/stores/series/series-names.ts';
import type { SeriesStore } from '../../../../core/stores/series/series-store.ts';
import { type SpooledSeriesStore, spooled } from '../../../../core/stores/series/spool.ts';
import { gauge, T0 } from '../../../contracts/series-store.ts';

let dir: string;
let now: number;
/** What the store behind the spool took, in order. */
let taken: Sample[];
let fails: AppError | null;
let rolledUpTo: number | null;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'simpul-spool-'));
  now = T0;
  taken = [];
  fails = null;
  rolledUpTo = null;
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const away = new AppError('store-unavailable', 'the store is away');

/** A store in memory that can be away: it is the spool that is tested, and only what comes through it. */
const inner: SeriesStore = {
  names: new SeriesNames(),
  async append(samples) {
    if (fails !== null) throw fails;
    taken.push(...samples);
  },
  appendColumns: (columns) => inner.append(samplesOf(columns)),
  appendRollUps: () => Promise.resolve(),
  query: () => Promise.resolve([]),
  group: () => Promise.resolve([]),
  latest: () => Promise.resolve([]),
  async rollUp(at) {
    rolledUpTo = at;
  },
  expire: () => Promise.resolve(),
  status: () => Promise.resolve({ engine: 'memory', ok: true, reason: null, stored: taken.length }),
  close: () => Promise.resolve(),
};

const open = (maxBytes = 1024 * 1024, log: Log = silentLog): Promise<SpooledSeriesStore> =>
  spooled(inner, { dir: join(dir, 'spool'), maxBytes, log, clock: () => now });
const numbered = (from: number, count: number): Sample[] =>
  Array.from({ length: count }, (_, index) => gauge(T0 + (from + index) * SECOND, from + index));
const values = (): number[] => taken.map(({ value }) => value);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test('while the store answers, nothing touches the disk', async () => {
  const store = await open();

  await store.append(numbered(0, 3));

  expect(values()).toEqual([0, 1, 2]);
  expect(await readdir(join(dir, 'spool'))).toEqual([]);
  await store.close();
});

test('samples wait while the store is away, and go in later, in order and before newer ones', async () => {
  const store = await open();
  fails = away;
  for (let i = 0; i < 10; i += 1) await store.append(numbered(i * 10, 10));
  const waiting = store.spoolStatus();

  fails = null;
  await store.append(numbered(100, 5));
  await store.drain();
  await store.append(numbered(105, 5));

  expect(waiting).toMatchObject({ samples: 100, dropped: 0, oldestAt: T0 });
  expect(values()).toEqual(upTo(110));
  expect(store.spoolStatus()).toEqual({ samples: 0, bytes: 0, dropped: 0, oldestAt: null });
  await store.close();
});

test('the next append is enough to try again, but not more often than every other second', async () => {
  const store = await open();
  fails = away;
  await store.append(numbered(0, 1));
  fails = null;

  await store.append(numbered(1, 1));
  const soon = [...values()];
  now += MINUTE;
  await store.append(numbered(2, 1));
  await store.drain();

  expect(soon).toEqual([]);
  expect(values()).toEqual(upTo(3));
  await store.close();
});

test('what waits survives the process, and what a kill cut off does no harm', async () => {
  fails = away;
  const before = await open();
  await before.append(numbered(0, 20));
  await before.append(numbered(20, 20));
  await before.close();
  const [segment = ''] = await readdir(join(dir, 'spool'));
  await appendFile(join(dir, 'spool', segment), Buffer.from([200, 1, 0, 0, 20, 0, 0, 0, 1, 2, 3, 4, 91, 91]));

  const store = await open();
  const waiting = store.spoolStatus();
  fails = null;
  await store.append(numbered(40, 1));
  await store.drain();

  expect(waiting.samples).toBe(40);
  expect(values()).toEqual(upTo(41));
  expect(store.spoolStatus().dropped).toBe(0);
  await store.close();
});

test.each([
  ['cut off in the middle of a frame', (path: string, size: number) => truncate(path, size - 10)],
  ['followed by zeros, as a crashed file system leaves them', (path: string) => appendFile(path, Buffer.alloc(4096))],
  ['followed by a length of gigabytes', (path: string) => appendFile(path, Buffer.alloc(64, 0xff))],
])('a segment %s gives what is whole', async (_, damage) => {
  fails = away;
  const before = await open();
  await before.append(numbered(0, 5));
  await before.append(numbered(5, 5));
  await before.close();
  const [segment = ''] = await readdir(join(dir, 'spool'));
  const path = join(dir, 'spool', segment);
  await damage(path, (await stat(path)).size);

  fails = null;
  const store = await open();
  await store.drain();

  expect([5, 10]).toContain(taken.length);
  expect(values()).toEqual(upTo(taken.length));
  expect(await readdir(join(dir, 'spool'))).toEqual([]);
  await store.close();
});

test('a full spool gives up the oldest, counts them and says so', async () => {
  const lost: object[] = [];
  const store = await open(40_000, { ...silentLog, error: (fields) => lost.push(fields) });
  fails = away;

  for (let i = 0; i < 100; i += 1) await store.append(numbered(i * 10, 10));

  const { samples, bytes, dropped } = store.spoolStatus();
  expect(bytes).toBeLessThanOrEqual(40_000);
  expect(dropped).toBeGreaterThan(0);
  expect(samples + dropped).toBe(1000);
  expect(lost.length).toBeGreaterThan(0);
  fails = null;
  await store.drain();
  expect(values()).toEqual(upTo(1000).slice(dropped));
  await store.close();
});

test("a spool whose directory fails refuses the samples, which are still the caller's", async () => {
  const store = await open();
  fails = away;
  await rm(join(dir, 'spool'), { recursive: true });
  await writeFile(join(dir, 'spool'), 'not a directory');

  const appended = store.append(numbered(0, 7));

  await expect(appended).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(store.spoolStatus()).toMatchObject({ samples: 0, dropped: 0 });
  await store.close();
});

test('a spool that cannot be opened is told at once', async () => {
  await writeFile(join(dir, 'spool'), 'not a directory');

  await expect(open()).rejects.toMatchObject({ code: 'store-unavailable' });
});

test('samples that the store will never take do not stand in the way of others', async () => {
  const store = await open();
  fails = away;
  await store.append(numbered(0, 3));
  fails = new AppError('bad-input', 'a field of another type');

  await store.drain();

  expect(store.spoolStatus()).toMatchObject({ samples: 0, dropped: 3 });
  fails = null;
  await store.append(numbered(3, 1));
  expect(values()).toEqual([3]);
  await store.close();
});

test('a fault that is not the absence of the store reaches the caller', async () => {
  const store = await open();
  fails = new AppError('bad-input', 'nonsense');

  await expect(store.append(numbered(0, 1))).rejects.toMatchObject({ code: 'bad-input' });
  expect(store.spoolStatus()).toMatchObject({ samples: 0 });
  await store.close();
});

test('nothing is rolled up while samples wait', async () => {
  const store = await open();
  fails = away;
  await store.append(numbered(0, 1));

  await expect(store.rollUp(T0 + MINUTE)).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(rolledUpTo).toBeNull();
  fails = null;
  await store.rollUp(T0 + MINUTE);

  expect(values()).toEqual([0]);
  expect(rolledUpTo).toBe(T0 + MINUTE);
  await store.close();
});

test('columns wait while the store is away as samples do', async () => {
  const store = await open();
  fails = away;
  await store.appendColumns(columnsOf(store.names, numbered(0, 3)));
  fails = null;
  now += MINUTE;

  await store.drain();

  expect(taken).toEqual(numbered(0, 3));
});
