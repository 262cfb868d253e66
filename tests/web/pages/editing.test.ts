import { expect, test } from 'vitest';
import { changed, type Edit, isEmpty, isSame, noEdit, rebased, without } from '../../../web/pages/editing/edit.ts';
import { fileTypeOf, numberOf } from '../../../web/pages/editing/entered.ts';
import { askedFor, boxOf, contains } from '../../../web/pages/editing/region-outline.ts';

type Site = { readonly name: string; readonly lat: number | null; readonly parentIds: readonly string[] };
const STANDS: Site = { name: 'Balai', lat: -3.2, parentIds: ['a', 'b'] };

test('only what differs is a change, with what stood there when it was begun', () => {
  const first = changed<Site>(noEdit(), STANDS, { name: 'Balai Desa', parentIds: ['b', 'a'] });
  const again = changed(first, { ...STANDS, name: 'of somebody else' }, { name: 'Balai Desa Sukamaju' });
  const back = changed(again, STANDS, { name: 'Balai' });

  expect(first).toEqual({ changes: { name: 'Balai Desa' }, seen: { name: 'Balai' } });
  expect(again).toEqual({ changes: { name: 'Balai Desa Sukamaju' }, seen: { name: 'Balai' } });
  expect(isEmpty(back)).toBe(true);
  expect(isSame({ a: 1, b: undefined }, { a: 1 })).toBe(true);
});

test('after a conflict one’s own stays over what is stored, or gives way to it', () => {
  const edit: Edit<Site> = { changes: { name: 'mine', lat: 1 }, seen: { name: 'Balai', lat: -3.2 } };
  const now: Site = { ...STANDS, name: 'theirs' };

  expect(rebased(edit, now, ['name'])).toEqual({ changes: edit.changes, seen: { name: 'theirs', lat: -3.2 } });
  expect(without(edit, ['name'])).toEqual({ changes: { lat: 1 }, seen: { lat: -3.2 } });
});

test('a place is within its region, outside of it, or in a hole of it', () => {
  const outline = {
    polygons: [
      [
        [
          [0, 0],
          [10, 0],
          [10, 10],
          [0, 10],
          [0, 0],
        ],
        [
          [4, 4],
          [6, 4],
          [6, 6],
          [4, 6],
          [4, 4],
        ],
      ],
      [
        [
          [20, 0],
          [21, 0],
          [21, 1],
          [20, 0],
        ],
      ],
    ],
  };

  expect(
    [
      [1, 1],
      [5, 5],
      [12, 5],
      [20.8, 0.2],
    ].map(([lng = 0, lat = 0]) => contains(outline, lng, lat)),
  ).toEqual([true, false, false, true]);
  expect(boxOf(outline)).toEqual({ west: 0, south: 0, east: 21, north: 10 });
  expect(askedFor('16.03.11.2009')).toMatchObject({ code: '16.03.11', level: 'village' });
  expect(askedFor('16')).toMatchObject({ code: '16', level: 'province' });
});

test('numbers are read with a comma or a point; files are known by their names', () => {
  expect(['-3,25', '104.75', '1.234,5', '', 'x'].map(numberOf)).toEqual([-3.25, 104.75, null, null, null]);
  expect(['a.CSV', 'b.xlsx', 'c.pdf', 'csv'].map(fileTypeOf)).toEqual([
    'text/csv',
    expect.stringContaining('sheet'),
    null,
    'text/csv',
  ]);
});
