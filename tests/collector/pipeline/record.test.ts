import { expect, test } from 'vitest';
import { createRecorder } from '../../../collector/pipeline/record.ts';
import type { Sample } from '../../../core/domain/sample.ts';
import { silentLog } from '../../../core/log/log.ts';
import { SeriesNames } from '../../../core/stores/series/series-names.ts';
import { handClock } from '../../support/hand-clock.ts';

const samplesFrom = (first: number, count: number): Sample[] =>
  Array.from({ length: count }, (_, at) => ({
    deviceId: 'd',
    metric: 'm',
    instance: '',
    kind: 'gauge',
    value: first + at,
    at: first + at,
  }));

function setUp(options: { maxBuffered?: number } = {}) {
  const time = handClock();
  const batches: number[][] = [];
  const store = { isAway: false };
  const recorder = createRecorder({
    series: {
      names: new SeriesNames(),
      async appendColumns({ value, length }) {
        if (store.isAway) throw new Error('away');
        batches.push([...value.slice(0, length)]);
      },
    },
    timers: time,
    log: silentLog,
    batchSize: 100,
    ...options,
  });
  return { time, batches, store, recorder };
}

test('samples are stored together after a second', async () => {
  const { time, batches, recorder } = setUp();
  recorder.add(samplesFrom(0, 3));
  recorder.add(samplesFrom(3, 3));
  await time.advance(900);
  const before = batches.length;
  await time.advance(200);

  expect(before).toBe(0);
  expect(batches).toEqual([[0, 1, 2, 3, 4, 5]]);
});

test('a full batch does not wait', async () => {
  const { time, batches, recorder } = setUp();

  recorder.add(samplesFrom(0, 250));
  await time.advance(10);

  expect(batches.map(({ length }) => length)).toEqual([100, 100]);
});

test('while the store is away they wait in order', async () => {
  const { time, batches, store, recorder } = setUp();
  store.isAway = true;
  for (let second = 0; second < 5; second++) {
    recorder.add(samplesFrom(second * 10, 10));
    await time.advance(1_000);
  }
  store.isAway = false;
  await time.advance(2_000);

  expect(batches.flat()).toEqual(Array.from({ length: 50 }, (_, at) => at));
  expect(recorder.stats()).toMatchObject({ buffered: 0, stored: 50, lost: 0 });
});

test('what goes beyond the bound is lost from the oldest on, and counted', async () => {
  const { time, batches, store, recorder } = setUp({ maxBuffered: 1_000 });
  store.isAway = true;
  for (let round = 0; round < 30; round++) {
    recorder.add(samplesFrom(round * 100, 100));
    await time.advance(1_000);
  }
  const { buffered, lost } = recorder.stats();
  store.isAway = false;
  await time.advance(30_000);

  expect([buffered, lost]).toEqual([1_000, 2_000]);
  expect(batches.flat()[0]).toBe(2_000);
});

test('the stop stores what is left', async () => {
  const { batches, recorder } = setUp();
  recorder.add(samplesFrom(0, 30));

  await recorder.stop();

  expect(batches.flat()).toHaveLength(30);
});

test('a stop while the store is away does not hang, and says what was lost', async () => {
  const { store, recorder } = setUp();
  store.isAway = true;
  recorder.add(samplesFrom(0, 30));

  await recorder.stop();

  expect(recorder.stats()).toMatchObject({ buffered: 0, lost: 30 });
});
