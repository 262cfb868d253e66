import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gatheredLines } from '../../api/live/gathered-lines.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function receiver() {
  const received: Buffer[] = [];
  return {
    received,
    texts: () => received.map(String),
    line: { write: (bytes: Buffer) => received.push(bytes) > 0, end: () => {} },
  };
}

test('the first after a pause goes at once, what follows within a round goes together', () => {
  const one = receiver();
  const line = gatheredLines(1_000, 200)(one.line);

  for (const text of ['a', 'b', 'c']) line.write(text);
  expect(one.texts()).toEqual(['a']);
  vi.advanceTimersByTime(200);
  expect(one.texts()).toEqual(['a', 'bc']);
  vi.advanceTimersByTime(1_000);
  line.write('d');

  expect(one.texts()).toEqual(['a', 'bc', 'd']);
});

test('what is the same for many lines is put together once, and nobody gets what is another’s', () => {
  const all = [receiver(), receiver(), receiver()] as const;
  const gathered = gatheredLines(1_000, 200);
  const lines = all.map(({ line }) => gathered(line));

  for (const line of lines) line.write('first ');
  lines[0]?.write('begin ');
  lines[1]?.write('begin ');
  lines[2]?.write('begin ');
  lines[2]?.write('own ');
  for (const line of lines) line.write('end');
  vi.advanceTimersByTime(200);

  expect(all.map(({ texts }) => texts().at(-1))).toEqual(['begin end', 'begin end', 'begin own end']);
  expect(all[0].received.at(-1)).toBe(all[1].received.at(-1));
});

test('a line says when too much waits for it, and when its receiver has had too much', () => {
  const one = receiver();
  const gathered = gatheredLines(5, 200);
  const line = gathered(one.line);
  const full = gathered({ write: () => false, end: () => {} });

  expect([line.write('first'), line.write('12345'), line.write('6')]).toEqual([true, true, false]);
  expect(full.write('first')).toBe(false);
});

test('a line that has ended writes nothing more, and the others do', () => {
  const [left, stays] = [receiver(), receiver()];
  const gathered = gatheredLines(1_000, 200);
  const lines = [gathered(left.line), gathered(stays.line)];
  for (const line of lines) for (const text of ['a', 'b']) line.write(text);

  lines[0]?.end();
  vi.advanceTimersByTime(200);

  expect([left.texts(), stays.texts()]).toEqual([['a'], ['a', 'b']]);
});
