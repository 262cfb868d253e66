import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Incident } from '../../../core/contract/incidents.ts';
import { incidentsQuery, linksQuery, siteQuery } from '../../api/queries.ts';
import { DeviceTable } from '../../components/DeviceTable.tsx';
import { useIncidentWords } from '../../components/incident-words.ts';
import { LinkPanel } from '../../components/link/LinkPanel.tsx';
import { Since } from '../../components/Moments.tsx';
import { Answer, Empty, PageHead, Skeleton } from '../../components/Screen.tsx';
import { StateMark, shapeOf } from '../../components/StateMark.tsx';
import { useAccount } from '../../frame/account.ts';
import { AgencyStatement } from './AgencyStatement.tsx';
import { useAgencyTexts } from './texts.ts';
import './agency.css';

function IncidentRow({ incident }: { readonly incident: Incident }) {
  const { a } = useAgencyTexts();
  const words = useIncidentWords();
  const cause = words.cause(incident);
  return (
    <li>
      <StateMark mark={incident.cause === 'planned' ? 'planned' : 'down'} />
      <div>
        <Link to="/incidents/$incidentId" params={{ incidentId: incident.id }} className="agency-incident">
          {incident.root === null ? a.elsewhere : words.title(incident)}
        </Link>
        <p className="small secondary">
          {cause.text}
          {cause.sure !== '' && ` · ${cause.sure}`} · {incident.acknowledged === null ? a.waiting : a.handled}
        </p>
        <p className="small muted">
          <Since at={incident.startedAt} />
        </p>
      </div>
    </li>
  );
}

function Incidents() {
  const { a } = useAgencyTexts();
  const query = useQuery(incidentsQuery({ open: true, pageSize: 20 }));
  return (
    <section>
      <h2>{a.incidents}</h2>
      <Answer query={query} what={a.incidents} waiting={<Skeleton rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="secondary">{a.noIncidents}</p>
          ) : (
            <ul className="agency-incidents">
              {items.map((incident) => (
                <IncidentRow key={incident.id} incident={incident} />
              ))}
            </ul>
          )
        }
      </Answer>
      <p className="small">
        <Link to="/outages">{a.allIncidents}</Link>
      </p>
    </section>
  );
}

function Links({ siteId }: { readonly siteId: string }) {
  const { t, a } = useAgencyTexts();
  const query = useQuery(linksQuery({ siteId }));
  return (
    <section className="link-section">
      <h2>{t.link.title}</h2>
      <Answer query={query} what={t.link.title} waiting={<Skeleton rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={a.noLinks}>{a.noLinksText}</Empty>
          ) : (
            items.map((link) => <LinkPanel key={link.id} link={link} />)
          )
        }
      </Answer>
    </section>
  );
}

function Agency({ siteId }: { readonly siteId: string }) {
  const { t, a } = useAgencyTexts();
  const query = useQuery(siteQuery(siteId));
  const site = query.data;
  return (
    <div className="page">
      <PageHead title={site?.name ?? a.title} context={site?.regionName ?? '\u00a0'} />
      <Answer query={query} what={a.title} waiting={<Skeleton height={240} />}>
        {({ state, since, devices }) => (
          <div className="agency">
            <p className={`agency-state state-${shapeOf(state)}`}>
              <StateMark mark={state} size={28} />
              <span>
                {a.state[state]}
                {since !== null && (
                  <span className="secondary small agency-since">
                    <Since at={since} />
                  </span>
                )}
              </span>
            </p>
            <div className="agency-columns">
              <Links siteId={siteId} />
              <div className="agency-side">
                <Incidents />
                <AgencyStatement siteId={siteId} />
              </div>
            </div>
            <section>
              <h2>{a.devices}</h2>
              {devices.length === 0 ? (
                <p className="secondary">{t.sites.noDevices}</p>
              ) : (
                <DeviceTable devices={devices} withSite={false} />
              )}
            </section>
          </div>
        )}
      </Answer>
    </div>
  );
}

/** What an agency asks first: does our line work, who is on it, and what did we get this month. */
export function AgencyPage() {
  const { a } = useAgencyTexts();
  const siteId = useAccount()?.agencySiteId ?? null;
  if (siteId !== null) return <Agency siteId={siteId} />;
  return (
    <div className="page">
      <PageHead title={a.title} />
      <Empty title={a.none}>{a.noneText}</Empty>
    </div>
  );
}
