import type { WallView } from '../../../core/contract/walls.ts';
import { HOUR } from '../../../core/domain/clock.ts';
import type { WallTexts } from './texts.ts';

// The room on a wall below the figure: a unit here is about one there.
const WIDTH = 1160;
const HEIGHT = 560;
const FOOT = 44;
const LEFT = 96;

/** A round figure above the highest, of which the half is whole too. */
function ceilingOf(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, highest)));
  return [2, 4, 6, 8, 10].map((step) => step * power).find((step) => step >= highest) ?? highest;
}

/** People online from midnight to midnight; gaps stay gaps. */
export function Curve({
  online,
  texts,
}: {
  readonly online: NonNullable<WallView['online']>;
  readonly texts: WallTexts;
}) {
  const { f, w } = texts;
  const { points, from, stepMs } = online;
  const top = ceilingOf(Math.max(2, ...points.map((value) => value ?? 0)));
  const x = (index: number): number => LEFT + (((index + 0.5) * stepMs) / (24 * HOUR)) * (WIDTH - LEFT);
  const y = (value: number): number => 24 + (1 - value / top) * (HEIGHT - FOOT - 24);
  const lines: string[] = [];
  for (const [index, value] of points.entries()) {
    if (value === null) continue;
    const isNext = index > 0 && points[index - 1] !== null;
    lines.push(`${isNext ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}h0.1`);
  }
  return (
    <svg className="wall-curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={w.today}>
      {[0, top / 2, top].map((value) => (
        <g key={value}>
          <line x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} className="wall-curve-grid" />
          <text x={LEFT - 12} y={y(value) + 8} textAnchor="end">
            {f.number(value)}
          </text>
        </g>
      ))}
      {[0, 6, 12, 18].map((hour) => (
        <text key={hour} x={LEFT + (hour / 24) * (WIDTH - LEFT)} y={HEIGHT - 8}>
          {f.clock(from + hour * HOUR)}
        </text>
      ))}
      <path d={lines.join('')} className="wall-curve-line" />
    </svg>
  );
}
