import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { Village } from '../../../core/contract/sites.ts';
import { regionLevel } from '../../../core/domain/region.ts';
import { villageQuery } from '../../api/queries.ts';
import { Facts, Figure } from '../../components/Facts.tsx';
import { HourStrip } from '../../components/HourStrip.tsx';
import { Since } from '../../components/Moments.tsx';
import { OutageRows } from '../../components/OutageRows.tsx';
import { Answer, Empty, PageHead, Skeleton } from '../../components/Screen.tsx';
import { StateMark, StateWord } from '../../components/StateMark.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import './village.css';

type VillageSite = Village['sites'][number];

function Hotspot({ site }: { readonly site: VillageSite }) {
  const { t, f } = useTexts();
  const isPlanned = site.status === 'planned';
  return (
    <section className="hotspot" data-state={isPlanned ? 'planned' : site.state}>
      <header>
        <h2>{t.siteKind[site.kind]}</h2>
        <p className="small secondary ellipsis">
          <Link to="/sites/$siteId" params={{ siteId: site.id }} className="plain">
            {site.name}
          </Link>
        </p>
      </header>
      <p className={`hotspot-state ${isPlanned ? '' : `state-${site.state}`}`}>
        <StateMark mark={isPlanned ? 'planned' : site.state} size={20} />
        {isPlanned ? t.state.planned : t.stateSentence[site.state]}
      </p>
      <p className="secondary hotspot-since">
        {isPlanned ? t.village.planned : site.since === null ? '\u00a0' : <Since at={site.since} />}
      </p>
      {!isPlanned && (
        <>
          <Facts
            isLarge
            facts={[
              {
                term: t.village.clients,
                value:
                  site.clients === null ? (
                    <Figure value="–" />
                  ) : (
                    <Figure value={f.number(site.clients)} unit={t.unit.people} />
                  ),
              },
              {
                term: t.village.availability,
                value: <Figure value={site.availability === null ? '–' : f.percent(site.availability)} />,
              },
            ]}
          />
          <div>
            <h3>{t.village.strip}</h3>
            <HourStrip from={site.strip.from} hours={site.strip.hours} />
          </div>
        </>
      )}
      {site.devices.length > 0 && (
        <div>
          <h3>{t.village.devices}</h3>
          <ul className="hotspot-devices">
            {site.devices.map((device) => (
              <li key={device.id}>
                <StateMark mark={device.state} label={t.state[device.state]} />
                <Link to="/devices/$deviceId" params={{ deviceId: device.id }} className="plain ellipsis">
                  {device.name}
                </Link>
                <span className="muted small">
                  {(t.deviceKind as Readonly<Record<string, string>>)[device.kind] ?? device.kind}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** A village of the programme has two: a place that is missing is shown as missing. */
function Missing({ kind }: { readonly kind: VillageSite['kind'] }) {
  const { t } = useTexts();
  return (
    <section className="hotspot hotspot-missing">
      <h2>{t.siteKind[kind]}</h2>
      <p className="state-word muted">
        <StateMark mark="not-proposed" /> {t.village.noSite}
      </p>
      <p className="secondary">{t.village.noSiteText}</p>
    </section>
  );
}

function Contacts({ sites }: { readonly sites: readonly VillageSite[] }) {
  const { t } = useTexts();
  const known = sites.filter(({ contact }) => contact !== null);
  return (
    <section>
      <h2>{t.village.contact}</h2>
      {known.length === 0 ? (
        <p className="secondary">
          {t.village.noContact}. {t.village.noContactHint}
        </p>
      ) : (
        <ul className="contacts">
          {known.map(({ id, kind, contact }) => (
            <li key={id}>
              {contact}
              <span className="sub muted small">{t.siteKind[kind]}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Shown({ village }: { readonly village: Village }) {
  const { t } = useTexts();
  const { sites, outages } = village;
  const others = sites.filter(({ kind }) => kind !== 'village-office' && kind !== 'village-public');
  const pair = (['village-office', 'village-public'] as const).flatMap((kind) => {
    const found = sites.filter((site) => site.kind === kind);
    return found.length === 0
      ? [<Missing key={kind} kind={kind} />]
      : found.map((site) => <Hotspot key={site.id} site={site} />);
  });
  if (sites.length === 0) {
    return (
      <Empty
        title={t.village.sitesMissing}
        action={
          <Link to="/map" search={{ region: village.region.code.slice(0, 5) }} className="button">
            {t.map.showOnMap}
          </Link>
        }
      >
        {t.village.sitesMissingHint}
      </Empty>
    );
  }
  return (
    <div className="village">
      <div className="village-hotspots">
        {pair}
        {others.map((site) => (
          <Hotspot key={site.id} site={site} />
        ))}
      </div>
      <div className="village-rest">
        <section>
          <h2>{t.village.outages}</h2>
          {outages.length === 0 ? (
            <p className="secondary">{t.village.noOutages}</p>
          ) : (
            <OutageRows outages={outages} withDevice />
          )}
        </section>
        <Contacts sites={sites} />
      </div>
    </div>
  );
}

export function VillagePage() {
  const { t } = useTexts();
  const { code } = useParams({ from: '/villages/$code' });
  const query = useQuery(villageQuery(code));
  const village = query.data;
  return (
    <div className="page">
      <PageHead
        title={village?.region.name ?? t.unit.village}
        context={
          village === undefined ? (
            '\u00a0'
          ) : (
            <span className="village-context">
              {village.sites.length > 0 && <StateWord state={village.state} />}
              <span>
                {village.region.ancestors.toReversed().map((above, index) => (
                  <span key={above.code}>
                    {index > 0 && ', '}
                    {regionLevel(above.code) === 'regency' ? (
                      <Link to="/map" search={{ region: above.code }}>
                        {above.name}
                      </Link>
                    ) : (
                      above.name
                    )}
                  </span>
                ))}
              </span>
              <span className="mono muted">{code}</span>
            </span>
          )
        }
        actions={
          <Link to="/map" search={{ village: code }} className="button">
            {t.map.showOnMap}
          </Link>
        }
      />
      <Answer query={query} what={t.unit.village} waiting={<Skeleton height={280} />}>
        {(data) => <Shown village={data} />}
      </Answer>
    </div>
  );
}
