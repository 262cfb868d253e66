import { StateMark } from '../components/StateMark.tsx';
import { useTexts } from '../i18n/texts.tsx';
import type { Measure, Step } from './measures.ts';

function Swatch({ step }: { readonly step: Step }) {
  return (
    <span
      className={`swatch fill-${step.fill.token} ${step.fill.lines === undefined ? '' : `lines-${step.fill.lines}`}`}
    >
      {step.mark !== undefined && step.fill.token !== 'land' && <StateMark mark={step.mark} size={10} />}
    </span>
  );
}

/** Always there: what the colours mean, and their unit. */
export function Legend({ measure }: { readonly measure: Measure }) {
  const { t } = useTexts();
  return (
    <section className="legend" aria-label={t.map.legend.toggle}>
      <h2>{measure.title}</h2>
      <ul className="legend-steps">
        {measure.steps.map((step) => (
          <li key={step.id}>
            <Swatch step={step} />
            {step.text}
          </li>
        ))}
      </ul>
      <p className="legend-points wide-only">
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" className="legend-village">
          <path className="half-up" d="M7 2a6 6 0 0 0 0 12Z" />
          <path className="half-down" d="M9 2.500h5.500v11H9Z" />
        </svg>
        {t.map.legend.points}
      </p>
    </section>
  );
}
