import { describe, expect, test } from 'vitest';
import { sortRows, totalsOf } from '../../../web/pages/regencies/rows.ts';
import { coverageRow } from '../support/coverage-row.ts';

const quiet = coverageRow({ code: '16.01', name: 'Kabupaten A' });
const broken = coverageRow({
  code: '16.02',
  name: 'Kabupaten B',
  villages: { normal: 1, partial: 0, down: 1, unknown: 0 },
  hotspots: { up: 2, degraded: 0, down: 2, unknown: 0 },
  openOutages: 2,
  availability: 0.91,
});
const absent = coverageRow({
  code: '16.03',
  name: 'Kabupaten C',
  programme: 'not-proposed',
  villagesInProgramme: 0,
  villages: { normal: 0, partial: 0, down: 0, unknown: 0 },
  hotspots: { up: 0, degraded: 0, down: 0, unknown: 0 },
  availability: null,
  clients: null,
});
const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name.slice(-1)).join('');

describe('the rows of the regency table', () => {
  test('the worst come first, and what is not in the programme last', () => {
    expect(names(sortRows([absent, quiet, broken], 'worst', 'desc'))).toBe('BAC');
  });

  test('a row without the figure stands last in either order', () => {
    expect(names(sortRows([absent, quiet, broken], 'availability', 'asc'))).toBe('BAC');
    expect(names(sortRows([absent, quiet, broken], 'availability', 'desc'))).toBe('ABC');
  });

  test('the foot adds up, and weighs availability by hotspots', () => {
    const totals = totalsOf([quiet, broken, absent]);

    expect(totals).toMatchObject({ villageCount: 768, villagesInProgramme: 4, openOutages: 2, clients: 80 });
    expect(totals.villages).toEqual({ normal: 3, partial: 0, down: 1, unknown: 0 });
    expect(totals.availability).toBeCloseTo(0.95);
  });
});
