import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import { incidentQuery } from '../../api/queries.ts';
import { Facts } from '../../components/Facts.tsx';
import { useIncidentWords } from '../../components/incident-words.ts';
import { Moment, Since } from '../../components/Moments.tsx';
import { OutageRows } from '../../components/OutageRows.tsx';
import { Answer, PageHead, Skeleton } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { Actions } from './Actions.tsx';
import { EvidenceList } from './EvidenceList.tsx';
import { Timeline } from './Timeline.tsx';
import './incident.css';

function Summary({ incident }: { readonly incident: IncidentDetail }) {
  const { t, f } = useTexts();
  const words = useIncidentWords();
  const { root, guessedCause, startedAt, endedAt, closedAt, acknowledged, assignee, resolved } = incident;
  const cause = words.cause(incident);
  const who = [
    ...(assignee === null ? [] : [assignee.name]),
    ...(acknowledged === null ? [] : [t.incidents.acknowledgedBy(acknowledged.by)]),
    ...(resolved === null ? [] : [t.incidents.resolvedBy(resolved.by)]),
  ];
  return (
    <Facts
      facts={[
        {
          term: t.incidents.column.cause,
          value: (
            <>
              {cause.text}
              {cause.sure !== '' && <span className="unit"> {cause.sure}</span>}
              {guessedCause !== null && guessedCause !== incident.cause && (
                <p className="small muted">{t.incidents.guessed(t.incidents.cause[guessedCause])}</p>
              )}
            </>
          ),
        },
        { term: t.incidents.column.effect, value: words.effect(incident) },
        {
          term: t.incidents.column.since,
          value: closedAt === null ? <Since at={startedAt} /> : <Moment at={startedAt} />,
        },
        ...(endedAt === null
          ? []
          : [
              { term: t.incidents.ended, value: <Moment at={endedAt} /> },
              { term: t.incidents.lasting, value: f.lasting(endedAt - startedAt) },
            ]),
        ...(root === null
          ? []
          : [
              {
                term: t.incidents.root,
                value: (
                  <Link to="/devices/$deviceId" params={{ deviceId: root.deviceId }}>
                    {root.deviceName}
                  </Link>
                ),
              },
            ]),
        {
          term: t.incidents.column.who,
          value: who.length === 0 ? <span className="muted">{t.incidents.nobody}</span> : who.join(' · '),
        },
      ]}
    />
  );
}

/** One incident: what, why with the evidence, what was done, and what can be done. */
export function IncidentPage() {
  const { t, f } = useTexts();
  const words = useIncidentWords();
  const { incidentId } = useParams({ from: '/incidents/$incidentId' });
  const query = useQuery(incidentQuery(incidentId));
  const incident = query.data;
  return (
    <div className="page">
      <PageHead
        title={incident === undefined ? t.incidents.column.what : words.title(incident)}
        context={
          incident === undefined ? (
            '\u00a0'
          ) : (
            <span className="incident-context">
              <span className="state-word">
                <StateMark mark={incident.closedAt === null ? 'down' : 'up'} />
                {incident.closedAt === null ? t.outages.open : t.outages.closed}
              </span>
              <span>{t.incidents.number(f.number(incident.number))}</span>
              {incident.root !== null && <span>{incident.root.place}</span>}
              {incident.isFlapping && <span className="state-degraded">{t.incidents.flapping}</span>}
            </span>
          )
        }
        actions={
          <Link to="/outages" className="button">
            {t.outages.title}
          </Link>
        }
      />
      <Answer query={query} what={t.incidents.column.what} waiting={<Skeleton height={240} />}>
        {(data) => (
          <div className="incident">
            <div className="incident-main">
              {data.mergedInto !== null && (
                <p>
                  {t.incidents.mergedInto}{' '}
                  <Link to="/incidents/$incidentId" params={{ incidentId: data.mergedInto }}>
                    {t.incidents.openOther}
                  </Link>
                </p>
              )}
              <Summary incident={data} />
              <EvidenceList evidence={data.evidence} />
              <Timeline events={data.timeline} />
              <section>
                <h2>{t.incidents.outages(f.number(data.outageCount))}</h2>
                <OutageRows outages={data.outages} withDevice />
                {data.outageCount > data.outages.length && (
                  <p className="small muted">{t.incidents.moreOutages(f.number(data.outages.length))}</p>
                )}
              </section>
            </div>
            <Actions incident={data} />
          </div>
        )}
      </Answer>
    </div>
  );
}
