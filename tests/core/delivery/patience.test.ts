import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { withPatience } from '../../../core/delivery/patience.ts';

const untilAborted = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve('called off'), { once: true }));

test('the end of the time comes though garbage is collected meanwhile', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const collecting = setInterval(collect, 10);

  const ended = await withPatience(100, new AbortController().signal, (signal) =>
    withPatience(60_000, signal, untilAborted),
  );

  clearInterval(collecting);
  expect(ended).toBe('called off');
});

test('a signal calls off before the time is over, be it that it did so long ago', async () => {
  const later = new AbortController();
  const waiting = withPatience(60_000, later.signal, untilAborted);
  later.abort();

  const before = await withPatience(60_000, AbortSignal.abort(), async (signal) => signal.aborted);

  expect(await waiting).toBe('called off');
  expect(before).toBe(true);
});
