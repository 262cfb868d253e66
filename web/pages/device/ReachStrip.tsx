import type { State } from '../../../core/domain/state.ts';
import { useDeviceTexts } from './texts.ts';

export type Span = { readonly from: number; readonly to: number; readonly state: State };

/** A state over time as one strip; what is narrower than a pixel would vanish, so every fault keeps a width. */
export function ReachStrip({
  spans,
  from,
  to,
}: {
  readonly spans: readonly Span[];
  readonly from: number;
  readonly to: number;
}) {
  const { t, d, f } = useDeviceTexts();
  const share = (ms: number) => `${(ms / (to - from)) * 100}%`;
  const faults = spans.filter(({ state }) => state !== 'up');
  const ordered = [...spans.filter(({ state }) => state === 'up'), ...faults];
  return (
    <figure className="chart reach">
      <figcaption>
        <strong>{d.charts.reachability}</strong>
      </figcaption>
      <ul className="reach-strip">
        {ordered.map((span) => (
          <li
            key={`${span.from} ${span.state}`}
            className={`reach-span reach-${span.state}`}
            data-tip={`${t.state[span.state]}: ${f.moment(span.from, to)}–${f.moment(span.to, span.from)} (${f.lasting(span.to - span.from)})`}
            ref={(node) => {
              node?.style.setProperty('left', share(span.from - from));
              node?.style.setProperty('width', share(span.to - span.from));
            }}
          />
        ))}
      </ul>
    </figure>
  );
}
