import { expect, test } from 'vitest';
import { memo } from '../../../api/read-models/memo.ts';

function counter(options: { freshMs: number; staleMs?: number; entries?: number }) {
  const time = { now: 0 };
  const made: string[] = [];
  const remembered = memo<number>({ clock: () => time.now, entries: 10, ...options });
  const ask = (key: string) => remembered.get(key, async () => made.push(key));
  return { time, made, ask, clear: remembered.clear };
}

test('those who ask at once and soon after share one answer', async () => {
  const { time, ask } = counter({ freshMs: 1000 });

  const answers = await Promise.all([ask('a'), ask('a'), ask('a')]);
  time.now = 999;
  answers.push(await ask('a'));
  time.now = 1000;
  answers.push(await ask('a'));

  expect(answers).toEqual([1, 1, 1, 1, 2]);
});

test('a stale answer is given while one new one is being made', async () => {
  const { time, ask, made } = counter({ freshMs: 1000, staleMs: 5000 });
  await ask('a');

  time.now = 2000;
  const stale = await Promise.all([ask('a'), ask('a')]);
  const fresh = await ask('a');
  time.now = 7000;
  const tooOld = await ask('a');

  expect(stale).toEqual([1, 1]);
  expect(fresh).toBe(2);
  expect(tooOld).toBe(3);
  expect(made).toHaveLength(3);
});

test('a failure is told to those who wait, and not kept', async () => {
  const { get } = memo<number>({ clock: () => 0, freshMs: 1000, entries: 10 });

  const failed = get('a', () => Promise.reject(new Error('away')));

  await expect(failed).rejects.toThrow('away');
  expect(await get('a', async () => 1)).toBe(1);
});

test('only so many answers are kept, and none after clearing', async () => {
  const { ask, made, clear } = counter({ freshMs: 1000, entries: 2 });

  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(key);
  clear();
  await ask('a');

  expect(made.join('')).toBe('abcba');
});
