import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RegionCode } from '../../../core/domain/region.ts';
import { Since } from '../Moments.tsx';
import { StateMark } from '../StateMark.tsx';
import { siteReportsQuery } from './queries.ts';
import { useReportTexts } from './texts.ts';
import './reports.css';

const SHOWN = 5;

/** Sites that many citizens report while nothing there is known to be down; nothing where there are none. */
export function AttentionLine({ region }: { readonly region?: RegionCode | undefined }) {
  const { f, r } = useReportTexts();
  const items = useQuery(siteReportsQuery({ region })).data?.items ?? [];
  const sites = items.flatMap((site) => (site.attention === null ? [] : [{ ...site, ...site.attention }]));
  if (sites.length === 0) return null;
  return (
    <section className="report-attention" aria-label={r.attentionTitle(f.number(sites.length))}>
      <StateMark mark="degraded" />
      <div>
        <strong>{r.attentionTitle(f.number(sites.length))}</strong>
        <ul className="report-list">
          {sites.slice(0, SHOWN).map(({ siteId, siteName, regionName, people, since }) => (
            <li key={siteId}>
              <span>
                <Link to="/sites/$siteId" params={{ siteId }}>
                  {siteName}
                </Link>{' '}
                <span className="secondary">{regionName}</span>
              </span>
              <span className="muted">
                {r.people(f.number(people))} · <Since at={since} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
