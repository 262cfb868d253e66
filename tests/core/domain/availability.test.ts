import { describe, expect, test } from 'vitest';
import {
  addTallies,
  availabilityParts,
  availabilityPercent,
  CONDITIONS,
  type Condition,
  type ConditionLine,
  deviceLine,
  EXCLUSION_REASONS,
  type ExcludedTime,
  endCondition,
  linkCondition,
  NO_TIME,
  type StateSpan,
  siteCondition,
  type Tally,
  tallyOf,
  villageCondition,
  withExclusions,
} from '../../../core/domain/availability.ts';
import { SECOND } from '../../../core/domain/clock.ts';
import { STATES } from '../../../core/domain/state.ts';
import { combined } from '../../../core/domain/timeline.ts';
import { seededRandom } from '../../support/random.ts';

const T0 = Date.UTC(2026, 9, 1);
const s = (second: number): number => T0 + Math.round(second * SECOND);
const period = { from: s(0), to: s(100) };
const span = (from: number, to: number, state: StateSpan['state'], reason: string | null = null): StateSpan => ({
  from: s(from),
  to: s(to),
  state,
  reason,
});
const told = (line: ConditionLine): string =>
  line.map(({ from, to, value }) => `${(from - T0) / SECOND}-${(to - T0) / SECOND} ${value}`).join(', ');
const tally = (parts: Partial<Tally>): Tally => ({ ...NO_TIME, ...parts });

describe('the line of a device', () => {
  test('is unknown where nothing is stored', () => {
    expect(told(deviceLine([], period))).toBe('0-100 unknown');
    expect(told(deviceLine([span(30, 60, 'up')], period))).toBe('0-30 unknown, 30-60 up, 60-100 unknown');
  });

  test('is clipped to the period', () => {
    expect(told(deviceLine([span(-50, 10, 'down'), span(10, 500, 'up')], period))).toBe('0-10 down, 10-100 up');
  });

  test('takes boundaries at their whole second, and drops what begins and ends in one', () => {
    const spans = [span(0, 10.9, 'up'), span(10.9, 11.2, 'down'), span(11.2, 11.9, 'up'), span(11.9, 100, 'degraded')];

    expect(told(deviceLine(spans, period))).toBe('0-10 up, 10-11 down, 11-100 degraded');
  });

  test('joins stretches of one state that differ in their reason alone', () => {
    const spans = [span(0, 10, 'down', 'timeout'), span(10, 20, 'down', 'refused'), span(20, 100, 'up')];

    expect(told(deviceLine(spans, period))).toBe('0-20 down, 20-100 up');
  });

  test('is cut off while everything before it is down, which is not its own downtime', () => {
    const line = deviceLine([span(0, 40, 'up'), span(40, 60, 'unknown', 'parent-down'), span(60, 100, 'up')], period);

    expect(told(line)).toBe('0-40 up, 40-60 cut-off, 60-100 up');
    expect(tallyOf(line)).toEqual(tally({ up: 80, unknown: 20, cutOff: 20 }));
  });
});

describe('excluded time', () => {
  const line = deviceLine([span(0, 50, 'up'), span(50, 100, 'down')], period);

  test('is taken out whatever the state was', () => {
    const excluded: ExcludedTime[] = [{ from: s(40), to: s(70), reason: 'planned' }];

    expect(told(withExclusions(line, excluded))).toBe('0-40 up, 40-70 planned, 70-100 down');
  });

  test('of several reasons at once counts for the first of them', () => {
    const excluded: ExcludedTime[] = [
      { from: s(10), to: s(60), reason: 'power' },
      { from: s(20), to: s(30), reason: 'planned' },
      { from: s(25), to: s(80), reason: 'force-majeure' },
      { from: s(0), to: s(90), reason: 'other' },
    ];

    expect(told(withExclusions(line, excluded))).toBe(
      '0-10 other, 10-20 power, 20-30 planned, 30-80 force-majeure, 80-90 other, 90-100 down',
    );
  });

  test('outside the period changes nothing', () => {
    expect(told(withExclusions(line, [{ from: s(-10), to: s(0), reason: 'planned' }]))).toBe(told(line));
    expect(told(withExclusions(line, [{ from: s(100), to: s(200), reason: 'planned' }]))).toBe(told(line));
  });
});

describe('what several say together', () => {
  test.each<[readonly Condition[], Condition]>([
    [[], 'unknown'],
    [['up', 'up'], 'up'],
    [['up', 'degraded'], 'degraded'],
    [['up', 'down', 'degraded'], 'down'],
    [['up', 'unknown'], 'unknown'],
    [['up', 'cut-off'], 'cut-off'],
    [['cut-off', 'unknown'], 'unknown'],
    [['cut-off', 'down'], 'down'],
    [['planned', 'up'], 'up'],
    [['planned', 'down'], 'down'],
    [['planned', 'unknown'], 'unknown'],
    [['power', 'planned'], 'planned'],
  ])('a site with %j is %s', (devices, expected) => {
    expect(siteCondition(devices)).toBe(expected);
  });

  test.each<[readonly Condition[], Condition]>([
    [[], 'unknown'],
    [['up', 'up'], 'up'],
    [['up', 'down'], 'degraded'],
    [['up', 'degraded'], 'degraded'],
    [['down', 'down'], 'down'],
    [['down', 'unknown'], 'degraded'],
    [['up', 'unknown'], 'unknown'],
    [['cut-off', 'cut-off'], 'cut-off'],
    [['up', 'cut-off'], 'cut-off'],
    [['down', 'planned'], 'down'],
    [['planned', 'planned'], 'planned'],
  ])('a village with sites %j is %s', (sites, expected) => {
    expect(villageCondition(sites)).toBe(expected);
  });

  test.each<[readonly Condition[], Condition]>([
    [['down', 'up'], 'up'],
    [['down', 'degraded'], 'degraded'],
    [['down', 'unknown'], 'unknown'],
    [['down', 'cut-off'], 'down'],
    [['down', 'down'], 'down'],
    [['cut-off', 'cut-off'], 'cut-off'],
    [['down', 'planned'], 'down'],
    [['planned'], 'planned'],
  ])('an end with devices %j is %s', (devices, expected) => {
    expect(endCondition(devices)).toBe(expected);
  });

  test.each<[readonly Condition[], Condition]>([
    [['up'], 'up'],
    [['up', 'up', 'up'], 'up'],
    [['up', 'up', 'down'], 'down'],
    [['unknown', 'down'], 'down'],
    [['cut-off', 'up'], 'cut-off'],
    [['up', 'unknown', 'cut-off'], 'up'],
    [['planned', 'down'], 'planned'],
    [['down', 'up'], 'down'],
    [[], 'unknown'],
  ])('a link measured and with ends %j is %s', (conditions, expected) => {
    expect(linkCondition(conditions)).toBe(expected);
  });
});

describe('the share', () => {
  test('is of what counts alone, degraded being available', () => {
    expect(availabilityPercent(tally({ up: 80, degraded: 10, down: 10, unknown: 500, excluded: 300 }))).toBe(90);
  });

  test('is none where nothing counts, and whole where nothing fell', () => {
    expect(availabilityPercent(tally({ unknown: 100, excluded: 5 }))).toBeNull();
    expect(availabilityPercent(tally({ up: 1 }))).toBe(100);
    expect(availabilityPercent(tally({ down: 1 }))).toBe(0);
  });

  test('is never rounded up to a limit that was missed', () => {
    expect(availabilityParts(tally({ up: 2_678_399, down: 1 }))).toBe(999_999);
    expect(availabilityPercent(tally({ up: 9_949_999, down: 50_001 }))).toBe(99.4999);
  });

  test('stays exact for the seconds of a province over ten years', () => {
    const seconds = 5_700 * 3_660 * 86_400;

    expect(availabilityParts(tally({ up: seconds - 1, down: 1 }))).toBe(999_999);
    expect(availabilityParts(tally({ up: seconds }))).toBe(1_000_000);
  });
});

test('tallies of several things add up part by part', () => {
  const a = tally({ up: 1, excluded: 3, excludedBy: { ...NO_TIME.excludedBy, planned: 3 } });
  const b = tally({
    up: 2,
    down: 5,
    unknown: 4,
    cutOff: 1,
    excluded: 2,
    excludedBy: { ...NO_TIME.excludedBy, power: 2 },
  });

  expect(addTallies(a, b)).toEqual(
    tally({
      up: 3,
      down: 5,
      unknown: 4,
      cutOff: 1,
      excluded: 5,
      excludedBy: { ...NO_TIME.excludedBy, planned: 3, power: 2 },
    }),
  );
});

describe('three hundred random histories', () => {
  const random = seededRandom(2026);
  const below = (limit: number): number => Math.floor(random() * limit);
  const LENGTH = 240;
  const whole = { from: s(0), to: s(LENGTH) };

  /** Changes at any millisecond, some before the period; nothing known at first. */
  function randomSpans(): StateSpan[] {
    const cuts = Array.from({ length: below(14) }, () => T0 - 20_000 + below((LENGTH + 40) * SECOND)).sort(
      (a, b) => a - b,
    );
    return cuts.flatMap((from, index) => {
      const to = cuts[index + 1] ?? whole.to;
      const state = STATES[below(STATES.length)] ?? 'up';
      return to > from ? [{ from, to, state, reason: below(2) === 0 ? 'parent-down' : 'timeout' }] : [];
    });
  }
  const randomExclusions = (): ExcludedTime[] =>
    Array.from({ length: below(5) }, () => {
      const from = T0 - 10_000 + below(LENGTH * SECOND);
      return { from, to: from + below(60_000), reason: EXCLUSION_REASONS[below(EXCLUSION_REASONS.length)] ?? 'other' };
    });
  /** Second by second, with nothing of the arithmetic under test. */
  const second = (at: number): number => (at - (((at % SECOND) + SECOND) % SECOND) - T0) / SECOND;
  function slowDevice(spans: readonly StateSpan[]): Condition[] {
    return Array.from({ length: LENGTH }, (_, now) => {
      const held = spans.find(({ from, to }) => second(from) <= now && now < second(to));
      if (held === undefined) return 'unknown';
      return held.state === 'unknown' && held.reason === 'parent-down' ? 'cut-off' : held.state;
    });
  }
  const slowExclusions = (seconds: readonly Condition[], excluded: readonly ExcludedTime[]): Condition[] =>
    seconds.map((condition, now) => {
      const held = excluded
        .filter(({ from, to }) => second(from) <= now && now < second(to))
        .map(({ reason }) => reason);
      return EXCLUSION_REASONS.find((reason) => held.includes(reason)) ?? condition;
    });
  const inSeconds = (line: ConditionLine): Condition[] =>
    line.flatMap(({ from, to, value }) => Array.from({ length: (to - from) / SECOND }, () => value));
  const count = (seconds: readonly Condition[], condition: Condition): number =>
    seconds.filter((one) => one === condition).length;

  test('come out as they do when told second by second', () => {
    for (let round = 0; round < 300; round++) {
      const devices = Array.from({ length: 1 + below(4) }, () => ({
        spans: randomSpans(),
        excluded: randomExclusions(),
      }));
      const excluded = randomExclusions();

      const lines = devices.map((device) => withExclusions(deviceLine(device.spans, whole), device.excluded));
      const site = withExclusions(combined(lines, siteCondition), excluded);
      const link = withExclusions(combined(lines, linkCondition), excluded);

      const slow = devices.map((device) => slowExclusions(slowDevice(device.spans), device.excluded));
      const bySecond = (rule: (conditions: readonly Condition[]) => Condition) =>
        slowExclusions(
          Array.from({ length: LENGTH }, (_, now) => rule(slow.map((seconds) => seconds[now] ?? 'unknown'))),
          excluded,
        );
      const [slowSite, slowLink] = [bySecond(siteCondition), bySecond(linkCondition)];
      expect(inSeconds(site)).toEqual(slowSite);
      expect(inSeconds(link)).toEqual(slowLink);
      const seconds = tallyOf(site);
      expect(seconds).toEqual({
        up: count(slowSite, 'up'),
        degraded: count(slowSite, 'degraded'),
        down: count(slowSite, 'down'),
        unknown: count(slowSite, 'unknown') + count(slowSite, 'cut-off'),
        cutOff: count(slowSite, 'cut-off'),
        excluded: slowSite.filter((one) => EXCLUSION_REASONS.some((reason) => reason === one)).length,
        excludedBy: Object.fromEntries(EXCLUSION_REASONS.map((reason) => [reason, count(slowSite, reason)])),
      });
      expect(seconds.up + seconds.degraded + seconds.down + seconds.unknown + seconds.excluded).toBe(LENGTH);
    }
  });

  test('are told without a gap, each stretch of another condition than the one before', () => {
    for (let round = 0; round < 300; round++) {
      const line = withExclusions(deviceLine(randomSpans(), whole), randomExclusions());

      const [first, last] = [line[0], line.at(-1)];
      expect([first?.from, last?.to]).toEqual([whole.from, whole.to]);
      for (const [index, { from, to, value }] of line.entries()) {
        expect(to).toBeGreaterThan(from);
        expect(CONDITIONS).toContain(value);
        const before = line[index - 1];
        if (before !== undefined) expect([before.to, before.value === value]).toEqual([from, false]);
      }
    }
  });
});
