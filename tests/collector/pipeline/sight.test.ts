import { describe, expect, test } from 'vitest';
import { type Sight, watchSight } from '../../../collector/pipeline/sight.ts';
import { type HandClock, handClock } from '../../support/hand-clock.ts';

type World = {
  readonly time: HandClock;
  readonly sight: Sight;
  readonly blind: { since: number; reason: string }[];
  readonly sentinels: Map<string, boolean>;
  readonly startedAt: number;
};

function setUp(sentinels: readonly string[] = []): World {
  const time = handClock();
  const blind: World['blind'] = [];
  const answers = new Map(sentinels.map((name) => [name, true]));
  const sight = watchSight({
    clock: time.clock,
    timers: time,
    sentinels,
    ask: (name, timeoutMs) =>
      answers.get(name) === true
        ? Promise.resolve(true)
        : new Promise((done) => time.after(timeoutMs, () => done(answers.get(name) === true))),
    onBlind: (since, reason) => blind.push({ since, reason }),
    blindAfterMs: 15_000,
  });
  return { time, sight, blind, sentinels: answers, startedAt: time.now() };
}

describe('the process itself', () => {
  test('while it runs nothing is blind', async () => {
    const { time, sight, blind, startedAt } = setUp();

    await time.advance(60_000);

    expect(blind).toEqual([]);
    expect(sight.stoodStillSince(startedAt)).toBe(false);
  });

  test('a long standstill, as of a laptop that was closed, is blindness since the last moment it ran', async () => {
    const { time, blind, startedAt } = setUp();
    await time.advance(10_000);

    time.leap(3_600_000);
    await time.advance(1_000);

    expect(blind).toEqual([{ since: startedAt + 10_000, reason: 'collector-stopped' }]);
  });

  test('a short standstill makes nothing blind, but silence over it proves nothing', async () => {
    const { time, sight, blind } = setUp();
    await time.advance(10_000);
    const before = time.now();
    time.leap(4_000);
    await time.advance(600);
    const after = time.now();
    await time.advance(1_000);

    expect(blind).toEqual([]);
    expect([sight.stoodStillSince(before), sight.stoodStillSince(after)]).toEqual([true, false]);
  });

  test('a standstill is noticed by whoever asks first, before the next tick', async () => {
    const { time, sight } = setUp();
    await time.advance(10_000);
    const before = time.now();

    time.leap(4_000);

    expect(sight.stoodStillSince(before)).toBe(true);
  });
});

describe('sentinels', () => {
  test('one that answers is enough', async () => {
    const { time, sight, blind, sentinels } = setUp(['a', 'b']);
    sentinels.set('a', false);

    await time.advance(30_000);

    expect(blind).toEqual([]);
    expect(sight.canSee()).toBe(true);
  });

  test('when all are silent it is blind within 4 s, since the last answer, and told once', async () => {
    const { time, sight, blind, sentinels, startedAt } = setUp(['a', 'b']);
    await time.advance(10_100);
    sentinels.set('a', false).set('b', false);

    await time.advance(4_000);
    const canSee = sight.canSee();
    await time.advance(60_000);

    expect(canSee).toBe(false);
    expect(blind).toEqual([{ since: startedAt + 10_000, reason: 'collector-blind' }]);
  });

  test('it sees again with the first answer', async () => {
    const { time, sight, sentinels } = setUp(['a']);
    sentinels.set('a', false);
    await time.advance(10_000);

    sentinels.set('a', true);
    await time.advance(5_000);

    expect(sight.canSee()).toBe(true);
  });

  test('before a device is said to be down the way out is proved anew', async () => {
    const { time, sight, blind, sentinels } = setUp(['a']);
    await time.advance(2_100);
    const silentSince = time.now();
    const proof = sight.hasSeenSince(silentSince);
    await time.advance(100);
    sentinels.set('a', false);
    const later = time.now() + 1;
    await time.advance(10);
    const refuted = sight.hasSeenSince(later);
    await time.advance(4_000);

    expect(await proof).toBe(true);
    expect(await refuted).toBe(false);
    expect(blind).toHaveLength(1);
  });

  test('without sentinels the way out is taken to be open', async () => {
    const { sight, time } = setUp();

    expect(await sight.hasSeenSince(time.now() + 1_000)).toBe(true);
  });
});
