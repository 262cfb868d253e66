import { expect, test } from 'vitest';
import { createSchedule, type Schedule } from '../../../collector/pipeline/schedule.ts';
import { type HandClock, handClock } from '../../support/hand-clock.ts';

const MINUTE = 60_000;

function setUp(maxInFlight = 512): { time: HandClock; schedule: Schedule; errors: unknown[] } {
  const time = handClock();
  const errors: unknown[] = [];
  const schedule = createSchedule({ timers: time, maxInFlight, onError: (error) => errors.push(error) });
  return { time, schedule, errors };
}

const lasts = (time: HandClock, ms: number) => () => new Promise<void>((done) => time.after(ms, done));

test('5,700 devices are spread over the interval, and each has its turn once in it', async () => {
  const { time, schedule } = setUp();
  const startedAt = time.now();
  const runs = new Map<string, number[]>();
  for (let device = 0; device < 5_700; device++) {
    const id = `device-${device}`;
    runs.set(id, []);
    schedule.set(id, {
      intervalMs: MINUTE,
      firstWithinMs: MINUTE,
      run: async () => void runs.get(id)?.push(time.now() - startedAt),
    });
  }

  await time.advance(5 * MINUTE);

  const all = [...runs.values()];
  const perSecond = new Array<number>(60).fill(0);
  for (const [first = 0] of all) perSecond[Math.floor(first / 1_000)] = (perSecond[Math.floor(first / 1_000)] ?? 0) + 1;
  expect(Math.max(...perSecond)).toBeLessThan(2 * (5_700 / 60));
  expect(Math.min(...perSecond.slice(0, 60))).toBeGreaterThan(5_700 / 60 / 2);
  // The first turn may lie a part of an interval before the grid that holds from then on.
  expect(all.every(({ length }) => length >= 4 && length <= 6)).toBe(true);
  const gaps = all.flatMap((times) => times.slice(2).map((at, index) => at - (times[index + 1] ?? 0)));
  expect(Math.max(...gaps.map((gap) => Math.abs(gap - MINUTE)))).toBeLessThanOrEqual(40);
  expect(schedule.stats().lagMs.max).toBeLessThanOrEqual(40);
});

test('slow devices delay nobody while there are places free, and never run twice at once', async () => {
  const { time, schedule } = setUp(100);
  let slowAtOnce = 0;
  let most = 0;
  const fast: number[] = [];
  for (let device = 0; device < 20; device++) {
    schedule.set(`slow-${device}`, {
      intervalMs: 6_000,
      firstWithinMs: 6_000,
      async run() {
        slowAtOnce++;
        most = Math.max(most, slowAtOnce);
        await lasts(time, 50_000)();
        slowAtOnce--;
      },
    });
  }
  for (let device = 0; device < 500; device++)
    schedule.set(`fast-${device}`, {
      intervalMs: 6_000,
      firstWithinMs: 6_000,
      run: async () => void fast.push(time.now()),
    });

  await time.advance(120_000);

  expect(most).toBe(20);
  expect(fast.length).toBeGreaterThanOrEqual(500 * 19);
  expect(schedule.stats().lagMs.max).toBeLessThanOrEqual(40);
  expect(schedule.stats().overruns).toBeGreaterThan(20 * 8);
});

test('no more run at once than there are places, and the lag shows what waits', async () => {
  const { time, schedule } = setUp(10);
  let atOnce = 0;
  let most = 0;
  for (let device = 0; device < 200; device++) {
    schedule.set(`device-${device}`, {
      intervalMs: 6_000,
      firstWithinMs: 1_000,
      async run() {
        atOnce++;
        most = Math.max(most, atOnce);
        await lasts(time, 1_000)();
        atOnce--;
      },
    });
  }

  await time.advance(3_000);

  const { due, inFlight, lagMs } = schedule.stats();
  expect([most, inFlight]).toEqual([10, 10]);
  expect(due).toBeGreaterThan(150);
  await time.advance(6_000);
  expect(schedule.stats().lagMs.max).toBeGreaterThan(lagMs.max);
});

test('a hastened task comes sooner, once', async () => {
  const { time, schedule } = setUp();
  const startedAt = time.now();
  const times: number[] = [];
  schedule.set('device', {
    intervalMs: MINUTE,
    firstWithinMs: 1,
    run: async () => void times.push(time.now() - startedAt),
  });
  await time.advance(100);

  schedule.hasten('device', 1_000);
  await time.advance(5_000);

  expect(times).toHaveLength(2);
  expect(times[1]).toBeGreaterThanOrEqual(1_100);
  expect(times[1]).toBeLessThanOrEqual(1_140);
});

test('a task that hastens itself from within comes again after its own end', async () => {
  const { time, schedule } = setUp();
  const startedAt = time.now();
  const times: number[] = [];
  schedule.set('device', {
    intervalMs: MINUTE,
    firstWithinMs: 1,
    async run() {
      times.push(time.now() - startedAt);
      if (times.length < 3) schedule.hasten('device', 1_000);
      await lasts(time, 500)();
    },
  });

  await time.advance(10_000);

  expect(times).toHaveLength(3);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1_500);
});

test('a removed task comes no more, also when it was removed while it ran', async () => {
  const { time, schedule } = setUp();
  let count = 0;
  const run = async (): Promise<void> => {
    count++;
    await lasts(time, 100)();
  };
  schedule.set('a', { intervalMs: 1_000, firstWithinMs: 1, run });
  schedule.set('b', { intervalMs: 1_000, firstWithinMs: 1, run });
  schedule.remove('a');
  await time.advance(50);

  schedule.remove('b');
  await time.advance(10_000);

  expect(count).toBe(1);
  expect(schedule.stats()).toMatchObject({ tasks: 0, inFlight: 0, due: 0 });
});

test('a task that is run at once keeps its place in the interval', async () => {
  const { time, schedule } = setUp();
  let count = 0;
  schedule.set('device', { intervalMs: MINUTE, firstWithinMs: MINUTE, run: async () => void count++ });

  const isThere = await schedule.runNow('device');
  const isMissing = await schedule.runNow('other');
  await time.advance(2 * MINUTE);

  expect([isThere, isMissing]).toEqual([true, false]);
  expect(count).toBeGreaterThanOrEqual(2);
  expect(count).toBeLessThanOrEqual(4);
});

test('after a standstill each task comes once, not once for each turn it missed', async () => {
  const { time, schedule } = setUp();
  let count = 0;
  for (let device = 0; device < 100; device++)
    schedule.set(`device-${device}`, { intervalMs: 6_000, firstWithinMs: 6_000, run: async () => void count++ });
  await time.advance(12_000);
  const before = count;

  time.leap(3_600_000);
  await time.advance(1_000);

  expect(count - before).toBeGreaterThanOrEqual(100);
  expect(count - before).toBeLessThanOrEqual(200);
});

test('a task that fails is told of and comes again', async () => {
  const { time, schedule, errors } = setUp();
  schedule.set('device', { intervalMs: 1_000, firstWithinMs: 1, run: () => Promise.reject(new Error('unexpected')) });

  await time.advance(3_500);

  expect(errors.length).toBeGreaterThanOrEqual(3);
});

test('a stopped schedule waits for what is under way and starts nothing more', async () => {
  const { time, schedule } = setUp();
  let ended = 0;
  schedule.set('device', {
    intervalMs: 1_000,
    firstWithinMs: 1,
    async run() {
      await lasts(time, 300)();
      ended++;
    },
  });
  await time.advance(50);

  const stopped = schedule.stop();
  await time.advance(10_000);
  await stopped;

  expect(ended).toBe(1);
  await schedule.runNow('device').then((ran) => expect(ran).toBe(false));
});
