import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal, replayJournal } from '../../../collector/pipeline/journal.ts';
import { AppError } from '../../../core/domain/errors.ts';
import { silentLog } from '../../../core/log/log.ts';
import type { Heartbeat } from '../../../core/stores/inventory/heartbeats.ts';
import type { Transition } from '../../../core/stores/inventory/transitions.ts';
import { recordAt } from '../../support/journal-child.ts';
import { root } from '../../support/process.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'simpul-journal-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A store that takes what it is given, or refuses. */
function fakeStore(refuses: (changes: readonly Transition[]) => AppError | null = () => null) {
  const taken: Transition[] = [];
  const beats: Heartbeat[] = [];
  return {
    taken,
    beats,
    statuses: {
      all: async () => [],
      touch: async () => {},
      recordTransitions: async () => [],
      async recordLate(changes: readonly Transition[]) {
        const error = refuses(changes);
        if (error !== null) throw error;
        taken.push(...changes);
        return [];
      },
    },
    heartbeats: {
      get: async () => null,
      async beat(heartbeat: Heartbeat) {
        beats.push(heartbeat);
        return 0;
      },
    },
  };
}
const changeAt = (at: number): Transition => {
  const record = recordAt(at);
  if (record.kind !== 'change') throw new Error('no change');
  return record.change;
};
const named = { collector: 'collector', log: silentLog };

test('what a process had been told is on disk is there after a kill, in order', async () => {
  const child = fork(join(root, 'dist/tests/support/journal-child.js'), [dir]);
  let last = 0;
  for (; last < 40; ) [last] = await once(child, 'message');
  child.on('message', (at) => {
    last = Number(at);
  });

  child.kill('SIGKILL');
  await once(child, 'exit');
  const journal = await openJournal(dir, silentLog);
  const records = await journal.read();

  expect(records.length).toBeGreaterThanOrEqual(last);
  expect(records).toEqual(records.map((_, place) => recordAt(place + 1)));
  await journal.close();
});

test('a record that a kill cut off in the middle costs itself alone', async () => {
  const first = await openJournal(dir, silentLog);
  for (const at of [1, 2, 3]) await first.keep([recordAt(at)]);
  await first.close();
  const [name = ''] = readdirSync(dir);
  truncateSync(join(dir, name), statSync(join(dir, name)).size - 5);

  const journal = await openJournal(dir, silentLog);
  await journal.keep([recordAt(4)]);

  expect(await journal.read()).toEqual([recordAt(1), recordAt(2), recordAt(4)]);
  await journal.close();
});

test('a file of nonsense is no record', async () => {
  writeFileSync(join(dir, '000000000001.spool'), Buffer.alloc(5_000, 0x41));

  const journal = await openJournal(dir, silentLog);

  expect(await journal.read()).toEqual([]);
  await journal.close();
});

test('what waits is stored with the last heartbeat of its time, and then waits no more', async () => {
  const journal = await openJournal(dir, silentLog);
  const beat = (beatAt: number) =>
    ({ kind: 'beat', heartbeat: { collector: 'collector', startedAt: 1, beatAt } }) as const;
  await journal.keep([beat(10), recordAt(11), beat(15), recordAt(16)]);
  const store = fakeStore();

  await replayJournal(journal, store, named);

  expect(store.beats).toEqual([beat(15).heartbeat]);
  expect(store.taken).toEqual([changeAt(11), changeAt(16)]);
  expect(journal.status()).toMatchObject({ items: 0, dropped: 0 });
  await journal.close();
});

test('while the store is away all of it goes on waiting', async () => {
  const journal = await openJournal(dir, silentLog);
  await journal.keep([recordAt(1), recordAt(2)]);
  const store = fakeStore(() => new AppError('store-unavailable', 'away'));

  const replay = replayJournal(journal, store, named);

  await expect(replay).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(journal.status()).toMatchObject({ items: 2, dropped: 0 });
  await journal.close();
});

test('one that the store will never take is counted, and does not stand in the way of the others', async () => {
  const journal = await openJournal(dir, silentLog);
  await journal.keep([recordAt(1), recordAt(2), recordAt(3)]);
  const store = fakeStore((changes) =>
    changes.some(({ at }) => at === 2) ? new AppError('bad-input', 'never') : null,
  );

  await replayJournal(journal, store, named);

  expect(store.taken).toEqual([changeAt(1), changeAt(3)]);
  expect(journal.status()).toMatchObject({ items: 0, dropped: 1 });
  await journal.close();
});

test('a journal that cannot be written counts what it loses and stops nothing', async () => {
  const journal = await openJournal(join(dir, 'gone'), silentLog);
  rmSync(join(dir, 'gone'), { recursive: true });

  await journal.keep([recordAt(1), recordAt(2)]);

  expect(journal.status()).toMatchObject({ items: 0, dropped: 2 });
  await journal.close();
});
