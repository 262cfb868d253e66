import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { regionLevel } from '../../../core/domain/region.ts';
import { siteQuery } from '../../api/queries.ts';
import { DeviceTable } from '../../components/DeviceTable.tsx';
import { Facts } from '../../components/Facts.tsx';
import { LinkSection } from '../../components/link/LinkSection.tsx';
import { Since } from '../../components/Moments.tsx';
import { MaintenanceLine } from '../../components/maintenance/MaintenanceLine.tsx';
import { Rename } from '../../components/rename/Rename.tsx';
import { SiteReports } from '../../components/reports/SiteReports.tsx';
import { Answer, PageHead, Skeleton } from '../../components/Screen.tsx';
import { StateMark, StateWord } from '../../components/StateMark.tsx';
import { mayEditInventory, useAccount } from '../../frame/account.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { HistoryLink } from '../audit/HistoryLink.tsx';
import './site.css';

export function SitePage() {
  const { t } = useTexts();
  const { siteId } = useParams({ from: '/sites/$siteId' });
  const query = useQuery(siteQuery(siteId));
  const site = query.data;
  const account = useAccount();
  const mayEdit = mayEditInventory(account);
  return (
    <div className="page">
      <PageHead
        title={t.sites.column.name}
        heading={site && <Rename key={siteId} thing={{ kind: 'site', id: siteId, name: site.name }} />}
        context={
          site === undefined ? (
            '\u00a0'
          ) : (
            <span className="site-context">
              {site.status === 'active' ? (
                <StateWord state={site.state} />
              ) : (
                <span className="state-word">
                  <StateMark mark="planned" />
                  {t.siteStatus[site.status]}
                </span>
              )}
              {site.status === 'active' && site.since !== null && <Since at={site.since} />}
              <span>
                {t.siteKind[site.kind]} · {site.regionName}
              </span>
            </span>
          )
        }
        actions={
          <>
            {mayEdit && (
              <>
                <Link to="/sites/$siteId/edit" params={{ siteId }} className="button">
                  {t.action.change}
                </Link>
                <Link to="/devices/new" search={{ site: siteId }} className="button">
                  {t.sites.addDevice}
                </Link>
                <Link to="/links/new" search={{ site: siteId }} className="button">
                  {t.sites.addLink}
                </Link>
              </>
            )}
            <Link to="/map" search={{ site: siteId }} className="button">
              {t.map.showOnMap}
            </Link>
            <HistoryLink id={siteId} />
          </>
        }
      />
      <Answer query={query} what={t.sites.column.name} waiting={<Skeleton height={240} />}>
        {(data) => (
          <div className="site">
            <MaintenanceLine of={{ siteId: data.id, regionCode: data.regionCode }} />
            <Facts
              facts={[
                { term: t.sites.code, value: <span className="mono">{data.code}</span> },
                ...(regionLevel(data.regionCode) === 'village'
                  ? [
                      {
                        term: t.sites.village,
                        value: (
                          <Link to="/villages/$code" params={{ code: data.regionCode }}>
                            {data.regionName}
                          </Link>
                        ),
                      },
                    ]
                  : [{ term: t.sites.column.region, value: data.regionName }]),
                ...(data.address === null ? [] : [{ term: t.sites.address, value: data.address }]),
                {
                  term: t.sites.column.contact,
                  value: data.contact ?? <span className="muted">{t.village.noContact}</span>,
                },
              ]}
            />
            <SiteReports siteId={data.id} regionCode={data.regionCode} />
            <LinkSection of={{ siteId: data.id }} />
            <section>
              <h2>{t.sites.devices}</h2>
              {data.devices.length === 0 ? (
                <p className="secondary">{t.sites.noDevices}</p>
              ) : (
                <DeviceTable devices={data.devices} withSite={false} />
              )}
            </section>
          </div>
        )}
      </Answer>
    </div>
  );
}
