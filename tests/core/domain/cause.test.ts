import { describe, expect, test } from 'vitest';
import { type Circumstances, EVIDENCE, type Evidence, evidenceOf, judge } from '../../../core/domain/cause.ts';
import { HOUR, MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { type OfficerAnswer, type OfficerReply, officerSaid } from '../../../core/domain/officer.ts';

const T0 = Date.UTC(2026, 10, 21, 5);
const END = T0 + 40 * MINUTE;
const quiet: Circumstances = {
  root: { kind: 'device', deviceId: 'd' },
  startedAt: T0,
  endedAt: END,
  sitesTogether: 0,
  devicesCutOff: 0,
  uptimes: [],
  mains: [],
  batteries: [],
  neighboursDown: 0,
  neighboursUp: 0,
  signals: [],
  reason: 'timeout',
  shareUnseen: 0,
  maintenance: null,
  officers: [],
  citizens: [],
};
const kindsOf = (known: Partial<Circumstances>) => evidenceOf({ ...quiet, ...known }).map(({ kind }) => kind);
const verdictOf = (known: Partial<Circumstances>) => judge(evidenceOf({ ...quiet, ...known }));
const uptime = (uptimeMs: number, deviceId = 'd') => ({ deviceId, uptimeMs, readAt: END + MINUTE });

describe('evidence', () => {
  test('of nothing is none', () => {
    expect(evidenceOf(quiet)).toEqual([]);
  });

  test('of uptime tells a restart from a line that was cut, to the second', () => {
    expect(kindsOf({ uptimes: [uptime(END + MINUTE - T0)] })).toEqual(['restarted']);
    expect(kindsOf({ uptimes: [uptime(END + MINUTE - T0 + 3 * SECOND)] })).toEqual(['kept-running']);
  });

  test('of mains counts what was heard until it was over', () => {
    const at = (heardAt: number, isOn: boolean) =>
      kindsOf({ mains: [{ deviceId: 'p', isOn, volts: null, at: heardAt }] });

    expect(at(T0 - MINUTE, false)).toEqual(['mains-off']);
    expect(at(T0 + MINUTE, true)).toEqual(['mains-on']);
    expect(at(END + 1, true)).toEqual([]);
  });

  test('of a battery counts one that was in use', () => {
    const of = (minutes: number) => kindsOf({ batteries: [{ deviceId: 'u', minutes, at: T0 + MINUTE }] });

    expect(of(3)).toEqual(['on-battery']);
    expect(of(0)).toEqual([]);
  });

  test('of a signal wants two decibels', () => {
    const of = (last: number) => kindsOf({ signals: [{ deviceId: 'd', usual: -18, last, at: T0 - MINUTE }] });

    expect(of(-20)).toEqual(['signal-fell']);
    expect(of(-19.9)).toEqual([]);
  });

  test.each(['refused', 'auth', 'bad-answer', 'no-picture'])(
    'a device that answers %s lives, its service does not',
    (reason) => {
      expect(kindsOf({ reason })).toEqual(['service-dead']);
    },
  );

  test('names its figure, unit, moment and device', () => {
    const [item] = evidenceOf({ ...quiet, uptimes: [uptime(90 * SECOND)] });

    expect(item).toEqual({ kind: 'restarted', figure: 1.5, at: END + MINUTE, of: 'd' });
    expect(EVIDENCE.restarted).toBe('min');
  });
});

describe('the cause', () => {
  test('of nothing is not known', () => {
    expect(verdictOf({})).toEqual({ cause: 'unknown', confidence: 0, evidence: [] });
  });

  test('is power where a village lost its mains and started anew', () => {
    const verdict = verdictOf({
      root: { kind: 'place', deviceId: 'd' },
      uptimes: [uptime(2 * MINUTE), uptime(MINUTE, 'e')],
      mains: [{ deviceId: 'p', isOn: false, volts: 0, at: T0 }],
      neighboursDown: 1,
    });

    expect(verdict.cause).toBe('power');
    expect(verdict.confidence).toBeGreaterThan(0.8);
    expect(verdict.evidence[0]?.kind).toBe('mains-off');
  });

  test('is power, with less certainty, while it lasts and nobody could be read yet', () => {
    const whileDown = verdictOf({ endedAt: null, mains: [{ deviceId: 'p', isOn: false, volts: null, at: T0 }] });

    expect(whileDown.cause).toBe('power');
    expect(whileDown.confidence).toBeLessThan(1);
  });

  test('is the uplink where the device ran on and its light had faded', () => {
    const verdict = verdictOf({
      uptimes: [uptime(30 * 24 * HOUR)],
      signals: [{ deviceId: 'd', usual: -18, last: -26, at: T0 - MINUTE }],
    });

    expect(verdict.cause).toBe('uplink');
    expect(verdict.confidence).toBeGreaterThan(0.8);
  });

  test('is what they share where many sites fell at once', () => {
    const verdict = verdictOf({
      root: { kind: 'segment', deviceId: 'pop' },
      sitesTogether: 7,
      uptimes: [uptime(HOUR * 24)],
    });

    expect(verdict.cause).toBe('shared-segment');
  });

  test('is the device where its neighbour lives, or it answers and does not serve', () => {
    expect(verdictOf({ neighboursUp: 2 }).cause).toBe('device');
    expect(verdictOf({ reason: 'refused' })).toMatchObject({ cause: 'device', confidence: 0.85 });
  });

  test('is the collector where it saw nothing', () => {
    const verdict = verdictOf({ shareUnseen: 0.9, uptimes: [uptime(HOUR * 24)] });

    expect(verdict.cause).toBe('collector-blind');
    expect(verdict.confidence).toBeGreaterThan(0.5);
  });

  test('is the plan where it was announced, whatever else speaks', () => {
    const verdict = verdictOf({
      maintenance: { windowId: 'w', share: 1 },
      uptimes: [uptime(MINUTE)],
      mains: [{ deviceId: 'p', isOn: false, volts: 0, at: T0 }],
    });

    expect(verdict.cause).toBe('planned');
    expect(verdict.confidence).toBeGreaterThan(0.6);
  });

  test('is not the plan where the window covers a moment of it', () => {
    const verdict = verdictOf({ maintenance: { windowId: 'w', share: 0.05 }, uptimes: [uptime(30 * 24 * HOUR)] });

    expect(verdict.cause).toBe('uplink');
  });

  test('never has a confidence outside 0 to 1, and none only where it is not known', () => {
    const kinds = Object.keys(EVIDENCE) as (keyof typeof EVIDENCE)[];
    const item = (kind: keyof typeof EVIDENCE): Evidence => ({ kind, figure: 100, at: T0, of: null });
    // Said once at the end: a hundred thousand expectations take a minute, the verdicts a second.
    const wrong: number[] = [];
    for (let mask = 0; mask < 2 ** kinds.length; mask += 3) {
      const evidence = kinds.filter((_, bit) => (mask >> bit) & 1).map(item);

      const { confidence, cause } = judge(evidence);

      const isInside = confidence >= 0 && confidence <= 1;
      if (!isInside || (cause === 'unknown') !== (confidence === 0)) wrong.push(mask);
    }

    expect(wrong).toEqual([]);
  });

  test('is surer with each further piece that speaks for it', () => {
    const mains = { mains: [{ deviceId: 'p', isOn: false, volts: 0, at: T0 }] };
    const restarted = { ...mains, uptimes: [uptime(MINUTE)] };
    const all = { ...restarted, neighboursDown: 3 };

    const inOrder = [mains, restarted, all].map((known) => verdictOf(known).confidence);

    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
    expect(new Set(inOrder).size).toBe(3);
  });

  test('several pieces of one kind count once', () => {
    const one = verdictOf({ uptimes: [uptime(MINUTE)] });
    const many = verdictOf({ uptimes: Array.from({ length: 15 }, (_, n) => uptime(MINUTE, `d${n}`)) });

    expect(many.confidence).toBe(one.confidence);
  });
});

describe('what the officer of the village saw', () => {
  const VILLAGE = '16.03.11.2009';
  const said = (...answers: readonly (readonly [OfficerReply, number?])[]): OfficerAnswer[] =>
    answers.flatMap(([answer, at = T0 + 5 * MINUTE]) => {
      const pair = officerSaid('lamp', answer) ?? officerSaid('plug', answer);
      return pair === null ? [] : [{ ...pair, villageCode: VILLAGE, at }];
    });

  test('is evidence of the village, as long as it lasted', () => {
    const known = { officers: said(['off'], ['in', END + 1]) };

    const evidence = evidenceOf({ ...quiet, ...known });

    expect(evidence).toEqual([{ kind: 'officer-lamp-off', figure: 1, at: T0 + 5 * MINUTE, of: VILLAGE }]);
  });

  test('that they did not know is none', () => {
    expect(kindsOf({ officers: said(['unsure']) })).toEqual([]);
  });

  test('of an unplugged cable or a dark village means power, more surely than a dark lamp', () => {
    const dark = verdictOf({ officers: said(['off']) });
    const unplugged = verdictOf({ officers: said(['off'], ['out']) });
    const powerless = verdictOf({ officers: said(['off'], ['no-power']) });

    expect([dark.cause, unplugged.cause, powerless.cause]).toEqual(['power', 'power', 'power']);
    expect(dark.confidence).toBeGreaterThan(0.3);
    expect(dark.confidence).toBeLessThan(0.7);
    expect(unplugged.confidence).toBeGreaterThan(0.85);
    expect(powerless.confidence).toBeGreaterThan(0.85);
  });

  test('of a lit lamp rules power out, whatever the neighbours do', () => {
    const guessed = verdictOf({ neighboursDown: 3 });
    const seen = verdictOf({ neighboursDown: 3, officers: said(['on']) });

    expect(guessed.cause).toBe('power');
    expect(seen.cause).toBe('uplink');
  });

  test('of a dark lamp at a socket that works elsewhere points at the device', () => {
    const dark = verdictOf({ neighboursUp: 2, officers: said(['off'], ['in']) });

    expect(dark.cause).toBe('device');
  });

  test('does not outweigh a meter that says the mains are on', () => {
    const mains = [{ deviceId: 'p', isOn: true, volts: 221, at: T0 + MINUTE }];

    const verdict = verdictOf({ mains, officers: said(['no-power']) });

    expect(verdict.confidence).toBeLessThan(0.5);
  });
});
