import { expect, test } from 'vitest';
import type { Asked } from '../../../collector/pipeline/ask.ts';
import { sendVolley, type VolleyOptions } from '../../../collector/pipeline/volley.ts';
import { ProbeError, type ProbeFailure } from '../../../core/domain/errors.ts';
import { type HandClock, handClock } from '../../support/hand-clock.ts';

const T0 = 1_800_000_000_000;
const TIMEOUT_MS = 1_350;

type Packet = { readonly roundTripMs: number } | { readonly error: ProbeError; readonly afterMs: number } | 'lost';

type Volley = {
  readonly time: HandClock;
  readonly leftAt: number[];
  readonly doubts: number[];
  /** How it ended, and when; null while it has not. */
  outcome(): { readonly asked: Asked; readonly afterMs: number } | null;
};

/** A volley whose packets fare as they are told to; those beyond are lost. */
function setUp(fates: readonly Packet[], options: Partial<VolleyOptions> = {}): Volley {
  const time = handClock(T0);
  const leftAt: number[] = [];
  const doubts: number[] = [];
  let outcome: ReturnType<Volley['outcome']> = null;
  const send = (): Promise<Asked> => {
    const fate = fates[leftAt.length] ?? 'lost';
    leftAt.push(time.clock() - T0);
    const silence = (failure: ProbeFailure, error: ProbeError): Asked => ({
      observation: { kind: 'silent', at: time.clock(), failure },
      error,
    });
    return new Promise((resolve) => {
      if (fate === 'lost')
        time.after(TIMEOUT_MS, () => resolve(silence('timeout', new ProbeError('timeout', 'no answer'))));
      else if ('error' in fate) time.after(fate.afterMs, () => resolve(silence(fate.error.failure, fate.error)));
      else {
        const { roundTripMs } = fate;
        time.after(roundTripMs, () =>
          resolve({
            observation: { kind: 'answered', at: time.clock(), roundTripMs, lossPercent: 0 },
            answer: { roundTripMs },
          }),
        );
      }
    });
  };
  void sendVolley({
    clock: time.clock,
    timers: time,
    send,
    packets: 8,
    firstGapMs: 350,
    gapMs: 350,
    inDoubt(sent) {
      doubts.push(sent);
      return 8;
    },
    ...options,
  }).then((asked) => {
    outcome = { asked, afterMs: time.clock() - T0 };
  });
  return { time, leftAt, doubts, outcome: () => outcome };
}

test('an answer ends the check with its first packet, and nothing more leaves', async () => {
  const { time, leftAt, doubts, outcome } = setUp([{ roundTripMs: 20 }]);

  await time.advance(10_000);

  expect(outcome()).toMatchObject({ afterMs: 20, asked: { observation: { kind: 'answered', lossPercent: 0 } } });
  expect([leftAt, doubts]).toEqual([[0], []]);
});

test('where nothing answers eight packets leave a part of a second apart, and all of them count', async () => {
  const { time, leftAt, outcome } = setUp([]);

  await time.advance(10_000);

  expect(leftAt).toEqual([0, 350, 700, 1_050, 1_400, 1_750, 2_100, 2_450]);
  expect(outcome()).toMatchObject({
    afterMs: 3_800,
    asked: { observation: { kind: 'silent', failure: 'timeout', since: T0, packets: 8 } },
  });
});

test('any answer to any of them ends it, with what was lost before', async () => {
  const { time, leftAt, outcome } = setUp(['lost', 'lost', 'lost', { roundTripMs: 40 }]);

  await time.advance(10_000);

  expect(outcome()).toMatchObject({
    afterMs: 1_090,
    asked: { observation: { kind: 'answered', roundTripMs: 40, lossPercent: 75, packets: 4 } },
  });
  expect(leftAt).toHaveLength(4);
});

test('packets that come to nothing after the answer put nothing in doubt any more', async () => {
  const { time, doubts } = setUp(['lost', { roundTripMs: 40 }]);
  await time.advance(400);
  doubts.length = 0;

  await time.advance(10_000);

  expect(doubts).toEqual([]);
});

test('a late answer to the first packet is an answer, and nothing was lost', async () => {
  const { time, outcome } = setUp([{ roundTripMs: 1_300 }]);

  await time.advance(10_000);

  expect(outcome()?.asked.observation).toMatchObject({
    kind: 'answered',
    roundTripMs: 1_300,
    lossPercent: 0,
    packets: 1,
  });
});

test('a line that is slow by nature is asked again only when its answer is late', async () => {
  const { time, leftAt, doubts } = setUp([{ roundTripMs: 650 }], { firstGapMs: 975 });

  await time.advance(10_000);

  expect([leftAt, doubts]).toEqual([[0], []]);
});

test('as soon as less is needed no more leaves', async () => {
  const { time, leftAt, outcome } = setUp([], { inDoubt: (sent) => (sent >= 2 ? 3 : 8) });

  await time.advance(10_000);

  expect(leftAt).toHaveLength(3);
  expect(outcome()).toMatchObject({ afterMs: 2_050, asked: { observation: { kind: 'silent', packets: 3 } } });
});

test('a refusal was not lost on the way: three of them are enough', async () => {
  const refused = (): Packet => ({ error: new ProbeError('refused', 'closed'), afterMs: 5 });
  const { time, leftAt, outcome } = setUp([refused(), refused(), refused()]);

  await time.advance(10_000);

  expect(leftAt).toEqual([0, 350, 700]);
  expect(outcome()).toMatchObject({ afterMs: 705, asked: { observation: { kind: 'silent', failure: 'refused' } } });
});

test('a failure that is handed out again while nothing was sent counts once', async () => {
  const one: Packet = { error: new ProbeError('refused', 'resting'), afterMs: 1 };
  const other: Packet = { error: new ProbeError('refused', 'refused again'), afterMs: 1 };
  const { time, outcome } = setUp([one, one, one, other, other, other]);

  await time.advance(1_000);
  const early = outcome();
  await time.advance(10_000);

  expect(early).toBeNull();
  expect(outcome()?.asked.observation).toMatchObject({ kind: 'silent', packets: 8 });
});

test('a failure that is handed out for ever ends all the same, without having counted for more', async () => {
  const one: Packet = { error: new ProbeError('refused', 'resting'), afterMs: 1 };
  const { time, leftAt, outcome } = setUp(Array.from({ length: 50 }, () => one));

  await time.advance(60_000);

  expect(leftAt).toHaveLength(16);
  expect(outcome()?.asked.observation).toMatchObject({ kind: 'silent', packets: 3 });
});

test('what cannot be asked at all is said at once', async () => {
  const observation = { kind: 'blind', at: T0, since: T0, reason: 'not-supported' } as const;
  const { time, outcome } = setUp([], { send: async () => ({ observation }) });

  await time.advance(1);

  expect(outcome()?.asked.observation).toEqual(observation);
});

test('a single question stays one', async () => {
  const { time, leftAt, outcome } = setUp([], { packets: 1 });

  await time.advance(10_000);

  expect(leftAt).toEqual([0]);
  expect(outcome()).toMatchObject({ afterMs: TIMEOUT_MS });
});

test('an unexpected error is handed on, and nothing more leaves', async () => {
  const time = handClock(T0);
  let sent = 0;
  const volley = sendVolley({
    clock: time.clock,
    timers: time,
    send() {
      sent++;
      return Promise.reject(new TypeError('unexpected'));
    },
    packets: 8,
    firstGapMs: 350,
    gapMs: 350,
    inDoubt: () => 8,
  });

  await expect(volley).rejects.toThrow('unexpected');
  await time.advance(10_000);

  expect(sent).toBe(1);
});
