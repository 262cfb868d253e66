import { expect, test } from 'vitest';
import { AppError } from '../../../../core/domain/errors.ts';
import { together } from '../../../../core/services/portal/together.ts';

const LIMITS = { most: 3, mostWaiting: 5 };

test('what comes while a go is under way shares the next one, and each gets its own result', async () => {
  const goes: (readonly number[])[] = [];
  const go = together(async (items: readonly number[]) => {
    goes.push(items);
    await new Promise(setImmediate);
    return items.map((item) => item * 10);
  }, LIMITS);

  const first = go.add(1);
  await new Promise(setImmediate);
  const others = Promise.all([2, 3, 4, 5].map((item) => go.add(item)));

  expect(await first).toBe(10);
  expect(await others).toEqual([20, 30, 40, 50]);
  expect(goes).toEqual([[1], [2, 3, 4], [5]]);
});

test('one that cannot be done costs no other', async () => {
  const go = together(async (items: readonly number[]) => {
    if (items.includes(2)) throw new Error('two is wrong');
    return items;
  }, LIMITS);

  const results = await Promise.allSettled([1, 2, 3].map((item) => go.add(item)));

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('where the store is away all fail at once, and nothing is tried again one by one', async () => {
  let goes = 0;
  const go = together(async (_: readonly number[]): Promise<number[]> => {
    goes += 1;
    throw new AppError('store-unavailable', 'away');
  }, LIMITS);

  const results = await Promise.allSettled([1, 2, 3].map((item) => go.add(item)));

  expect(results.every(({ status }) => status === 'rejected')).toBe(true);
  expect(goes).toBe(1);
});

test('no more waits than is taken on, and a drain waits for all of it', async () => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let done = 0;
  const go = together(async (items: readonly number[]) => {
    await held;
    done += items.length;
    return items;
  }, LIMITS);
  const taken = [go.add(0)];
  await new Promise(setImmediate);
  for (let item = 1; item <= 5; item++) taken.push(go.add(item));

  await expect(go.add(6)).rejects.toMatchObject({ code: 'store-unavailable' });
  release();
  await go.drain();

  expect(done).toBe(6);
  await Promise.all(taken);
});
