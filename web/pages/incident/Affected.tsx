import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AffectedSite, IncidentDetail } from '../../../core/contract/incidents.ts';
import { affectedSitesQuery } from '../../api/queries.ts';
import { Facts, Figure } from '../../components/Facts.tsx';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { type Branch, branchesOf } from './branches.ts';
import { useIncidentTexts } from './texts.ts';

/** Shown of a regency before one asks for the rest. */
const FEW = 6;

function SiteLine({ site }: { readonly site: AffectedSite }) {
  const { t, f } = useTexts();
  const isDown = site.openOutages > 0;
  return (
    <li>
      <StateMark mark={isDown ? 'down' : 'unknown'} size={10} label={isDown ? t.state.down : t.state.unknown} />
      <Link to="/sites/$siteId" params={{ siteId: site.siteId }} className="plain ellipsis">
        {site.siteName}
      </Link>
      <span className="small muted ellipsis">{site.place.split(', ').slice(0, -1).join(', ')}</span>
      <span className="small secondary nowrap">{t.incidents.effect.devices(f.number(site.devices))}</span>
    </li>
  );
}

function BranchList({ branch, isOver }: { readonly branch: Branch; readonly isOver: boolean }) {
  const { t, i, f } = useIncidentTexts();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? branch.sites : branch.sites.slice(0, FEW);
  return (
    <li>
      <h3>
        {branch.name === '' ? i.elsewhere : branch.name}{' '}
        <span className="unit">{t.incidents.effect.sites(f.number(branch.sites.length))}</span>
      </h3>
      <ul className={isOver ? 'affected-sites affected-over' : 'affected-sites'}>
        {shown.map((site) => (
          <SiteLine key={site.siteId} site={site} />
        ))}
      </ul>
      {shown.length < branch.sites.length && (
        <button type="button" className="button quiet" onClick={() => setWhole(true)}>
          {t.link.more(f.number(branch.sites.length))}
        </button>
      )}
    </li>
  );
}

/** What it takes down: the sum, then site by site under their regencies. */
export function Affected({ incident }: { readonly incident: IncidentDetail }) {
  const { t, i, f } = useIncidentTexts();
  const query = useQuery(affectedSitesQuery(incident.id));
  const { villages, agencies, population, sites, devices } = incident.effect;
  const figures = [
    { term: i.count.villages, value: villages },
    { term: i.count.agencies, value: agencies },
    { term: i.count.people, value: population },
    { term: i.count.sites, value: sites },
    { term: i.count.devices, value: devices },
  ].filter(({ value }) => value > 0);
  return (
    <section>
      <h2>{t.incidents.column.effect}</h2>
      <Facts isLarge facts={figures.map(({ term, value }) => ({ term, value: <Figure value={f.number(value)} /> }))} />
      <Answer query={query} what={t.incidents.column.effect} waiting={<Skeleton rows={3} />}>
        {({ items, total }) => (
          <>
            <ul className="affected">
              {branchesOf(items).map((branch) => (
                <BranchList key={branch.name} branch={branch} isOver={incident.closedAt !== null} />
              ))}
            </ul>
            {total > items.length && <p className="small muted">{i.moreOutages(f.number(items.length))}</p>}
          </>
        )}
      </Answer>
    </section>
  );
}
