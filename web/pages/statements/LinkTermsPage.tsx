import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { LinkTerms } from '../../../core/contract/link-terms.ts';
import { linkQuery, linkTermsQuery } from '../../api/queries.ts';
import { Answer, PageHead } from '../../components/Screen.tsx';
import { ContractForm } from './ContractForm.tsx';
import { useMayEdit } from './may-edit.ts';
import { monthText } from './months.ts';
import { TermsForm } from './TermsForm.tsx';
import { useStatementTexts } from './texts.ts';
import '../../components/form/form.css';
import './link-terms.css';

function History({ items }: { readonly items: readonly LinkTerms[] }) {
  const { s, f } = useStatementTexts();
  if (items.length === 0) return <p className="secondary">{s.terms.none}</p>;
  return (
    <ul className="terms-history">
      {items.map(({ validFrom, setAt, setBy, monthlyFeeRupiah, steps, powerCounts }) => (
        <li key={`${validFrom} ${setAt}`}>
          <p>
            <strong>{s.terms.since(monthText(validFrom, f.language))}</strong> · Rp{f.number(monthlyFeeRupiah)}
          </p>
          <p className="small secondary">
            {steps.length === 0
              ? s.terms.noSteps
              : steps
                  .map((step) => s.terms.step(f.number(step.belowPercent, 4), f.number(step.restitutionPercent, 4)))
                  .join('; ')}
            {' · '}
            {powerCounts ? s.terms.powerYes : s.terms.powerNo}
          </p>
          <p className="small muted">
            {s.exclusions.setBy(setBy)} · {f.date(setAt)}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** The contract of one link: what was bought, what it costs, and what comes back where it was missed. */
export function LinkTermsPage() {
  const { s } = useStatementTexts();
  const { linkId } = useParams({ from: '/links/$linkId/terms' });
  const mayEdit = useMayEdit();
  const query = useQuery(linkQuery(linkId));
  const terms = useQuery(linkTermsQuery(linkId));
  const link = query.data;
  return (
    <div className="page">
      <PageHead title={s.terms.title} context={link === undefined ? '\u00a0' : `${link.name} · ${link.code}`} />
      <div className="terms">
        <Answer query={query} what={s.terms.title}>
          {(data) => <ContractForm key={data.id} link={data} />}
        </Answer>
        <section>
          <h2>{s.terms.fee}</h2>
          <Answer query={terms} what={s.terms.title}>
            {({ items }) => (
              <>
                {mayEdit && <TermsForm key={items[0]?.setAt ?? 0} linkId={linkId} latest={items[0]} />}
                <h3 className="terms-head">{s.terms.history}</h3>
                <History items={items} />
              </>
            )}
          </Answer>
        </section>
      </div>
    </div>
  );
}
