import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PhoneCodeBudget } from '../../../core/contract/portal/phone-code-routes.ts';
import type { State } from '../../../core/domain/state.ts';
import { codeBudgetQuery } from '../../api/portal.ts';
import { Facts, Figure } from '../../components/Facts.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { usePortalTexts } from './texts.ts';

const MARK: Readonly<Record<PhoneCodeBudget['state'], State>> = {
  normal: 'up',
  near: 'degraded',
  reserved: 'degraded',
  spent: 'down',
};

function Site({ site, perSite }: { readonly site: PhoneCodeBudget['sites'][number]; readonly perSite: number }) {
  const { p, f } = usePortalTexts();
  const { siteId, siteName, codes, state } = site;
  const name = siteName ?? p.budget.ownData;
  return (
    <li>
      <StateMark mark={MARK[state]} />{' '}
      {siteId === null ? (
        name
      ) : (
        <Link to="/portal/sites/$siteId" params={{ siteId }}>
          {name}
        </Link>
      )}{' '}
      <span className="secondary">{p.budget.of(f.number(codes), f.number(perSite))}</span>
    </li>
  );
}

/** Telephone codes of today: they cost money, and without them nobody new comes in by telephone. */
export function CodeBudget() {
  const { p, f } = usePortalTexts();
  const { data } = useQuery(codeBudgetQuery);
  // Where no site sends codes there is nothing to say; the figures above tell what failed.
  if (data === undefined || data.sent === 0) return null;
  const { sent, budget, state, perSite, sites } = data;
  return (
    <section className="portal-section portal-budget" data-state={state}>
      <h2>{p.budget.title}</h2>
      <Facts
        isLarge
        facts={[
          {
            term: p.budget.sent,
            value: (
              <span className={state === 'spent' ? 'portal-failing' : undefined}>
                <Figure value={f.number(sent)} unit={p.budget.ofAllowed(f.number(budget))} />
              </span>
            ),
          },
        ]}
      />
      <p role={state === 'spent' ? 'alert' : undefined} className={`state-${MARK[state]}`}>
        <StateMark mark={MARK[state]} /> {p.budget.state[state]}
      </p>
      {sites.length > 0 && (
        <>
          <p className="secondary">{p.budget.sites}</p>
          <ul>
            {sites.map((site) => (
              <Site key={site.siteId ?? ''} site={site} perSite={perSite} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
