import { describe, expect, test } from 'vitest';
import { zoneOf } from '../../../core/domain/zone.ts';
import { createFormat } from '../../../web/i18n/format.ts';
import { id } from '../../../web/i18n/id.ts';
import { MEASURE_IDS } from '../../../web/map/measure-ids.ts';
import { measureOf, niceEdges, regionState } from '../../../web/map/measures.ts';
import { coverageRow } from '../support/coverage-row.ts';

const f = createFormat('id', zoneOf('16'), id);
const counts = (normal: number, partial: number, down: number, unknown: number) => ({ normal, partial, down, unknown });

describe('the state of a region', () => {
  test('follows its villages', () => {
    expect(regionState(coverageRow({ villages: counts(3, 0, 0, 0) }))).toBe('normal');
    expect(regionState(coverageRow({ villages: counts(0, 0, 3, 0) }))).toBe('down');
    expect(regionState(coverageRow({ villages: counts(2, 0, 1, 0) }))).toBe('partial');
    expect(regionState(coverageRow({ villages: counts(2, 0, 0, 1) }))).toBe('unknown');
    expect(regionState(coverageRow({ villages: counts(0, 0, 0, 0) }))).toBeNull();
  });

  test('stands out only from a quarter of its villages on', () => {
    const measure = measureOf('state', [coverageRow()], id, f);

    expect(measure.stepOf(coverageRow({ villages: counts(4, 1, 0, 0) })).fill.token).toBe('degraded-faint');
    expect(measure.stepOf(coverageRow({ villages: counts(3, 1, 0, 0) })).fill.token).toBe('degraded-soft');
  });
});

describe('a measure', () => {
  const rows = [0, 1, 2, 5, 9, 14, 30, 60].map((n) =>
    coverageRow({
      code: `16.${10 + n}`,
      villagesInProgramme: n,
      availability: n === 0 ? null : 0.9 + n / 700,
      clients: n * 17,
      ...(n === 0 ? { programme: 'blocked-by-terrain' as const, villages: counts(0, 0, 0, 0) } : {}),
    }),
  );

  test.each(MEASURE_IDS)(
    '%s has at most five steps besides what has no figure, and fills every region by one of them',
    (measureId) => {
      const measure = measureOf(measureId, rows, id, f);

      const figures = measure.steps.filter(({ fill }) => fill.token !== 'land');
      expect(figures.length).toBeLessThanOrEqual(5);
      for (const row of rows) expect(measure.steps).toContainEqual(measure.stepOf(row));
    },
  );

  test('a region without a village shows where it stands in the programme', () => {
    const [blocked = coverageRow()] = rows;

    expect(measureOf('coverage', rows, id, f).textOf(blocked)).toBe('Terkendala medan');
    expect(measureOf('coverage', rows, id, f).stepOf(blocked).fill).toEqual({ token: 'land', lines: 'cross' });
  });

  test('round edges part the values, and few values need few', () => {
    expect(niceEdges([], [1, 2, 5])).toEqual([]);
    expect(niceEdges([3, 3, 3], [1, 2, 5])).toEqual([2]);
    expect(niceEdges([1, 4, 9, 16, 25], [1, 2, 5, 10, 20])).toEqual([2, 5, 10, 20]);
  });
});
