import { describe, expect, test } from 'vitest';
import { DEFAULT_COLLECTOR_CONFIG } from '../../../collector/config.ts';
import { LINE_POLICIES } from '../../../core/domain/line-policy.ts';
import {
  awaitsConfirmation,
  DEFAULT_STATE_POLICY,
  type DeviceStatus,
  firstStatus,
  isBehindParent,
  nextState,
  type Observation,
  type StatePolicy,
  type StateStep,
  type Transition,
} from '../../../core/domain/next-state.ts';

/** As for a question that takes care of lost packets by itself: what is true of three is true of eight. */
const policy: StatePolicy = { ...DEFAULT_STATE_POLICY, failures: 3, failuresWhenCutOff: 2 };

type Letter = 'a' | 's' | '.' | 'c' | 'b';
/** a = answered at once, s = answered slowly, . = silent, c = silent and cut off, b = blind since the last step. */
const LETTERS: readonly Letter[] = ['a', 's', '.', 'c', 'b'];
const STEP = 6_000;

function observation(letter: Letter, at: number): Observation {
  switch (letter) {
    case 'a':
      return { kind: 'answered', at, roundTripMs: 20, lossPercent: 0 };
    case 's':
      return { kind: 'answered', at, roundTripMs: 5_000, lossPercent: 0 };
    case '.':
      return { kind: 'silent', at, failure: 'timeout' };
    case 'c':
      return { kind: 'silent', at, failure: 'timeout', isCutOff: true };
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
    const { status, transitions } = walk('aa.'.repeat(16));

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

  test('the packets of a check count one by one, and the first of them says since when', () => {
    const { status } = walk('a');
    const silence = { kind: 'silent', failure: 'timeout' } as const;

    const some = nextState(status, { ...silence, at: 15_000, since: 12_000, packets: 2 }, policy);
    const enough = nextState(some.status, { ...silence, at: 16_000, packets: 1 }, policy);

    expect(some).toMatchObject({ transition: null, status: { memory: { failures: 2, silentSince: 12_000 } } });
    expect(enough.transition).toMatchObject({ to: 'down', at: STEP, detectedAt: 16_000 });
  });

  test('lost packets of a check that was answered make it lossy as lost checks would', () => {
    const share = (lost: number): number => (100 * lost) / (lost + 1);
    let { status } = walk('a');

    for (let check = 2; check < 60; check++) {
      const answer = {
        kind: 'answered',
        at: check * STEP,
        roundTripMs: 20,
        packets: 2,
        lossPercent: share(1),
      } as const;
      status = nextState(status, answer, policy).status;
    }

    expect(status).toMatchObject({ state: 'degraded', reason: 'loss' });
    expect(status.memory.lossPercent).toBeGreaterThan(45);
  });

  test('a device behind parents that are down is unknown since its last answer, and its outage is the parents', () => {
    const { steps, status } = walk('aacc');

    expect(steps[2]?.transition).toBeNull();
    expect(steps[3]?.transition).toEqual({
      from: 'up',
      to: 'unknown',
      at: 2 * STEP,
      detectedAt: 4 * STEP,
      reason: 'parent-down',
      outage: 'open',
    });
    expect(status.memory).toMatchObject({ inOutage: true, isParentsOutage: true, failures: 0 });
  });

  test('behind them it stays unknown however long, and one answer ends the outage', () => {
    const { steps } = walk('acccccca');

    expect(steps.slice(3, 7).map(({ transition }) => transition)).toEqual([null, null, null, null]);
    expect(steps[7]?.transition).toMatchObject({ from: 'unknown', to: 'up', at: 8 * STEP, outage: 'close' });
  });

  test('when they are back and it is not, the outage becomes its own from the first silence since', () => {
    const { steps } = walk('acccc...aa');

    expect(steps.slice(5, 7).map(({ transition }) => transition)).toEqual([null, null]);
    expect(steps[7]?.transition).toMatchObject({ from: 'unknown', to: 'down', at: 6 * STEP, outage: 'own' });
    expect(steps[9]?.transition).toMatchObject({ to: 'up', at: 9 * STEP, outage: 'close' });
  });

  test('a device that fell before its parents did stays down', () => {
    const { status, transitions } = walk('a...ccccc');

    expect(status.state).toBe('down');
    expect(transitions.map(({ outage }) => outage)).toEqual([null, 'open']);
  });

  test('blindness is told from being cut off, and the outage goes on through both', () => {
    const { transitions } = walk('acccbccc...');

    expect(transitions.map(({ to, reason, outage }) => [to, reason, outage])).toEqual([
      ['up', null, null],
      ['unknown', 'parent-down', 'open'],
      ['unknown', 'collector-blind', null],
      ['unknown', 'parent-down', null],
      ['down', 'timeout', 'own'],
    ]);
  });

  test('a goodbye needs no second one, and behind parents that are down it says nothing', () => {
    const { status } = walk('a');
    const goodbye = { kind: 'silent', at: 9_000, failure: 'unreachable', isCertain: true } as const;

    const own = nextState(status, goodbye, policy);
    const cutOff = nextState(status, { ...goodbye, isCutOff: true }, policy);

    expect([own.transition?.to, cutOff.transition?.to]).toEqual(['down', 'unknown']);
  });

  test('with the default timing a fall is found 9.3 s after the last answer', () => {
    const { failures, gapMs } = DEFAULT_STATE_POLICY;
    const { reachIntervalMs, reachTimeoutMs } = DEFAULT_COLLECTOR_CONFIG;
    const at = reachIntervalMs + (failures - 1) * (gapMs ?? 0) + reachTimeoutMs;

    const seen = nextState(firstStatus(-1), observation('a', 0), DEFAULT_STATE_POLICY).status;
    const lost = { kind: 'silent', at, since: reachIntervalMs, failure: 'timeout', packets: failures } as const;
    const { status, transition } = nextState(seen, lost, DEFAULT_STATE_POLICY);

    expect(status).toMatchObject({ state: 'down', since: 0 });
    expect(transition?.detectedAt).toBe(9_300);
  });

  test('with the default policy a week of 11,000 devices has far less than one false fall to be expected', () => {
    const checks = (11_000 * 7 * 86_400_000) / DEFAULT_COLLECTOR_CONFIG.reachIntervalMs;
    const vsat = LINE_POLICIES.vsat.policy.failures ?? 0;

    expect(checks * 0.02 ** DEFAULT_STATE_POLICY.failures).toBeLessThan(1e-4);
    expect(checks * (1 - 0.98 ** 2) ** DEFAULT_STATE_POLICY.failures).toBeLessThan(1e-2);
    // A thousand satellite lines that lose a packet in ten.
    expect((checks / 11) * 0.1 ** vsat).toBeLessThan(0.2);
  });
});

/** A silence that counts as the device's own, and one that need not. */
const OWN = '.'.repeat(policy.failures);
const FALLS = new RegExp(`[.c]{${policy.failures - 1}}\\.$`);

describe('every sequence of up to six observations', () => {
  const all = [...sequences(6)];

  test('a device is never down without the required silences in a row, none of them before blindness', () => {
    const wrong = all.filter((letters) => {
      const last = walk(letters).steps.at(-1);
      return last?.transition?.to === 'down' && !FALLS.test(letters);
    });

    expect(wrong).toEqual([]);
  });

  test('the required silences always make it down', () => {
    const wrong = all.filter((letters) => letters.endsWith(OWN) && walk(letters).status.state !== 'down');

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
          : transition.from !== before ||
              transition.to !== state ||
              // Unknown may become unknown for another reason.
              (state === before && state !== 'unknown');
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
        const isWrong = (opens && isOpen) || ((closes || transition?.outage === 'own') && !isOpen);
        isOpen = (isOpen || opens) && !closes;
        return (
          isWrong ||
          status.memory.inOutage !== isOpen ||
          ((status.state === 'down' || isBehindParent(status)) && !isOpen)
        );
      });
    });

    expect(wrong).toEqual([]);
  });

  test('an outage is the parents until it is the own once, and never the parents again', () => {
    const wrong = all.filter((letters) => {
      let isParents = false;
      return walk(letters).steps.some(({ status, transition }) => {
        if (transition?.outage === 'open') isParents = transition.reason === 'parent-down';
        const isWrong = transition?.outage === 'own' && !isParents;
        if (transition?.outage === 'own' || transition?.outage === 'close') isParents = false;
        return isWrong || status.memory.isParentsOutage !== isParents || (status.state === 'down' && isParents);
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
