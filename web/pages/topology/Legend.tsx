import { LINE_STYLES, WIDTH_STEPS, widthOf } from './styles.ts';
import { useTopologyTexts } from './texts.ts';

const STATES = ['up', 'busy', 'degraded', 'down', 'unknown'] as const;

/** Colour, dashes and width of lines; it is always there. */
export function Legend({ hasBranches }: { readonly hasBranches: boolean }) {
  const { p, f } = useTopologyTexts();
  return (
    <details className="topology-legend" open={matchMedia('(min-width: 1500px)').matches}>
      <summary>{p.legend}</summary>
      <ul>
        {STATES.map((state) => (
          <li key={state}>
            <svg width="34" height="10" aria-hidden="true">
              <line
                x1="0"
                x2="34"
                y1="5"
                y2="5"
                className={`line-${state}`}
                strokeWidth={state === 'busy' ? 6 : 2.75}
                strokeDasharray={LINE_STYLES[state].dash.join(' ')}
              />
            </svg>
            {p.legendLine[state]}
          </li>
        ))}
      </ul>
      <p>{p.legendWidth}</p>
      <ul className="topology-legend-widths">
        {WIDTH_STEPS.map((share, at) => (
          <li key={share}>
            <svg width="26" height="10" aria-hidden="true">
              <line x1="0" x2="26" y1="5" y2="5" className="line-up" strokeWidth={widthOf(share)} />
            </svg>
            {['<', '<', '<', '≥'][at]} {f.percent([0.2, 0.5, 0.8, 0.8][at] ?? 0, 0)}
          </li>
        ))}
      </ul>
      {hasBranches && <p>{p.legendHidden}</p>}
    </details>
  );
}
