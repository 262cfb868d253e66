import { expect, test } from 'vitest';
import { type JournalRecord, NO_JOURNAL } from '../../../collector/pipeline/journal.ts';
import { createTransitionWriter } from '../../../collector/pipeline/transitions.ts';
import { AppError } from '../../../core/domain/errors.ts';
import { firstStatus, type Transition } from '../../../core/domain/next-state.ts';
import { silentLog } from '../../../core/log/log.ts';
import type { Transition as StoredTransition, TransitionResult } from '../../../core/stores/inventory/transitions.ts';
import { handClock } from '../../support/hand-clock.ts';
import { watchedDevice } from '../../support/probe-tools.ts';

type Line = 'open' | 'cut' | 'hangs';

/** A writer whose store a test lets answer, refuse, or say nothing at all. */
function writing() {
  const time = handClock();
  const calls: { readonly what: 'beat' | 'now' | 'late'; readonly ids: readonly string[] }[] = [];
  const kept: JournalRecord[] = [];
  const told: string[] = [];
  let line: Line = 'open';
  async function store(what: 'now' | 'late', changes: readonly StoredTransition[]): Promise<TransitionResult[]> {
    if (line === 'hangs') await new Promise(() => {});
    if (line === 'cut') throw new AppError('store-unavailable', 'away');
    calls.push({ what, ids: changes.map(({ deviceId }) => deviceId) });
    return changes.map(({ deviceId }) => ({ deviceId, outage: null }));
  }
  const writer = createTransitionWriter({
    collector: 'collector',
    statuses: {
      recordTransitions: (changes) => store('now', changes),
      recordLate: (changes) => store('late', changes),
    },
    journal: {
      ...NO_JOURNAL,
      async keep(records) {
        kept.push(...records);
      },
      async clear() {
        kept.length = 0;
      },
    },
    notify: ({ id }, { to }) => void told.push(`${id} ${to}`),
    async beat() {
      if (line === 'open') calls.push({ what: 'beat', ids: [] });
      return line === 'open';
    },
    timers: time,
    log: silentLog,
  });
  return {
    time,
    calls,
    kept,
    told,
    writer,
    setLine(next: Line) {
      line = next;
    },
    add(id: string, to: 'up' | 'down') {
      const at = time.clock();
      const transition: Transition = { from: 'unknown', to, at, detectedAt: at, reason: null, outage: null };
      writer.add(watchedDevice({ id }), transition, firstStatus(at));
    },
  };
}

test('what the store takes at once never touches the disk', async () => {
  const { add, time, calls, kept, told } = writing();

  add('a', 'up');
  add('b', 'up');
  await time.advance(5_000);

  expect(calls.map(({ what }) => what)).toEqual(['now', 'now']);
  expect(told).toEqual(['a up', 'b up']);
  expect(kept).toEqual([]);
});

test('while the store is away changes are on disk within a second, and go in together and in order, after a heartbeat', async () => {
  const { add, setLine, time, calls, kept, told, writer } = writing();
  setLine('cut');

  add('a', 'down');
  await time.advance(1_500);
  const onDisk = kept.length;
  add('a', 'up');
  add('b', 'down');
  await time.advance(60_000);
  const later = kept.length;
  setLine('open');
  await time.advance(5_000);

  expect([onDisk, later]).toEqual([1, 3]);
  expect(calls).toEqual([
    { what: 'beat', ids: [] },
    { what: 'late', ids: ['a', 'a', 'b'] },
  ]);
  expect(told).toEqual(['a down', 'a up', 'b down']);
  expect(kept).toEqual([]);
  expect(writer.stats()).toMatchObject({ waiting: 0, lost: 0, stored: 3 });
});

test('a store that says nothing for 20 s counts as away, and what it may have taken is given again', async () => {
  const { add, setLine, time, calls, kept } = writing();
  setLine('hangs');

  add('a', 'down');
  await time.advance(10_000);
  const onDisk = kept.length;
  setLine('open');
  await time.advance(5_000);
  const early = [...calls];
  await time.advance(20_000);

  expect(onDisk).toBe(1);
  expect(early).toEqual([]);
  expect(calls).toEqual([
    { what: 'beat', ids: [] },
    { what: 'late', ids: ['a'] },
  ]);
});

test('a stop while the store is away leaves what waits on disk', async () => {
  const { add, setLine, time, kept, writer } = writing();
  setLine('cut');
  add('a', 'down');
  await time.advance(200);

  await writer.stop();

  expect(kept).toHaveLength(1);
  expect(writer.stats()).toMatchObject({ waiting: 1, lost: 0 });
});
