import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../../../core/domain/clock.ts';
import { dayOf, dayStart, minuteOfDay, monthStartDay } from '../../../../core/domain/portal/day.ts';
import {
  closesAtOf,
  decide,
  LEAST_OCTETS,
  LEAST_SECONDS,
  LONGEST_SESSION,
  NO_USAGE,
  type PlanLimits,
} from '../../../../core/domain/portal/decide.ts';
import type { Usage } from '../../../../core/domain/portal/grant.ts';
import { zoneByLabel } from '../../../../core/domain/zone.ts';
import { NO_LIMITS } from '../../../support/portal-plan.ts';
import { seededRandom } from '../../../support/random.ts';

const WIB = zoneByLabel('WIB');
const WIT = zoneByLabel('WIT');
/** 22 November 2026, 10.00 WIB. */
const TEN = Date.UTC(2026, 10, 22, 3);
const at = (hour: number, minute = 0): number => Date.UTC(2026, 10, 22, hour - 7, minute);
const hours = (opens: number, closes: number): PlanLimits => ({
  ...NO_LIMITS,
  opensAt: opens * 60,
  closesAt: closes * 60,
});

describe('days of the zone', () => {
  test('a day begins at midnight of the province, not of Greenwich', () => {
    const justBefore = Date.UTC(2026, 9, 31, 16, 59);
    const justAfter = Date.UTC(2026, 9, 31, 17, 0);

    expect([dayOf(justBefore, WIB), dayOf(justAfter, WIB)]).toEqual(['2026-10-31', '2026-11-01']);
    expect([monthStartDay(justBefore, WIB), monthStartDay(justAfter, WIB)]).toEqual(['2026-10-01', '2026-11-01']);
    expect(dayOf(justBefore, WIT)).toBe('2026-11-01');
    expect(dayStart('2026-11-01', WIB)).toBe(justAfter);
    expect([minuteOfDay(justBefore, WIB), minuteOfDay(justAfter, WIB)]).toEqual([1439, 0]);
  });
});

describe('decide', () => {
  test('without a plan there is no limit but the longest session', () => {
    expect(decide(null, NO_USAGE, TEN, WIB)).toEqual({
      kind: 'grant',
      grant: { seconds: LONGEST_SESSION, idleSeconds: null, downKbit: null, upKbit: null, totalOctets: null },
    });
  });

  test('what is left today and this month is what is given', () => {
    const plan = {
      ...NO_LIMITS,
      sessionSeconds: 7_200,
      daySeconds: 10_800,
      monthSeconds: 36_000,
      dayOctets: 5e8,
      monthOctets: 6e9,
    };
    const usage: Usage = {
      daySeconds: 9_000,
      monthSeconds: 9_000,
      dayOctets: 1e8,
      monthOctets: 5.9e9,
      otherDevices: 0,
    };

    expect(decide(plan, usage, TEN, WIB)).toMatchObject({ kind: 'grant', grant: { seconds: 1_800, totalOctets: 1e8 } });
  });

  test.each([
    ['day-time-used', { daySeconds: 3_600 }, { daySeconds: 3_600 }],
    ['month-time-used', { monthSeconds: 3_600 }, { monthSeconds: 3_590 }],
    ['day-data-used', { dayOctets: 1e6 }, { dayOctets: 1e6 }],
    ['month-data-used', { monthOctets: 1e6 }, { monthOctets: 2e6 }],
    ['too-many-devices', { devices: 1 }, { otherDevices: 1 }],
  ] as const)('%s', (refusal, limits, used) => {
    const decision = decide({ ...NO_LIMITS, ...limits }, { ...NO_USAGE, ...used }, TEN, WIB);

    expect(decision).toEqual({ kind: 'refused', refusal });
  });

  test('a session ends when the place closes', () => {
    expect(decide(hours(7, 22), NO_USAGE, at(21, 30), WIB)).toMatchObject({ grant: { seconds: 1_800 } });
    expect(decide(hours(7, 22), NO_USAGE, at(22), WIB)).toEqual({ kind: 'refused', refusal: 'closed', opensAt: 420 });
    expect(decide(hours(7, 22), NO_USAGE, at(6, 59), WIB)).toMatchObject({ refusal: 'closed' });
    expect(decide(hours(7, 22), NO_USAGE, at(7), WIB)).toMatchObject({ grant: { seconds: 15 * 3_600 } });
  });

  test('hours over midnight are one evening', () => {
    const night = hours(18, 2);

    expect(decide(night, NO_USAGE, at(23), WIB)).toMatchObject({ grant: { seconds: 3 * 3_600 } });
    expect(decide(night, NO_USAGE, at(1), WIB)).toMatchObject({ grant: { seconds: 3_600 } });
    expect(decide(night, NO_USAGE, at(12), WIB)).toMatchObject({ refusal: 'closed', opensAt: 1_080 });
  });

  test('nobody stays beyond the end of what they came with', () => {
    expect(decide(NO_LIMITS, NO_USAGE, TEN, WIB, { notAfter: TEN + HOUR })).toMatchObject({
      grant: { seconds: 3_600 },
    });
    expect(decide(null, NO_USAGE, TEN, WIB, { notAfter: TEN + HOUR })).toMatchObject({ grant: { seconds: 3_600 } });
    expect(decide(NO_LIMITS, NO_USAGE, TEN, WIB, { notAfter: TEN })).toEqual({
      kind: 'refused',
      refusal: 'voucher-expired',
    });
  });

  test('whatever the plan, the use and the hour: a grant keeps every limit, and a refusal has its reason', () => {
    const random = seededRandom(2026);
    const below = (limit: number): number => Math.floor(random() * limit);
    const maybe = (limit: number): number | null => (random() < 0.5 ? null : 1 + below(limit));
    let grants = 0;
    for (let run = 0; run < 20_000; run++) {
      const isOpen = random() < 0.5;
      const plan: PlanLimits = {
        ...{ sessionSeconds: maybe(90_000), idleSeconds: maybe(900), downKbit: maybe(9_000), upKbit: maybe(9_000) },
        ...{ daySeconds: maybe(90_000), monthSeconds: maybe(900_000), dayOctets: maybe(2e9), monthOctets: maybe(2e10) },
        ...{ devices: maybe(3), opensAt: isOpen ? null : below(1440), closesAt: isOpen ? null : below(1440) },
      };
      const [daySeconds, dayOctets] = [below(90_000), below(2e9)];
      const usage: Usage = {
        ...{ daySeconds, dayOctets, monthSeconds: daySeconds + below(900_000), monthOctets: dayOctets + below(2e10) },
        otherDevices: below(3),
      };
      const now = TEN + below(40 * DAY);
      const zone = [WIB, WIT][run % 2] ?? WIB;
      const notAfter = random() < 0.3 ? now + below(2 * DAY) : undefined;
      const closesAt = closesAtOf(plan, now, zone);

      const decision = decide(plan, usage, now, zone, { notAfter });

      if (decision.kind === 'grant') {
        grants++;
        const seconds = decision.grant.seconds ?? Number.NaN;
        const limits = [
          ...[LONGEST_SESSION, plan.sessionSeconds ?? LONGEST_SESSION],
          ...(plan.daySeconds === null ? [] : [plan.daySeconds - usage.daySeconds]),
          ...(plan.monthSeconds === null ? [] : [plan.monthSeconds - usage.monthSeconds]),
          ...(closesAt === null ? [0] : [(closesAt - now) / SECOND]),
          ...(notAfter === undefined ? [] : [(notAfter - now) / SECOND]),
        ];
        expect(Number.isInteger(seconds) && seconds >= Math.min(LEAST_SECONDS, plan.sessionSeconds ?? 60)).toBe(true);
        expect(seconds).toBeLessThanOrEqual(Math.min(...limits));
        expect(seconds).toBeGreaterThan(Math.min(...limits) - 1);
        const octets = [
          ...(plan.dayOctets === null ? [] : [plan.dayOctets - usage.dayOctets]),
          ...(plan.monthOctets === null ? [] : [plan.monthOctets - usage.monthOctets]),
        ];
        expect(decision.grant.totalOctets).toBe(octets.length === 0 ? null : Math.min(...octets));
        expect(decision.grant.totalOctets ?? LEAST_OCTETS).toBeGreaterThanOrEqual(LEAST_OCTETS);
      } else if (decision.refusal === 'closed') {
        expect(closesAt === null || closesAt - now < LEAST_SECONDS * SECOND).toBe(true);
        expect(decision.opensAt).toBe(plan.opensAt);
      }
    }
    expect(grants).toBeGreaterThan(1_000);
  });

  test('within its hours a place is open from the first minute to the last', () => {
    for (const [opens, closes] of [
      [0, 1439],
      [420, 1320],
      [1080, 120],
      [600, 600],
    ] as const) {
      for (let minute = 0; minute < 1440; minute += 7) {
        const now = dayStart('2026-11-22', WIB) + minute * MINUTE;
        const isOpen = opens < closes ? minute >= opens && minute < closes : minute >= opens || minute < closes;

        const closesAt = closesAtOf({ opensAt: opens, closesAt: closes }, now, WIB);

        expect(closesAt !== null).toBe(isOpen);
        if (closesAt === null) continue;
        expect(minuteOfDay(closesAt, WIB)).toBe(closes);
        expect(closesAt - now > 0 && closesAt - now <= DAY).toBe(true);
      }
    }
  });
});
