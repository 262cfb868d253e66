import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { type Course, levelOf, type StepTimes, stepsDue, type TakenStep } from '../../../core/domain/escalation.ts';
import { severityOf } from '../../../core/domain/severity.ts';
import { seededRandom } from '../../support/random.ts';

const T0 = Date.UTC(2026, 10, 21, 5);
const step = (afterMinutes: number, more: Partial<StepTimes> = {}): StepTimes => ({
  afterMinutes,
  minSeverity: 'minor',
  repeat: null,
  evenIfAcknowledged: false,
  ...more,
});
const open: Course = { beganAt: T0, severity: 'minor', isAcknowledged: false, heldUntil: null, isOver: false };
const taken = (index: number, at: number, round = 0): TakenStep => ({ step: index, round, at });
const due = (
  steps: readonly StepTimes[],
  now: number,
  { course = {}, done = [], since = 0 }: { course?: Partial<Course>; done?: readonly TakenStep[]; since?: number } = {},
): string[] =>
  stepsDue(steps, { ...open, ...course }, done, { now, since }).map(({ step, round }) => `${step}/${round}`);

const STEPS = [step(0), step(15), step(60)];
const FIRST = taken(0, T0);

describe('steps', () => {
  test.each([
    ['the first at once', T0, {}, ['0/0']],
    ['none before its time', T0 + 15 * MINUTE - 1, { done: [FIRST] }, []],
    ['the second at its time', T0 + 15 * MINUTE, { done: [FIRST] }, ['1/0']],
    ['none twice', T0 + 20 * MINUTE, { done: [FIRST, taken(1, T0 + 15 * MINUTE)] }, []],
    ['none once it is over', T0 + HOUR, { course: { isOver: true } }, []],
    ['none of what was due before the policy was made', T0 + HOUR, { since: T0 + 16 * MINUTE }, ['2/0']],
    ['the first although acknowledged', T0, { course: { isAcknowledged: true } }, ['0/0']],
    ['no later one once acknowledged', T0 + 2 * HOUR, { course: { isAcknowledged: true }, done: [FIRST] }, []],
    ['none while it is held', T0 + HOUR, { course: { heldUntil: T0 + HOUR + 1 }, done: [FIRST] }, []],
    ['the first although held', T0, { course: { heldUntil: T0 + HOUR } }, ['0/0']],
  ])('%s', (_, now, options, expected) => {
    const found = due(STEPS, now, options);

    expect(found).toEqual(expected);
  });

  test('that were missed are taken late, and those after them keep their distance', () => {
    const late = T0 + 5 * HOUR;

    const found = [
      due(STEPS, late),
      due(STEPS, late + 15 * MINUTE, { done: [taken(0, late)] }),
      due(STEPS, late + 59 * MINUTE, { done: [taken(0, late), taken(1, late + 15 * MINUTE)] }),
      due(STEPS, late + 60 * MINUTE, { done: [taken(0, late), taken(1, late + 15 * MINUTE)] }),
    ];

    expect(found).toEqual([['0/0'], ['1/0'], [], ['2/0']]);
  });

  test('for what is severe wait until it is, and are counted from then on', () => {
    const steps = [step(0, { minSeverity: 'major' }), step(15, { minSeverity: 'major' })];

    const found = [
      due(steps, T0 + HOUR),
      due(steps, T0 + HOUR, { course: { severity: 'critical' } }),
      due(steps, T0 + HOUR + 14 * MINUTE, { course: { severity: 'critical' }, done: [taken(0, T0 + HOUR)] }),
      due(steps, T0 + HOUR + 15 * MINUTE, { course: { severity: 'critical' }, done: [taken(0, T0 + HOUR)] }),
    ];

    expect(found).toEqual([[], ['0/0'], [], ['1/0']]);
  });

  test('repeat as often as they say, until somebody acknowledges', () => {
    const steps = [step(0), step(10, { repeat: { everyMinutes: 5, times: 2 } })];
    const done = [FIRST, taken(1, T0 + 10 * MINUTE)];
    const twice = [...done, taken(1, T0 + 15 * MINUTE, 1), taken(1, T0 + 20 * MINUTE, 2)];

    const found = [
      due(steps, T0 + 15 * MINUTE - 1, { done }),
      due(steps, T0 + 15 * MINUTE, { done }),
      due(steps, T0 + 15 * MINUTE, { done, course: { isAcknowledged: true } }),
      due(steps, T0 + 2 * HOUR, { done: twice }),
    ];

    expect(found).toEqual([[], ['1/1'], [], []]);
  });

  test('of one time are of one level', () => {
    const steps = [step(0), step(0), step(30), step(30), step(60)];

    const levels = steps.map((_, index) => levelOf(steps, index));

    expect(levels).toEqual([0, 0, 1, 1, 2]);
  });
});

test('however often and whenever it is looked, each step is taken once, in order, none before its time', () => {
  const random = seededRandom(3);
  const below = (limit: number): number => Math.floor(random() * limit);
  for (let turn = 0; turn < 300; turn += 1) {
    const times = Array.from({ length: 1 + below(5) }, () => below(120)).sort((a, b) => a - b);
    const steps = times.map((minutes) => step(minutes));
    const done: TakenStep[] = [];
    for (let now = T0; now < T0 + 12 * HOUR; now += SECOND + below(40 * MINUTE)) {
      const found = stepsDue(steps, open, done, { now, since: 0 });
      done.push(...found.map((one) => ({ ...one, at: now })));
    }

    expect(done.map(({ step }) => step)).toEqual(steps.map((_, index) => index));
    for (const [index, { at }] of done.entries()) {
      expect(at).toBeGreaterThanOrEqual(T0 + (times[index] ?? 0) * MINUTE);
      const before = done[index - 1];
      if (before !== undefined)
        expect(at - before.at).toBeGreaterThanOrEqual(((times[index] ?? 0) - (times[index - 1] ?? 0)) * MINUTE);
    }
  }
});

test.each([
  [1, 'minor'],
  [2, 'major'],
  [9, 'major'],
  [10, 'critical'],
  [200, 'critical'],
])('%i sites are %s', (sites, expected) => {
  expect(severityOf({ sites })).toBe(expected);
});
