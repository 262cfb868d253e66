import type { Load } from './load-series.ts';
import { useTopologyTexts } from './texts.ts';

const WIDTH = 600;
const HEIGHT = 120;

type Props = { readonly load: Load; readonly limitBps: number | null; readonly limitName: string };

/** In and out over a day, with the line they may fill. Gaps are gaps. */
export function LoadChart({ load, limitBps, limitName }: Props) {
  const { p, f } = useTopologyTexts();
  const { from, to, highest } = load;
  if (highest === null) return <p className="secondary">{p.chartNone}</p>;
  // A contract far above what is carried would press the curve to the ground.
  const isLimitShown = limitBps !== null && limitBps < 8 * highest;
  const top = Math.max(highest, isLimitShown ? limitBps : 0, 1) * 1.08;
  const y = (bps: number): number => HEIGHT - (HEIGHT * bps) / top;
  const path = (values: readonly (number | null)[]): string => {
    let isDown = false;
    let text = '';
    for (const [at, value] of values.entries()) {
      if (value === null) isDown = false;
      else {
        const x = (WIDTH * ((load.times[at] ?? from) - from)) / Math.max(1, to - from);
        text += `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y(value).toFixed(1)}`;
        isDown = true;
      }
    }
    return text;
  };
  const rate = f.bitRate(highest);
  const limit = limitBps === null ? null : f.bitRate(limitBps);
  return (
    <figure className="topology-chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={p.chartOf(`${rate.value} ${rate.unit}`)}
      >
        {[0.25, 0.5, 0.75].map((share) => (
          <line key={share} x1="0" x2={WIDTH} y1={HEIGHT * share} y2={HEIGHT * share} className="chart-rule" />
        ))}
        {isLimitShown && <line x1="0" x2={WIDTH} y1={y(limitBps)} y2={y(limitBps)} className="chart-limit-line" />}
        <path d={path(load.inward)} className="chart-in" />
        <path d={path(load.outward)} className="chart-out" />
      </svg>
      <figcaption className="small secondary">
        <span>
          <span className="chart-swatch chart-swatch-in" /> {p.inward}
        </span>
        <span>
          <span className="chart-swatch chart-swatch-out" /> {p.outward}
        </span>
        {limit !== null && (
          <span>
            {limitName} {limit.value} {limit.unit}
          </span>
        )}
        <span className="topology-chart-span">
          {f.moment(from, to)} – {f.clock(to)}
        </span>
      </figcaption>
    </figure>
  );
}
