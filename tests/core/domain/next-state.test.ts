import { describe, expect, test } from 'vitest';
import {
  awaitsConfirmation,
  DEFAULT_STATE_POLICY,
  type DeviceStatus,
  firstStatus,
  nextState,
  type Observation,
  type StateStep,
  type Transition,
} from '../../../core/domain/next-state.ts';

const policy = DEFAULT_STATE_POLICY;

type Letter = 'a' | 's' | '.' | 'b';
/** a = answered at once, s = answered slowly, . = silent, b = blind since the last step. */
const LETTERS: readonly Letter[] = ['a', 's', '.', 'b'];
const STEP = 6_000;

function observation(letter: Letter, at: number): Observation {
  switch (letter) {
    case 'a':
      return { kind: 'answered', at, roundTripMs: 20, lossPercent: 0 };
    case 's':
      return { kind: 'answered', at, roundTripMs: 5_000, lossPercent: 0 };
    case '.':
      return { kind: 'silent', at, failure: 'timeout' };
    case 'b':
      return { kind: 'blind', at, since: at - STEP, reason: 'collector-blind' };
  }
}

/** Every step of a sequence that starts with a device nobody has seen, one observation each 6 s from 6 s on. */
function walk(letters: string): { status: DeviceStatus; steps: StateStep[]; transitions: Transition[] } {
  let status = firstStatus(0);
  const steps: StateStep[] = [];
  [...letters].forEach((letter, index) => {
    const step = nextState(status, observation(letter as Letter, (index + 1) * STEP), policy);
    steps.push(step);
    status = step.status;
  });
  return { status, steps, transitions: steps.flatMap(({ transition }) => transition ?? []) };
}

/** Every sequence of the alphabet up to a length. */
function* sequences(length: number, prefix = ''): Generator<string> {
  if (prefix !== '') yield prefix;
  if (prefix.length === length) return;
  for (const letter of LETTERS) yield* sequences(length, prefix + letter);
}

describe('single rules', () => {
  test('a device is up with its first answer, from that moment', () => {
    const { status, transitions } = walk('a');

    expect(status).toMatchObject({ state: 'up', since: STEP, lastSeenAt: STEP, reason: null });
    expect(transitions).toEqual([
      { from: 'unknown', to: 'up', at: STEP, detectedAt: STEP, reason: null, outage: null },
    ]);
  });

  test('three silences in a row make it down since its last answer', () => {
    const { status, transitions } = walk('aa...');

    expect(status).toMatchObject({ state: 'down', since: 2 * STEP, reason: 'timeout' });
    expect(transitions.at(-1)).toEqual({
      from: 'up',
      to: 'down',
      at: 2 * STEP,
      detectedAt: 5 * STEP,
      reason: 'timeout',
      outage: 'open',
    });
  });

  test('an answer between silences begins the count anew', () => {
    const { transitions } = walk('a..a..a..');

    expect(transitions.map(({ to }) => to)).not.toContain('down');
  });

  test('a device that never answered is down since the first silence', () => {
    const { status } = walk('...');

    expect(status).toMatchObject({ state: 'down', since: STEP });
  });

  test('one answer does not end an outage, two do, and it ends with the first of them', () => {
    const { steps } = walk('a...aa');

    expect(steps[4]?.transition).toBeNull();
    expect(steps[5]?.transition).toMatchObject({ to: 'up', at: 5 * STEP, detectedAt: 6 * STEP, outage: 'close' });
  });

  test('blindness makes unknown from the moment of the last sight, and never opens an outage', () => {
    const { transitions } = walk('ab');

    expect(transitions.at(-1)).toMatchObject({ from: 'up', to: 'unknown', at: STEP, outage: null });
  });

  test('after blindness a silent device needs the full confirmation, and is down since the first silence after it', () => {
    const { steps } = walk('a..b...');

    expect(steps.slice(4, 6).map(({ transition }) => transition)).toEqual([null, null]);
    expect(steps[6]?.transition).toMatchObject({ from: 'unknown', to: 'down', at: 5 * STEP, outage: 'open' });
  });

  test('an outage that was open before blindness goes on after it and is not opened twice', () => {
    const { transitions } = walk('a...b...aa');

    expect(transitions.map(({ outage }) => outage)).toEqual([null, 'open', null, null, 'close']);
  });

  test('slow answers make it degraded with hysteresis, fast ones up again', () => {
    const { transitions } = walk(`a${'s'.repeat(3)}${'a'.repeat(10)}`);

    expect(transitions.map(({ to, reason }) => [to, reason])).toEqual([
      ['up', null],
      ['degraded', 'slow'],
      ['up', null],
    ]);
  });

  test('a single slow answer changes nothing', () => {
    const one = nextState(
      walk('aa').status,
      { kind: 'answered', at: 3 * STEP, roundTripMs: 1_400, lossPercent: 0 },
      policy,
    );

    expect(one.transition).toBeNull();
  });

  test('a line that loses every third packet is degraded by loss, not down', () => {
    const { status, transitions } = walk('aa.'.repeat(8));

    expect(status).toMatchObject({ state: 'degraded', reason: 'loss' });
    expect(transitions.map(({ to }) => to)).not.toContain('down');
  });

  test('memory is plain JSON', () => {
    const { status } = walk('a.s..b.a');

    expect(JSON.parse(JSON.stringify(status))).toEqual(status);
  });

  test('a result that awaits confirmation is checked again soon', () => {
    const awaiting = ['a', 'a.', 'a..', 'a...', 'a...a', 'a...aa', '.', 'b'].map((letters) =>
      awaitsConfirmation(walk(letters).status, policy),
    );

    expect(awaiting).toEqual([false, true, true, false, true, false, true, false]);
  });

  test('with the default timing the fall is found within 13 s of the last answer', () => {
    const timeoutMs = 1_500;
    let at = 0;
    let status = nextState(firstStatus(-1), observation('a', at), policy).status;
    let wait = 6_000;
    while (status.state !== 'down') {
      at += wait + timeoutMs;
      status = nextState(status, observation('.', at), policy).status;
      wait = policy.confirmDelayMs;
    }

    expect(at).toBe(12_500);
    expect(status.since).toBe(0);
  });
});

describe('every sequence of up to seven observations', () => {
  const all = [...sequences(7)];

  test('a device is never down without the required silences in a row, none of them before blindness', () => {
    const wrong = all.filter((letters) => {
      const last = walk(letters).steps.at(-1);
      return last?.transition?.to === 'down' && !letters.endsWith('.'.repeat(policy.failures));
    });

    expect(wrong).toEqual([]);
  });

  test('the required silences always make it down', () => {
    const wrong = all.filter((letters) => letters.endsWith('...') && walk(letters).status.state !== 'down');

    expect(wrong).toEqual([]);
  });

  test('after blindness it is unknown, and after an answer never unknown and never freshly down', () => {
    const wrong = all.filter((letters) => {
      const { status, steps } = walk(letters);
      if (letters.endsWith('b')) return status.state !== 'unknown';
      if (!/[as]$/.test(letters)) return false;
      return status.state === 'unknown' || steps.at(-1)?.transition?.to === 'down';
    });

    expect(wrong).toEqual([]);
  });

  test('moments of transitions never run backwards, and none lies after its detection', () => {
    const wrong = all.filter((letters) => {
      const { transitions } = walk(letters);
      return transitions.some(({ at, detectedAt }, index) => at > detectedAt || at < (transitions[index - 1]?.at ?? 0));
    });

    expect(wrong).toEqual([]);
  });

  test('each transition leads from the state before to another', () => {
    const wrong = all.filter((letters) => {
      let state = 'unknown';
      return walk(letters).steps.some(({ status, transition }) => {
        const before = state;
        state = status.state;
        return transition === null
          ? state !== before
          : transition.from !== before || transition.to !== state || state === before;
      });
    });

    expect(wrong).toEqual([]);
  });

  test('outages open and close in turns, and one is open whenever it is down', () => {
    const wrong = all.filter((letters) => {
      let isOpen = false;
      return walk(letters).steps.some(({ status, transition }) => {
        const opens = transition?.outage === 'open';
        const closes = transition?.outage === 'close';
        const isWrong = (opens && isOpen) || (closes && !isOpen);
        isOpen = (isOpen || opens) && !closes;
        return isWrong || status.memory.inOutage !== isOpen || (status.state === 'down' && !isOpen);
      });
    });

    expect(wrong).toEqual([]);
  });

  test('the same observation again, or an older one, changes nothing', () => {
    const wrong = all.filter((letters) => {
      const { status } = walk(letters);
      const at = letters.length * STEP;
      return LETTERS.some((letter) =>
        [at, at - 1].some((when) => {
          const again = nextState(status, observation(letter, when), policy);
          return again.transition !== null || again.status !== status;
        }),
      );
    });

    expect(wrong).toEqual([]);
  });

  test('the last answer is remembered whatever follows', () => {
    const wrong = all.filter((letters) => {
      const last = Math.max(letters.lastIndexOf('a'), letters.lastIndexOf('s'));
      return walk(letters).status.lastSeenAt !== (last < 0 ? null : (last + 1) * STEP);
    });

    expect(wrong).toEqual([]);
  });
});
