import { expect, test } from 'vitest';
import { sharedWork } from '../../api/shared-work.ts';

/** Work that ends when told, on a clock moved by hand; a wait moves it. */
function workshop() {
  const time = { now: 0 };
  const waits: number[] = [];
  const ending: (() => void)[] = [];
  let made = 0;
  const ask = sharedWork<number>({
    now: () => time.now,
    wait: async (ms) => {
      waits.push(ms);
      time.now += ms;
    },
  });
  const work = async (): Promise<number> => {
    made += 1;
    const mine = made;
    await new Promise<void>((end) => ending.push(end));
    return mine;
  };
  /** Lets everything run that can. */
  const settle = () => new Promise((done) => setImmediate(done));
  const end = async (afterMs: number) => {
    await settle();
    time.now += afterMs;
    ending.shift()?.();
    await settle();
  };
  return { ask, work, end, waits, time, made: () => made, settle };
}

test('who ask at once share one answer, and who asks while it is made gets the next one', async () => {
  const { ask, work, end, made, settle } = workshop();

  const first = [ask('now', work), ask('now', work)];
  await settle();
  const later = [ask('now', work), ask('now', work), ask('now', work)];
  const other = ask('map', work);
  await settle();
  expect(made()).toBe(2);
  for (let n = 0; n < 3; n += 1) await end(5);

  expect(await Promise.all(first)).toEqual([1, 1]);
  expect(await other).toBe(2);
  expect(await Promise.all(later)).toEqual([3, 3, 3]);
});

test('a failure is told to those who asked, and not to those who ask next', async () => {
  const { ask } = workshop();
  const fail = () => Promise.reject(new Error('the store is away'));

  const first = [ask('now', fail), ask('now', fail)];
  const told = await Promise.allSettled(first);

  expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await ask('now', async () => 7)).toBe(7);
});

test('a few questions in a row never wait; without end they take a quarter of the time, and none waits above a second', async () => {
  const { ask, work, end, waits, time } = workshop();
  async function once(tookMs: number): Promise<void> {
    const answer = ask('coverage', work);
    await end(tookMs);
    await answer;
  }

  for (let n = 0; n < 10; n += 1) await once(20);
  expect(waits).toEqual([]);
  const from = time.now;
  for (let n = 0; n < 40; n += 1) await once(100);

  const share = (40 * 100) / (time.now - from);
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.35);
  for (let n = 0; n < 3; n += 1) await once(10_000);
  expect(Math.max(...waits)).toBe(1_000);
});
