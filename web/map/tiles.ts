import type { RegionCode } from '../../core/domain/region.ts';
import {
  type Box,
  type PlacedRow,
  projectionAround,
  projector,
  type RegionShape,
  type Scene,
  union,
  unitsPerDegreeOf,
  type XY,
} from './scene.ts';

/** Cells of the grid for each region: room to stand near the true place. */
const CELLS_PER_REGION = 1.45;
const GAP = 0.06;
/** Share of a tile kept for its name. */
const NAME_SHARE = 0.46;

type Placed = { readonly row: PlacedRow; readonly at: XY };
export type Cell = { readonly column: number; readonly line: number };

/**
 * A cell for each point, each near its true place and no two in one: the closest pairs first. `cell` is the side of a
 * cell, from which the grid is laid over the points' own box.
 */
export function assignCells(points: readonly XY[], cell: number): readonly Cell[] {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const x0 = Math.min(...xs);
  const y0 = Math.min(...ys);
  const columns = Math.max(1, Math.ceil((Math.max(...xs) - x0) / cell) + 1);
  const lines = Math.max(1, Math.ceil((Math.max(...ys) - y0) / cell) + 1);
  const pairs: { readonly point: number; readonly column: number; readonly line: number; readonly far: number }[] = [];
  for (const [point, [x, y]] of points.entries()) {
    for (let column = 0; column < columns; column += 1) {
      for (let line = 0; line < lines; line += 1) {
        pairs.push({ point, column, line, far: (x - x0 - column * cell) ** 2 + (y - y0 - line * cell) ** 2 });
      }
    }
  }
  pairs.sort((a, b) => a.far - b.far);
  const chosen = new Map<number, Cell>();
  const taken = new Set<string>();
  for (const { point, column, line } of pairs) {
    const key = `${column} ${line}`;
    if (chosen.has(point) || taken.has(key)) continue;
    chosen.set(point, { column, line });
    taken.add(key);
  }
  return points.map((_, point) => chosen.get(point) ?? { column: 0, line: 0 });
}

function cellSide(points: readonly XY[]): number {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const width = Math.max(1, Math.max(...xs) - Math.min(...xs));
  const height = Math.max(1, Math.max(...ys) - Math.min(...ys));
  return Math.sqrt((width * height) / (points.length * CELLS_PER_REGION)) || 100;
}

/** Scene without boundaries: a tile for each region, placed like the province. */
export function tileScene(rows: readonly PlacedRow[]): Scene | null {
  const known = rows.filter(({ lat, lng }) => lat !== null && lng !== null);
  const lngs = known.map(({ lng }) => lng ?? 0);
  const lats = known.map(({ lat }) => lat ?? 0);
  if (known.length === 0) return null;
  const projection = projectionAround(
    (Math.min(...lngs) + Math.max(...lngs)) / 2,
    (Math.min(...lats) + Math.max(...lats)) / 2,
    5,
  );
  const project = projector(projection);
  const placed: readonly Placed[] = known.map((row) => ({ row, at: project(row.lng ?? 0, row.lat ?? 0) }));
  const points = placed.map(({ at }) => at);
  const side = cellSide(points);
  const cells = assignCells(points, side);
  const left = Math.min(...points.map(([x]) => x)) - side / 2;
  const top = Math.min(...points.map(([, y]) => y)) - side / 2;
  const boxes = new Map<RegionCode, Box>();
  const regions = placed.map(({ row }, index): RegionShape => {
    const { column, line } = cells[index] ?? { column: 0, line: 0 };
    const gap = side * GAP;
    const x0 = left + column * side + gap / 2;
    const y0 = top + line * side + gap / 2;
    const size = side - gap;
    const path = new Path2D();
    path.roundRect(x0, y0, size, size, size * 0.06);
    boxes.set(row.code, [x0, y0, x0 + size, y0 + size]);
    return {
      code: row.code,
      name: row.name,
      path,
      box: [x0, y0, x0 + size, y0 + size],
      label: [x0 + size / 2, y0 + size * (NAME_SHARE / 2 + 0.02)],
    };
  });
  return {
    regions,
    box: union(regions.map(({ box }) => box)),
    unitsPerDegree: unitsPerDegreeOf(projection),
    project,
    slotOf: (code, index, count) => {
      const [x0, y0, x1, y1] = boxes.get(code) ?? [0, 0, 0, 0];
      const columns = Math.max(1, Math.ceil(Math.sqrt(count * 1.8)));
      const lines = Math.max(1, Math.ceil(count / columns));
      const inLine = Math.min(columns, count - Math.floor(index / columns) * columns);
      const top = y0 + (y1 - y0) * NAME_SHARE;
      return [
        (x0 + x1) / 2 + ((index % columns) - (inLine - 1) / 2) * ((x1 - x0) / (columns + 0.6)),
        top + ((Math.floor(index / columns) + 0.5) / lines) * (y1 - top) * 0.9,
      ];
    },
  };
}
