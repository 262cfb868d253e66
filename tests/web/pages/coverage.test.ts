import { describe, expect, test } from 'vitest';
import type { PlanRow } from '../../../core/contract/coverage-plan.ts';
import { COVERAGE_FILTERS, spreadOf } from '../../../core/domain/coverage.ts';
import { greatCircleM, nearestFinder } from '../../../core/domain/great-circle.ts';
import { PLAN_COLUMNS, sortPlan, standingOf } from '../../../web/pages/coverage/columns.ts';
import { seededRandom } from '../../support/random.ts';

const row = (changes: Partial<PlanRow>): PlanRow => ({
  code: '16.01',
  name: 'Kabupaten Satu',
  lat: null,
  lng: null,
  programme: null,
  programmeNote: null,
  population: 1000,
  villageCount: 10,
  listed: 10,
  villagesInProgramme: 0,
  withBoth: 0,
  aliveBoth: 0,
  villages: { normal: 0, partial: 0, down: 0, unknown: 0 },
  notProposed: 0,
  blockedByTerrain: 0,
  unsaid: 10,
  hotspots: 0,
  livingHotspots: 0,
  availability: null,
  ...changes,
});

describe("the planner's table", () => {
  test('every column opens a list there is', () => {
    const known: readonly string[] = [...COVERAGE_FILTERS, 'hotspots'];
    expect(PLAN_COLUMNS.filter(({ behind }) => !known.includes(behind.list))).toEqual([]);
  });

  test('begins with those who have nothing, the most villages first, and ends with those without a figure', () => {
    const rows = [
      row({ code: 'some', villagesInProgramme: 2 }),
      row({ code: 'nothing' }),
      row({ code: 'no-villages', villageCount: 0 }),
      row({ code: 'nothing-large', villageCount: 90 }),
    ];

    expect(sortPlan(rows, 'share', 'asc').map(({ code }) => code)).toEqual([
      'nothing-large',
      'nothing',
      'some',
      'no-villages',
    ]);
    expect(sortPlan(rows, 'share', 'desc').at(-1)?.code).toBe('no-villages');
  });

  test('a region without hotspots is what most of its villages are', () => {
    expect(standingOf(row({ villagesInProgramme: 1, blockedByTerrain: 9 }))).toBe('covered');
    expect(standingOf(row({ blockedByTerrain: 6, notProposed: 4, unsaid: 0 }))).toBe('blocked-by-terrain');
    expect(standingOf(row({ notProposed: 6, unsaid: 4 }))).toBe('not-proposed');
    expect(standingOf(row({}))).toBe(null);
    // No village of it is on record: what is said of the region itself stands.
    expect(standingOf(row({ listed: 0, unsaid: 0, programme: 'not-proposed' }))).toBe('not-proposed');
  });
});

test('the spread leaves out what was not measured and names the ends', () => {
  const rows = [row({ code: 'a', availability: 0.9 }), row({ code: 'b' }), row({ code: 'c', availability: 0.99 })];
  const even = spreadOf(rows, ({ availability }) => availability);

  expect([even?.worst.code, even?.best.code, even?.count]).toEqual(['a', 'c', 2]);
  expect(even?.median).toBeCloseTo(0.945, 9);
  expect(spreadOf([row({})], ({ availability }) => availability)).toBe(null);
});

describe('the nearest place', () => {
  test('is at the distance of the great circle', () => {
    // Palembang to Prabumulih, over the sphere of radius 6371.0088 km.
    expect(greatCircleM({ lat: -2.9761, lng: 104.7754 }, { lat: -3.4324, lng: 104.2353 })).toBeCloseTo(78_500, -3);
    expect(greatCircleM({ lat: 0, lng: 0 }, { lat: 0, lng: 180 })).toBeCloseTo(Math.PI * 6_371_008.8, 0);
  });

  test('is the one that a search of all finds, for any points', () => {
    const random = seededRandom(3);
    const points = Array.from({ length: 300 }, () => ({ lat: -4 + random() * 8, lng: 100 + random() * 6 }));
    const nearestTo = nearestFinder(points);
    for (let n = 0; n < 100; n += 1) {
      const from = { lat: -5 + random() * 10, lng: 99 + random() * 8 };
      const least = Math.min(...points.map((point) => greatCircleM(from, point)));
      expect(nearestTo(from)?.distanceM).toBe(least);
    }
    expect(nearestFinder([])({ lat: 0, lng: 0 })).toBe(null);
  });
});
