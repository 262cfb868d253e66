import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { restoreStatus } from '../../../collector/pipeline/restore.ts';
import { sightingsIn } from '../../../collector/pipeline/sightings.ts';
import { silentLog } from '../../../core/log/log.ts';

const dir = await mkdtemp(join(tmpdir(), 'simpul-sightings-'));
afterAll(() => rm(dir, { recursive: true, force: true }));
const T0 = Date.UTC(2026, 10, 22);

test('what was saved last is read by the next process', async () => {
  const file = join(dir, 'kept.json');

  await sightingsIn(file, silentLog).save(new Map([['a', T0]]));
  await sightingsIn(file, silentLog).save(new Map([['a', T0 + 3_000]]));

  expect(await sightingsIn(file, silentLog).read()).toEqual(new Map([['a', T0 + 3_000]]));
});

test.each(['', '{"a":', 'null', '[]', '{"a":"soon","b":null}', '\0\0\0'])(
  'a file that holds %j says nothing',
  async (text) => {
    const file = join(dir, 'broken.json');
    await writeFile(file, text);

    expect(await sightingsIn(file, silentLog).read()).toEqual(new Map());
  },
);

test('a directory that is not there costs nothing but what it would have kept', async () => {
  const sightings = sightingsIn(join(dir, 'missing', 'file.json'), silentLog);

  await sightings.save(new Map([['a', T0]]));

  expect(await sightings.read()).toEqual(new Map());
});

const stored = (state: 'up' | 'down', lastSeenAt: number | null) => ({
  deviceId: 'a',
  siteId: 's',
  regionCode: '16',
  state,
  since: T0,
  reason: null,
  lastSeenAt,
  memory: { failures: 3, silentSince: T0 + 9_000, observedAt: T0 + 12_000 },
  openOutageId: null,
});

test('a device that was well goes on from when it was seen last', () => {
  const restored = restoreStatus(stored('up', T0 + 5_000), T0 + 14_000);

  expect(restored).toMatchObject({
    lastSeenAt: T0 + 14_000,
    memory: { failures: 0, silentSince: null, observedAt: T0 + 14_000 },
  });
});

test('an older sighting, and one of a device that is down, change nothing', () => {
  const older = restoreStatus(stored('up', T0 + 5_000), T0 + 4_000);
  const down = restoreStatus(stored('down', T0 + 5_000), T0 + 14_000);

  expect([older.lastSeenAt, down.lastSeenAt]).toEqual([T0 + 5_000, T0 + 5_000]);
  expect([older.memory.failures, down.memory.failures]).toEqual([3, 3]);
});
