import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type RegionCode, regionLevel } from '../../../core/domain/region.ts';
import { Moment } from '../Moments.tsx';
import { StateMark } from '../StateMark.tsx';
import { siteReportsQuery, villageReportsQuery } from './queries.ts';
import { useReportTexts } from './texts.ts';
import './reports.css';

const SHOWN = 5;

/** What people say of a site where no device does; nothing where nobody said anything. */
export function SiteReports({ siteId, regionCode }: { readonly siteId: string; readonly regionCode: RegionCode }) {
  const { f, r } = useReportTexts();
  const isVillage = regionLevel(regionCode) === 'village';
  const citizens = useQuery(siteReportsQuery({ siteId })).data?.items[0];
  const officer = useQuery({ ...villageReportsQuery(regionCode), enabled: isVillage }).data?.items ?? [];
  const own = officer.filter((report) => report.siteId === null || report.siteId === siteId).slice(0, SHOWN);
  if (citizens === undefined && own.length === 0) return null;
  return (
    <section>
      <h2>{r.title}</h2>
      {citizens !== undefined && citizens.attention !== null && (
        <p className="report-attention" role="status">
          <StateMark mark="degraded" />
          <span>{r.attention(f.number(citizens.attention.people))}</span>
        </p>
      )}
      <ul className="report-list">
        {citizens !== undefined && (
          <li>
            <span>
              {r.people(f.number(citizens.people))}:{' '}
              {citizens.kinds.map(({ kind, people }) => `${r.kind[kind]} (${f.number(people)})`).join(', ')}
            </span>
            <span className="muted">
              {r.last} <Moment at={citizens.lastAt} />
            </span>
          </li>
        )}
        {own.map((report) => (
          <li key={report.id}>
            <span>
              {r.officer}: {r.officerKind[report.kind]}
              {report.hasPhoto && (
                <>
                  {' · '}
                  <a href={`/api/v1/village-reports/${report.id}/photo`}>{r.photo}</a>
                </>
              )}
              {report.incidentId !== null && (
                <>
                  {' · '}
                  <Link to="/incidents/$incidentId" params={{ incidentId: report.incidentId }}>
                    {r.incident}
                  </Link>
                </>
              )}
            </span>
            <span className="muted">
              {report.by} · <Moment at={report.noticedAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
