import type { RumFigures } from '../../../core/contract/rum.ts';
import { DAY } from '../../../core/domain/clock.ts';
import { RUM_LIMITS } from '../../../core/domain/rum.ts';
import { useExperienceTexts } from './texts.ts';
import { useVitalText } from './Vital.tsx';

const WIDTH = 600;
const HEIGHT = 96;

/** A bar a day as high as three openings of four took; days without one stay empty. The line is where slow begins. */
export function Trend({ figures }: { readonly figures: RumFigures }) {
  const { x, f } = useExperienceTexts();
  const text = useVitalText();
  const { from, to, trend } = figures;
  const days = Math.max(1, Math.round((to - from) / DAY));
  const limit = RUM_LIMITS.ready.good;
  const most = Math.max(limit * 1.2, ...trend.map(({ ready }) => ready ?? 0));
  const step = WIDTH / days;
  const width = Math.min(step * 0.8, WIDTH / 40);
  const y = (value: number) => HEIGHT - (value / most) * HEIGHT;
  return (
    <section>
      <h2>{x.trend}</h2>
      <svg
        className="trend"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={x.trend}
      >
        {trend.map(({ at, ready, count }) =>
          ready === null ? null : (
            <rect
              key={at}
              className={ready > limit ? 'trend-slow' : 'trend-bar'}
              x={((at - from) / DAY) * step + (step - width) / 2}
              y={y(ready)}
              width={width}
              height={Math.max(1, HEIGHT - y(ready))}
            >
              <title>{x.trendOf(f.day(at), text('ready', ready), f.number(count))}</title>
            </rect>
          ),
        )}
        <line className="trend-limit" x1="0" x2={WIDTH} y1={y(limit)} y2={y(limit)} />
      </svg>
      <p className="trend-axis secondary small">
        <span>{f.day(from)}</span>
        <span>{x.limit(text('ready', limit))}</span>
        <span>{f.day(to - DAY)}</span>
      </p>
      <ul className="visually-hidden">
        {trend.map(({ at, ready, count }) => (
          <li key={at}>{x.trendOf(f.day(at), ready === null ? x.none : text('ready', ready), f.number(count))}</li>
        ))}
      </ul>
    </section>
  );
}
