import { describe, expect, test } from 'vitest';
import type { MapVillage } from '../../../core/contract/coverage.ts';
import { clusterByRegion, clusterVillages, type PlacedVillage, worstOf } from '../../../web/map/clusters.ts';
import { abbreviate, placeLabels, wrap } from '../../../web/map/labels.ts';
import type { RegionShape, XY } from '../../../web/map/scene.ts';
import { assignCells } from '../../../web/map/tiles.ts';
import { fitTo, kept, toScreen, toWorld, zoomAt } from '../../../web/map/view.ts';

const village = (n: number, at: XY, state: MapVillage['state'] = 'normal'): PlacedVillage => ({
  at,
  village: {
    code: `16.03.01.${2000 + n}`,
    name: `Desa ${n}`,
    lat: 0,
    lng: 0,
    pointIsApproximate: false,
    state,
    office: 'up',
    public: 'up',
  },
});

describe('clusters', () => {
  test('no village is lost or counted twice, at any zoom', () => {
    const villages = Array.from({ length: 2_000 }, (_, n) => village(n, [(n * 37) % 997, (n * 91) % 613]));

    for (const level of [-3, 0, 2, 5]) {
      const members = clusterVillages(villages, level).flatMap((cluster) => cluster.members);
      expect(new Set(members.map(({ village: { code } }) => code)).size).toBe(2_000);
      expect(members).toHaveLength(2_000);
    }
  });

  test('villages come apart as the map is zoomed in', () => {
    const pair = [village(1, [0, 0]), village(2, [10, 0])];

    expect(clusterVillages(pair, 0)).toHaveLength(1);
    expect(clusterVillages(pair, 3)).toHaveLength(2);
  });

  test('a count shows the worst it holds', () => {
    const [cluster] = clusterByRegion(
      [village(1, [0, 0]), village(2, [1, 0], 'unknown'), village(3, [2, 0], 'partial')],
      () => '16.03',
    );

    expect(cluster?.counts).toEqual({ normal: 1, partial: 1, down: 0, unknown: 1 });
    expect(cluster === undefined ? null : worstOf(cluster.counts)).toBe('partial');
  });
});

describe('tiles', () => {
  test('each region has a cell of its own, and neighbours stay on their sides', () => {
    const points: XY[] = [
      [0, 0],
      [1, 1],
      [2, 0],
      [100, 0],
      [0, 100],
      [100, 100],
    ];

    const cells = assignCells(points, 50);

    expect(new Set(cells.map(({ column, line }) => `${column} ${line}`)).size).toBe(points.length);
    expect(cells[3]?.column).toBeGreaterThan(cells[0]?.column ?? 9);
    expect(cells[4]?.line).toBeGreaterThan(cells[0]?.line ?? 9);
  });
});

describe('names', () => {
  test('long names break into lines of about one length, or shrink to their letters', () => {
    expect(wrap('Lahat')).toEqual(['Lahat']);
    expect(wrap('Ogan Komering Ulu Selatan')).toEqual(['Ogan Komering', 'Ulu Selatan']);
    expect([abbreviate('Penukal Abab Lematang Ilir'), abbreviate('Banyuasin')]).toEqual(['PALI', 'Bany.']);
  });

  test('no name lies over another, over a point or beyond the edge', () => {
    const regions = Array.from({ length: 12 }, (_, n): RegionShape => {
      const x = (n % 4) * 60;
      const y = Math.floor(n / 4) * 30;
      return {
        code: `16.${10 + n}`,
        name: `Kabupaten Nomor ${n}`,
        path: {} as Path2D,
        box: [x, y, x + 60, y + 30],
        label: [x + 30, y + 15],
      };
    });
    const size = { width: 300, height: 200 };

    const labels = placeLabels(
      regions,
      { x: 10, y: 10, k: 1.2 },
      [{ at: [46, 28], radius: 12 }],
      (text) => text.length * 6,
      undefined,
      false,
      size,
    );

    const boxes = labels.map(({ at: [x, y], lines }) => ({
      x,
      y,
      w: Math.max(...lines.map((line) => line.length * 6)),
      h: lines.length * 14,
    }));
    for (const [n, a] of boxes.entries()) {
      expect(a.x - a.w / 2).toBeGreaterThanOrEqual(0);
      expect(a.x + a.w / 2).toBeLessThanOrEqual(size.width);
      for (const b of boxes.slice(n + 1)) {
        expect(Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h).toBe(false);
      }
    }
  });
});

describe('the view', () => {
  const margin = { top: 10, right: 10, bottom: 10, left: 10 };
  const size = { width: 400, height: 300 };

  test('shows the whole province between its margins', () => {
    const view = fitTo([-500, -300, 500, 300], size, margin);

    expect(toScreen(view, [-500, 0])[0]).toBeCloseTo(10);
    expect(toScreen(view, [500, 0])[0]).toBeCloseTo(390);
  });

  test('keeps what lies under the finger there while zooming', () => {
    const view = fitTo([-500, -300, 500, 300], size, margin);
    const under = toWorld(view, [120, 80]);

    const zoomed = zoomAt(view, 3, [120, 80], view.k);

    expect(toScreen(zoomed, under)[0]).toBeCloseTo(120);
    expect(toScreen(zoomed, under)[1]).toBeCloseTo(80);
  });

  test('never loses the province', () => {
    const view = kept({ x: 90_000, y: -90_000, k: 1 }, [-500, -300, 500, 300], size);

    expect(toScreen(view, [-500, 0])[0]).toBeLessThan(size.width);
    expect(toScreen(view, [0, 300])[1]).toBeGreaterThan(0);
  });
});
