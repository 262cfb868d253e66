import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { PortalSite, PortalSiteChange } from '../../../core/contract/portal/site.ts';
import { SECOND } from '../../../core/domain/clock.ts';
import { loginHealthQuery, portalSiteQuery } from '../../api/portal.ts';
import { useDebounced } from '../../components/debounced.ts';
import { Answer } from '../../components/Screen.tsx';
import { Chart } from '../device/Chart.tsx';
import { useRights } from './change.ts';
import { PortalPage } from './PortalPage.tsx';
import { SiteForm } from './SiteForm.tsx';
import { SitePreview } from './SitePreview.tsx';
import { SurveyAnswers } from './SurveyAnswers.tsx';
import { usePortalTexts } from './texts.ts';
import '../device/device.css';

const NO_BANDS = [] as const;
const PERCENT = 100;

/** Login success and time to online, as the outage engine reads them too. */
function Health({ siteId }: { readonly siteId: string }) {
  const { p, f } = usePortalTexts();
  const { data } = useQuery(loginHealthQuery(siteId));
  const lines = useMemo(
    () =>
      data === undefined
        ? null
        : {
            online: [
              {
                label: p.site.online,
                ink: 'chart-1',
                values: data.onlineMsP50.map((ms) => (ms === null ? null : ms / SECOND)),
              },
            ],
            success: [
              {
                label: p.site.success,
                ink: 'chart-2',
                values: data.success.map((share) => (share === null ? null : share * PERCENT)),
                isFilled: true,
              },
            ],
          },
    [data, p],
  );
  if (data === undefined || lines === null) return null;
  const isEmpty = data.issued.every((count) => count === 0);
  const shared = { times: data.times, from: data.from, to: data.to, bands: NO_BANDS };
  return (
    <section className="portal-section">
      <h2>{p.site.health}</h2>
      {isEmpty ? (
        <p className="secondary">{p.site.healthNone}</p>
      ) : (
        <div className="charts">
          <Chart
            {...shared}
            title={p.site.success}
            unit="%"
            lines={lines.success}
            range={[0, PERCENT]}
            show={(value) => f.number(value)}
            isLast={false}
          />
          <Chart
            {...shared}
            title={p.site.online}
            unit={p.site.secondsUnit}
            lines={lines.online}
            show={(value) => f.number(value, value < 10 ? 1 : 0)}
            isLast
          />
        </div>
      )}
    </section>
  );
}

function Shown({ site }: { readonly site: PortalSite }) {
  const { isEditor, isOfficer } = useRights();
  const [change, setChange] = useState<PortalSiteChange>({});
  const rested = useDebounced(change, 400);
  return (
    <div className="portal-site">
      <div className="portal-stack">
        {(isEditor || isOfficer) && <SiteForm site={site} isOfficer={!isEditor} change={change} onChange={setChange} />}
        <Health siteId={site.siteId} />
        <SurveyAnswers siteId={site.siteId} />
      </div>
      <SitePreview site={site} change={rested} />
    </div>
  );
}

/** What the portal of one site shows and allows, beside the page itself. */
export function SitePage() {
  const { p } = usePortalTexts();
  const { siteId } = useParams({ from: '/portal/sites/$siteId' });
  const { isEditor } = useRights();
  const query = useQuery(portalSiteQuery(siteId));
  return (
    <PortalPage
      title={query.data?.siteName ?? '…'}
      context={<Link to="/portal/sites">{p.site.back}</Link>}
      actions={
        isEditor && (
          <Link to="/portal/sessions" search={{ site: siteId }} className="button">
            {p.site.sessions}
          </Link>
        )
      }
    >
      <Answer query={query} what={p.site.settings}>
        {(site) => <Shown key={site.siteId} site={site} />}
      </Answer>
    </PortalPage>
  );
}
