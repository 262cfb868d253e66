import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../../api/endpoint.ts';
import { statementListQuery, statementQuery } from '../../api/queries.ts';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { monthText } from '../statements/months.ts';
import { useAgencyTexts } from './texts.ts';

const MARKS = { met: 'up', missed: 'down', 'not-judged': 'unknown' } as const;

/** What came of the month so far, link by link, and the files of it. */
function Month({ siteId, month }: { readonly siteId: string; readonly month: string }) {
  const { a, f, language } = useAgencyTexts();
  const query = useQuery(statementQuery(month, { agency: siteId }, {}));
  const file = (format: 'pdf' | 'csv') =>
    `/api/v1/statements/${month}/file?${new URLSearchParams({ agency: siteId, format, language })}`;
  if (query.error instanceof ApiError && query.error.code === 'not-found')
    return <p className="secondary">{a.noStatement}</p>;
  return (
    <Answer query={query} what={a.statement(month)} waiting={<Skeleton rows={3} />}>
      {({ links, isFinal }) => (
        <>
          <ul className="agency-statement">
            {links.map(({ linkId, name, availabilityPercent, slaPercent, verdict }) => (
              <li key={linkId}>
                <span className="ellipsis">{name}</span>
                <span className="figure">
                  {availabilityPercent === null ? '–' : `${f.number(availabilityPercent, 2, 2)} %`}
                </span>
                <span className="small secondary agency-verdict">
                  <StateMark mark={MARKS[verdict]} />
                  {a.verdict[verdict]}
                  {slaPercent !== null && ` · ${a.agreed} ${f.number(slaPercent, 2)} %`}
                </span>
              </li>
            ))}
          </ul>
          {!isFinal && <p className="small muted">{a.running}</p>}
          <p className="agency-files">
            <a className="button" href={file('pdf')} download>
              {a.pdf}
            </a>
            <a className="button" href={file('csv')} download>
              {a.csv}
            </a>
          </p>
        </>
      )}
    </Answer>
  );
}

export function AgencyStatement({ siteId }: { readonly siteId: string }) {
  const { a, language } = useAgencyTexts();
  const month = useQuery(statementListQuery({})).data?.month;
  return (
    <section>
      <h2>{month === undefined ? '\u00a0' : a.statement(monthText(month, language))}</h2>
      {month === undefined ? <Skeleton rows={3} /> : <Month siteId={siteId} month={month} />}
    </section>
  );
}
