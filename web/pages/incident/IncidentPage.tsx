import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import { incidentQuery } from '../../api/queries.ts';
import { surenessOf } from '../../components/evidence-words.ts';
import { Facts } from '../../components/Facts.tsx';
import { Undo } from '../../components/form/Undo.tsx';
import { useIncidentWords } from '../../components/incident-words.ts';
import { Moment, Since } from '../../components/Moments.tsx';
import { MaintenanceLine } from '../../components/maintenance/MaintenanceLine.tsx';
import { Answer, PageHead, Skeleton } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { Acknowledge, Unacknowledge } from './Acknowledge.tsx';
import { Actions } from './Actions.tsx';
import { Affected } from './Affected.tsx';
import type { Done } from './change.ts';
import { EvidenceList } from './EvidenceList.tsx';
import { Notices } from './Notices.tsx';
import { Outages } from './Outages.tsx';
import { Photos } from './Photos.tsx';
import { Timeline } from './Timeline.tsx';
import { useIncidentTexts } from './texts.ts';
import './incident.css';

function Summary({ incident }: { readonly incident: IncidentDetail }) {
  const { t, i, f } = useIncidentTexts();
  const words = useIncidentWords();
  const { root, guessedCause, startedAt, endedAt, closedAt, acknowledged, assignee, resolved } = incident;
  const cause = words.cause(incident);
  const who = [
    ...(assignee === null ? [] : [assignee.name]),
    ...(acknowledged === null ? [] : [i.acknowledgedBy(acknowledged.by)]),
    ...(resolved === null ? [] : [i.resolvedBy(resolved.by)]),
  ];
  return (
    <Facts
      facts={[
        {
          term: t.incidents.column.cause,
          value: (
            <>
              <span className="incident-cause">{cause.text}</span>
              {cause.sure !== '' && (
                <p className="small secondary">
                  {guessedCause === null && `${i.sureness[surenessOf(incident.confidence)]} · `}
                  <span className="nowrap">{cause.sure}</span>
                </p>
              )}
              {guessedCause !== null && guessedCause !== incident.cause && (
                <p className="small muted">{i.guessed(t.incidents.cause[guessedCause])}</p>
              )}
            </>
          ),
        },
        {
          term: t.incidents.column.since,
          value: closedAt === null ? <Since at={startedAt} /> : <Moment at={startedAt} />,
        },
        ...(endedAt === null
          ? []
          : [
              { term: i.ended, value: <Moment at={endedAt} /> },
              { term: i.lasting, value: f.lasting(endedAt - startedAt) },
            ]),
        ...(root === null
          ? []
          : [
              {
                term: i.root,
                value: (
                  <Link to="/devices/$deviceId" params={{ deviceId: root.deviceId }}>
                    {root.deviceName}
                  </Link>
                ),
              },
            ]),
        {
          term: t.incidents.column.who,
          value: (
            <>
              {who.length === 0 ? <span className="muted">{t.incidents.nobody}</span> : <p>{who.join(' · ')}</p>}
              <Unacknowledge incident={incident} />
            </>
          ),
        },
      ]}
    />
  );
}

function Shown({ incident }: { readonly incident: IncidentDetail }) {
  const { i } = useIncidentTexts();
  const [done, setDone] = useState<Done | null>(null);
  const { root, mergedInto } = incident;
  return (
    <div className="incident">
      <div className="incident-lead">
        {mergedInto !== null && (
          <p>
            {i.mergedInto}{' '}
            <Link to="/incidents/$incidentId" params={{ incidentId: mergedInto }}>
              {i.openOther}
            </Link>
          </p>
        )}
        {done !== null && (
          <Undo key={String(done.undo)} onUndo={done.undo} onDone={() => setDone(null)}>
            {done.text}
          </Undo>
        )}
        <Summary incident={incident} />
        {root !== null && <MaintenanceLine of={root} from={incident.startedAt} to={incident.endedAt} />}
        <EvidenceList evidence={incident.evidence} />
      </div>
      <Actions incident={incident} onDone={setDone} />
      <div className="incident-rest">
        <Affected incident={incident} />
        <Timeline events={incident.timeline} />
        <Photos incident={incident} />
        <Notices incidentId={incident.id} />
        <Outages incident={incident} onDone={setDone} />
      </div>
    </div>
  );
}

/** One incident: what, why with the evidence, what was done, and what can be done. */
export function IncidentPage() {
  const { t, i, f } = useIncidentTexts();
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
              <span>{i.number(f.number(incident.number))}</span>
              {incident.root !== null && <span>{incident.root.place}</span>}
              {incident.isFlapping && <span className="state-degraded">{t.incidents.flapping}</span>}
            </span>
          )
        }
        actions={
          <>
            <Link to="/outages" className="button">
              {t.outages.title}
            </Link>
            {incident !== undefined && <Acknowledge incident={incident} />}
          </>
        }
      />
      <Answer query={query} what={t.incidents.column.what} waiting={<Skeleton height={240} />}>
        {(data) => <Shown key={data.id} incident={data} />}
      </Answer>
    </div>
  );
}
