import { describe, expect, test } from 'vitest';
import {
  CounterMemory,
  type CounterRound,
  continueCounters,
  isRestart,
  type RawCounter,
} from '../../../collector/pipeline/counters.ts';

const WRAP = 2 ** 32;
const UPTIME_WRAP = WRAP / 100;
const T0 = 1_800_000_000_000;

type Round = {
  at: number;
  uptimeS?: number | null;
  hostUptimeS?: number | null;
  octets?: number;
  bits?: 32 | 64;
  errors?: number;
  discontinuity?: number | null;
  maxPerSecond?: number | null;
};

function counters({ octets, bits = 32, errors, discontinuity = null, maxPerSecond = null }: Round): RawCounter[] {
  const list: RawCounter[] = [];
  if (octets !== undefined)
    list.push({ key: 'octets/1', metric: 'octets', instance: '1', raw: octets, bits, maxPerSecond, discontinuity });
  if (errors !== undefined)
    list.push({
      key: 'errors/1',
      metric: 'errors',
      instance: '1',
      raw: errors,
      bits: 32,
      maxPerSecond: 1_000,
      discontinuity,
    });
  return list;
}

const columnsOf = (list: readonly RawCounter[]): Pick<CounterRound, 'names' | 'columns'> => ({
  names: list,
  columns: {
    raw: Float64Array.from(list, ({ raw }) => raw),
    is64: Uint8Array.from(list, ({ bits }) => (bits === 64 ? 1 : 0)),
    discontinuity: Float64Array.from(list, ({ discontinuity }) => discontinuity ?? Number.NaN),
  },
});

/** Samples of the last of some rounds, as `metric value atSeconds`. */
function follow(...rounds: Round[]): string[] {
  let memory: CounterMemory | null = null;
  let last: string[] = [];
  for (const round of rounds) {
    const { at, uptimeS = null, hostUptimeS = null } = round;
    const samples: string[] = [];
    const asked = columnsOf(counters(round));
    memory = continueCounters(
      memory,
      { at: T0 + at * 1_000, uptimeS, hostUptimeS, ...asked },
      (place, value, when) => void samples.push(`${asked.names[place]?.metric} ${value} ${(when - T0) / 1_000}`),
    ).memory;
    last = samples;
  }
  return last;
}

describe('wraps', () => {
  test('a 32-bit counter that wraps goes on beyond 2^32', () => {
    expect(follow({ at: 0, uptimeS: 1_000, octets: WRAP - 100 }, { at: 60, uptimeS: 1_060, octets: 400 })).toEqual([
      `octets ${WRAP + 400} 60`,
    ]);
  });

  test('it may wrap again and again', () => {
    const samples = follow(
      { at: 0, uptimeS: 1_000, octets: WRAP - 100 },
      { at: 60, uptimeS: 1_060, octets: 3_000_000_000 },
      { at: 120, uptimeS: 1_120, octets: 5 },
      { at: 180, uptimeS: 1_180, octets: 4 },
    );

    expect(samples).toEqual([`octets ${3 * WRAP + 4} 180`]);
  });

  test('a device without an uptime wraps too', () => {
    expect(follow({ at: 0, octets: WRAP - 100 }, { at: 60, octets: 400 })).toEqual([`octets ${WRAP + 400} 60`]);
  });

  test('a 64-bit counter that falls was set back', () => {
    expect(follow({ at: 0, octets: WRAP * 5, bits: 64 }, { at: 60, octets: 400, bits: 64 })).toEqual(['octets 400 60']);
  });

  test('a fall that would need more than the port can carry is no wrap', () => {
    const limit = { maxPerSecond: 12_500_000 };

    expect(follow({ at: 0, octets: 1_000_000, ...limit }, { at: 60, octets: 400, ...limit })).toEqual([
      'octets 400 60',
    ]);
  });

  test('errors that fall were set back, for nobody has two thousand million of them in a minute', () => {
    expect(follow({ at: 0, errors: 100_000 }, { at: 60, errors: 3 })).toEqual(['errors 3 60']);
  });

  test('a fall with a new discontinuity time is no wrap', () => {
    const samples = follow(
      { at: 0, octets: WRAP - 100, discontinuity: 0 },
      { at: 60, octets: 400, discontinuity: 5_000 },
    );

    expect(samples).toEqual(['octets 400 60']);
  });
});

describe('restarts', () => {
  test('a restart gives a sample of 0 at its moment', () => {
    const samples = follow({ at: 0, uptimeS: 9_000, octets: WRAP - 100 }, { at: 60, uptimeS: 20, octets: 400 });

    expect(samples).toEqual(['octets 0 40', 'octets 400 60']);
  });

  test('it is seen although the counter is already higher than before, where others fell', () => {
    const samples = follow(
      { at: 0, uptimeS: 9_000, octets: 100, errors: 7 },
      { at: 60, uptimeS: 20, octets: 400, errors: 0 },
    );

    expect(samples).toEqual(['octets 0 40', 'octets 400 60', 'errors 0 40', 'errors 0 60']);
  });

  test('the moment lies between the two polls even where clocks disagree', () => {
    const samples = follow({ at: 0, uptimeS: 9_000, octets: 500 }, { at: 60, uptimeS: 61, octets: 400 });

    expect(samples[0]).toBe('octets 0 0.001');
  });

  test('a restart in a long gap is seen although the uptime is higher than before', () => {
    const samples = follow({ at: 0, uptimeS: 100, octets: 500 }, { at: 3_600, uptimeS: 3_000, octets: 400 });

    expect(samples).toEqual(['octets 0 600', 'octets 400 3600']);
  });

  test('an agent that starts again on a running machine leaves the counters as they are', () => {
    expect(follow({ at: 0, uptimeS: 9_000, octets: 5_000_000 }, { at: 60, uptimeS: 5, octets: 5_000_400 })).toEqual([
      'octets 5000400 60',
    ]);
  });

  test("the machine's own uptime decides where both are known", () => {
    const agentOnly = follow(
      { at: 0, uptimeS: 9_000, hostUptimeS: 90_000, octets: WRAP - 100 },
      { at: 60, uptimeS: 5, hostUptimeS: 90_060, octets: 400 },
    );
    const machine = follow(
      { at: 0, uptimeS: 9_000, hostUptimeS: 90_000, octets: 100 },
      { at: 60, uptimeS: 5, hostUptimeS: 10, octets: 400 },
    );

    expect(agentOnly).toEqual([`octets ${WRAP + 400} 60`]);
    expect(machine).toEqual(['octets 0 50', 'octets 400 60']);
  });

  test('the wrap of sysUpTime after 497 days is no restart', () => {
    const samples = follow(
      { at: 0, uptimeS: UPTIME_WRAP - 10, octets: WRAP - 100 },
      { at: 60, uptimeS: 50, octets: 400 },
    );

    expect(samples).toEqual([`octets ${WRAP + 400} 60`]);
  });

  test('a counter met for the first time has no past', () => {
    expect(follow({ at: 0, uptimeS: 9_000 }, { at: 60, uptimeS: 20, octets: 400 })).toEqual(['octets 400 60']);
  });
});

describe('uptimes', () => {
  test.each([
    ['goes on', 1_000, 1_060, 60, false],
    ['goes on, a little late', 1_000, 1_045, 60, false],
    ['fell', 1_000, 10, 60, true],
    ['fell by little', 1_000, 990, 60, true],
    ['is that of a machine that started in the gap', 100, 3_000, 3_600, true],
    ['wrapped', UPTIME_WRAP - 30, 30, 60, false],
    ['was near its wrap, but the machine started', UPTIME_WRAP - 3_600, 5, 60, true],
    ['wrapped in a long gap', UPTIME_WRAP - 3_600, 82_800, 86_400, false],
  ])('one that %s', (_what, before, now, elapsed, expected) => {
    expect(isRestart(before, now, elapsed)).toBe(expected);
  });
});

test('after a restart of the collector it goes on from what was stored', () => {
  const stored = new CounterMemory(T0, 1_000, new Map([['octets/1', 7 * WRAP + 4_000_000_000]]));
  const values: number[] = [];

  continueCounters(
    stored,
    { at: T0 + 60_000, uptimeS: 1_060, hostUptimeS: 500_000, ...columnsOf(counters({ at: 60, octets: 100 })) },
    (_place, value) => void values.push(value),
  );

  expect(values).toEqual([8 * WRAP + 100]);
});
