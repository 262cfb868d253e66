import type { Column } from './charts.ts';

const WIDTH = 72;
const HEIGHT = 20;

/** The course of a figure in the height of a line; a gap is a gap. */
export function Sparkline({ values }: { readonly values: Column }) {
  const most = Math.max(...values.map((value) => value ?? 0));
  if (!(most > 0)) return <span className="zero">–</span>;
  const step = WIDTH / Math.max(1, values.length - 1);
  let isDown = false;
  const path = values
    .map((value, at) => {
      if (value === null) {
        isDown = false;
        return '';
      }
      const point = `${isDown ? 'L' : 'M'}${(at * step).toFixed(1)} ${(HEIGHT - 1 - (value / most) * (HEIGHT - 2)).toFixed(1)}`;
      isDown = true;
      return point;
    })
    .join('');
  return (
    <svg className="sparkline" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
