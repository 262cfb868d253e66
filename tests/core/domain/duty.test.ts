import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../core/domain/clock.ts';
import {
  dutySpans,
  onDuty,
  type Shift,
  type ShiftTimes,
  type Substitution,
  timesOfShift,
  type Weekday,
} from '../../../core/domain/duty.ts';
import { seededRandom } from '../../support/random.ts';

/** A moment of the week that begins on Sunday 22 November 2026, in western time. */
const wib = (day: number, hour: number, minute = 0): number => Date.UTC(2026, 10, 22 + day, hour - 7, minute);
const WEEK = { from: wib(0, 0), to: wib(7, 0) };
const weekly = (days: readonly Weekday[], from: number, to: number): ShiftTimes => ({
  kind: 'weekly',
  days,
  from: from * 60,
  to: to * 60,
});
const shift = (recipientId: string, times: ShiftTimes, regionCode = '16'): Shift => ({
  id: `${recipientId}-${regionCode}`,
  regionCode,
  role: 'engineer',
  recipientId,
  times,
});
const namesAt = (
  at: number,
  shifts: readonly Shift[],
  substitutions: readonly Substitution[] = [],
  regionCode = '16.03',
): string[] =>
  onDuty({ shifts, substitutions }, { regionCode, role: 'engineer', at })
    .map(({ recipientId, insteadOf }) => (insteadOf === null ? recipientId : `${recipientId} for ${insteadOf}`))
    .sort();

describe('the times of a shift', () => {
  test('over midnight belong to the day on which it begins', () => {
    const times = timesOfShift(shift('a', weekly([1], 22, 6)), WEEK);

    expect(times).toEqual([{ from: wib(1, 22), to: wib(2, 6) }]);
  });

  test('that began before the range reach into it', () => {
    const times = timesOfShift(shift('a', weekly([6], 22, 6)), WEEK);

    expect(times).toEqual([
      { from: wib(-1, 22), to: wib(0, 6) },
      { from: wib(6, 22), to: wib(7, 6) },
    ]);
  });

  test('from an hour to the same hour last a day', () => {
    const times = timesOfShift(shift('a', weekly([3], 8, 8)), WEEK);

    expect(times).toEqual([{ from: wib(3, 8), to: wib(4, 8) }]);
  });

  test('are those of the zone of its region', () => {
    const [west, centre, east] = ['16', '73', '94'].map(
      (code) => timesOfShift(shift('a', weekly([2], 8, 16), code), WEEK)[0]?.from ?? 0,
    );

    expect([(west ?? 0) - (centre ?? 0), (centre ?? 0) - (east ?? 0)]).toEqual([HOUR, HOUR]);
  });
});

describe('who is on duty', () => {
  const day = shift('day', weekly([0, 1, 2, 3, 4, 5, 6], 6, 18));
  const night = shift('night', weekly([0, 1, 2, 3, 4, 5, 6], 18, 6));

  test.each([
    ['in the last minute of the night', wib(3, 5, 59), ['night']],
    ['from the first minute of the day', wib(3, 6), ['day']],
    ['at midnight', wib(3, 0), ['night']],
  ])('%s', (_, at, expected) => {
    const names = namesAt(at, [day, night]);

    expect(names).toEqual(expected);
  });

  test('is whoever the smallest region around the place has', () => {
    const near = shift('near', weekly([3], 6, 12), '16.03');
    const elsewhere = shift('elsewhere', weekly([3], 6, 12), '16.71');

    const names = [wib(3, 8), wib(3, 13)].map((at) => namesAt(at, [day, near, elsewhere]));

    expect(names).toEqual([['near'], ['day']]);
  });

  test('is nobody of another role, and nobody where nobody is', () => {
    const manager: Shift = { ...day, role: 'manager' };

    const names = [namesAt(wib(3, 8), [manager]), namesAt(wib(3, 20), [day])];

    expect(names).toEqual([[], []]);
  });

  test('is the one who stands in for another, once, also where they were on duty themselves', () => {
    const away = { absentId: 'day', substituteId: 'night', from: wib(3, 0), to: wib(4, 0) };
    const both = shift('night', weekly([3], 6, 18));

    const names = [
      namesAt(wib(3, 8), [day], [away]),
      namesAt(wib(4, 8), [day], [away]),
      namesAt(wib(3, 8), [day, both], [away]),
      namesAt(wib(3, 8), [day], [{ ...away, substituteId: null }]),
    ];

    expect(names).toEqual([['night for day'], ['day'], ['night'], []]);
  });

  test('is the last in a chain of those who stand in, and nobody in a circle', () => {
    const range = { from: wib(3, 0), to: wib(4, 0) };
    const chain = [
      { ...range, absentId: 'day', substituteId: 'b' },
      { ...range, absentId: 'b', substituteId: 'c' },
    ];

    const names = [
      namesAt(wib(3, 8), [day], chain),
      namesAt(wib(3, 8), [day], [...chain, { ...range, absentId: 'c', substituteId: 'day' }]),
    ];

    expect(names).toEqual([['c for day'], []]);
  });
});

test('spans cover the range without gaps and say what every moment in them says', () => {
  const random = seededRandom(11);
  const below = (limit: number): number => Math.floor(random() * limit);
  const day = (): Weekday => ([0, 1, 2, 3, 4, 5, 6] as const)[below(7)] ?? 0;
  for (let turn = 0; turn < 60; turn += 1) {
    const shifts = Array.from({ length: 1 + below(6) }, (_, index) => {
      const times: ShiftTimes =
        random() < 0.7
          ? { kind: 'weekly', days: [...new Set([day(), day()])], from: below(1_440), to: below(1_440) }
          : { kind: 'once', from: WEEK.from + below(5) * DAY, to: WEEK.from + below(7) * DAY + HOUR };
      return shift(`p${index % 4}`, times, ['', '16', '16.03', '16.71'][below(4)] ?? '');
    });
    const substitutions = Array.from({ length: below(3) }, () => {
      const from = WEEK.from + below(6 * 24) * HOUR;
      return { absentId: `p${below(4)}`, substituteId: `q${below(2)}`, from, to: from + (1 + below(48)) * HOUR };
    });
    const wanted = { regionCode: '16.03', role: 'engineer' } as const;

    const spans = dutySpans({ shifts, substitutions }, wanted, WEEK);

    expect([spans[0]?.from, spans.at(-1)?.to]).toEqual([WEEK.from, WEEK.to]);
    for (const [index, span] of spans.entries()) {
      if (index > 0) expect(span.from).toBe(spans[index - 1]?.to);
      for (const at of [span.from, span.to - 1, span.from + below(span.to - span.from)]) {
        const people = onDuty({ shifts, substitutions }, { ...wanted, at });
        expect(people.map(({ recipientId }) => recipientId).sort()).toEqual(
          span.people.map(({ recipientId }) => recipientId).sort(),
        );
      }
    }
  }
});
