import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { siteQuery, villageQuery } from '../../api/queries.ts';
import { HourStrip } from '../../components/HourStrip.tsx';
import { Since } from '../../components/Moments.tsx';
import { OutageRows } from '../../components/OutageRows.tsx';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { StateMark, StateWord } from '../../components/StateMark.tsx';
import { useTexts } from '../../i18n/texts.tsx';

const SHOWN_OUTAGES = 3;

export function VillagePanel({ code }: { readonly code: string }) {
  const { t, f } = useTexts();
  const village = useQuery(villageQuery(code));
  return (
    <Answer query={village} what={t.unit.village} waiting={<Skeleton rows={6} />}>
      {({ region, state, sites, outages }) => (
        <>
          <header className="panel-head">
            <h2>{region.name}</h2>
            <p className="secondary">
              {region.ancestors
                .slice(1)
                .reverse()
                .map(({ name }) => name)
                .join(', ')}
            </p>
            <p>
              <StateWord state={state} />
            </p>
          </header>
          {sites.map((site) => (
            <section className="panel-section" key={site.id}>
              <h2>{t.siteKind[site.kind]}</h2>
              <p className="panel-line">
                <StateWord state={site.state} />
                {site.since !== null && site.state !== 'up' && (
                  <span className="small muted">
                    <Since at={site.since} />
                  </span>
                )}
                {site.clients !== null && (
                  <span className="small muted">
                    {f.number(site.clients)} {t.unit.people}
                  </span>
                )}
              </p>
              <HourStrip from={site.strip.from} hours={site.strip.hours} />
            </section>
          ))}
          {outages.length > 0 && (
            <section className="panel-section">
              <h2>{t.village.outages}</h2>
              <OutageRows outages={outages.slice(0, SHOWN_OUTAGES)} withDevice />
            </section>
          )}
          <p className="panel-foot">
            <Link to="/villages/$code" params={{ code }} className="button">
              {t.map.openVillage}
            </Link>
          </p>
        </>
      )}
    </Answer>
  );
}

export function SitePanel({ siteId }: { readonly siteId: string }) {
  const { t } = useTexts();
  const site = useQuery(siteQuery(siteId));
  return (
    <Answer query={site} what={t.sites.title} waiting={<Skeleton rows={5} />}>
      {(data) => (
        <>
          <header className="panel-head">
            <h2>{data.name}</h2>
            <p className="secondary">
              {t.siteKind[data.kind]} · {data.regionName}
            </p>
            <p className="panel-line">
              {data.status === 'planned' ? (
                <span className="state-word">
                  <StateMark mark="planned" />
                  {t.state.planned}
                </span>
              ) : (
                <StateWord state={data.state} />
              )}
              {data.since !== null && data.state !== 'up' && (
                <span className="small muted">
                  <Since at={data.since} />
                </span>
              )}
            </p>
          </header>
          {data.devices.length > 0 && (
            <section className="panel-section">
              <h2>{t.sites.devices}</h2>
              <ul className="panel-villages">
                {data.devices.map(({ id, name, state }) => (
                  <li key={id}>
                    <Link to="/devices/$deviceId" params={{ deviceId: id }} className="plain">
                      <StateMark mark={state} />
                      <span className="ellipsis">{name}</span>
                      <span className="muted small">{t.state[state]}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <p className="panel-foot">
            <Link to="/sites/$siteId" params={{ siteId }} className="button">
              {t.map.openSite}
            </Link>
          </p>
        </>
      )}
    </Answer>
  );
}
