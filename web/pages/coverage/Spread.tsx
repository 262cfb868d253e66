import { Link } from '@tanstack/react-router';
import type { PlanRow, PlanTable } from '../../../core/contract/coverage-plan.ts';
import { spreadOf } from '../../../core/domain/coverage.ts';
import { shortName } from '../../map/labels.ts';
import { useCoverageTexts } from './texts.ts';

/** Where the regions lie between the worst and the best availability of the month, the two named. */
export function Spread({ plan }: { readonly plan: PlanTable }) {
  const { c, f } = useCoverageTexts();
  const spread = spreadOf(plan.rows, ({ availability }) => availability);
  if (spread === null) {
    return (
      <section className="plan-panel">
        <h2>{c.spread.title}</h2>
        <p className="secondary">{c.spread.none}</p>
      </section>
    );
  }
  const { worst, best, median, count } = spread;
  const [least, most] = [worst.availability ?? 0, best.availability ?? 1];
  // Round edges around what there is, so that a small spread is not drawn as a large one.
  const from = Math.floor(least * 20) / 20;
  const to = Math.max(from + 0.05, Math.ceil(most * 20) / 20);
  const place = (value: number): string => `${2 + ((value - from) / (to - from)) * 96}%`;
  const named = (word: string, row: PlanRow) => (
    <div>
      <dt>{word}</dt>
      <dd>
        <Link to="/coverage/villages" search={{ region: row.code, of: plan.of, month: plan.month, is: 'programme' }}>
          {shortName(row.name)}
        </Link>{' '}
        {f.percent(row.availability ?? 0)}
      </dd>
    </div>
  );
  return (
    <section className="plan-panel">
      <h2>{c.spread.title}</h2>
      <p className="secondary small">{c.spread.between(f.number(count), c.levels[plan.level].toLowerCase())}</p>
      <svg className="plan-strip" width="100%" height="34" aria-hidden="true">
        <line x1="2%" x2="98%" y1="14" y2="14" className="plan-strip-line" />
        <line x1={place(median)} x2={place(median)} y1="3" y2="25" className="plan-strip-median" />
        {plan.rows.map(
          ({ code, availability }) =>
            availability !== null && (
              <circle key={code} cx={place(availability)} cy="14" r="4.5" className="plan-strip-dot" />
            ),
        )}
        <text x="2%" y="33" className="plan-strip-text">
          {f.percent(from)}
        </text>
        <text x="98%" y="33" textAnchor="end" className="plan-strip-text">
          {f.percent(to)}
        </text>
      </svg>
      <dl className="plan-spread">
        {named(c.spread.worst, worst)}
        <div>
          <dt>{c.spread.median}</dt>
          <dd>{f.percent(median)}</dd>
        </div>
        {named(c.spread.best, best)}
      </dl>
    </section>
  );
}
