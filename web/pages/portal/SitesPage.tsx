import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { PortalSiteRow } from '../../../core/contract/portal/site-routes.ts';
import { portalSitesQuery } from '../../api/portal.ts';
import { TextFilter } from '../../components/Filters.tsx';
import { Ago } from '../../components/Moments.tsx';
import { PagedList } from '../../components/PagedList.tsx';
import { Empty } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { Table } from '../../components/Table.tsx';
import { useRights } from './change.ts';
import { Count, isFailing, Success, TimeToOnline } from './figures.tsx';
import { PortalPage } from './PortalPage.tsx';
import { usePortalTexts } from './texts.ts';

const PAGE_SIZE = 50;

function Row({ row }: { readonly row: PortalSiteRow }) {
  const { p, t } = usePortalTexts();
  const isSuspicious = row.state === 'up' && isFailing(row.health);
  return (
    <tr>
      <th scope="row">
        <span className="state-word portal-wraps">
          <StateMark mark={row.state} size={10} label={t.state[row.state]} />
          <Link to="/portal/sites/$siteId" params={{ siteId: row.siteId }} className="name">
            {row.siteName}
          </Link>
        </span>
        {(isSuspicious || !row.enabled) && (
          <span className={isSuspicious ? 'sub portal-failing' : 'sub'}>
            {row.enabled ? p.sites.suspicious : p.sites.off}
          </span>
        )}
      </th>
      <td className="number">
        <Count value={row.live} />
      </td>
      <td className="number wide-only">
        <Count value={row.health.issued} />
      </td>
      <td className="number">
        <Success health={row.health} />
      </td>
      <td className="number wide-only">
        <TimeToOnline ms={row.health.onlineMsP50} />
      </td>
      <td className="number wide-only">
        {row.seenAt === null ? <span className="zero">{p.sites.never}</span> : <Ago at={row.seenAt} />}
      </td>
    </tr>
  );
}

/** Sites with a portal, where most logins fail first. */
export function SitesPage() {
  const { p } = usePortalTexts();
  const { region, q, page = 1 } = useSearch({ from: '/portal/sites' });
  const navigate = useNavigate({ from: '/portal/sites' });
  const { isEditor } = useRights();
  const query = useQuery(portalSitesQuery({ page, pageSize: PAGE_SIZE, ...(q && { q }), ...(region && { region }) }));
  const { column } = p.sites;
  return (
    <PortalPage context={p.sites.context}>
      <div className="filters">
        <TextFilter
          label={p.sites.search}
          value={q ?? ''}
          onChange={(next) => void navigate({ search: (previous) => ({ ...previous, q: next, page: undefined }) })}
        />
      </div>
      <PagedList
        query={query}
        what={p.tab.sites}
        empty={
          <Empty
            title={q === undefined ? p.sites.none : p.sites.noneFound}
            action={
              isEditor &&
              q === undefined && (
                <Link to="/portal/gateways" search={{ edit: 'new' }} className="button">
                  {p.overview.addGateway}
                </Link>
              )
            }
          >
            {q === undefined ? p.sites.noneHint : undefined}
          </Empty>
        }
      >
        {(items) => (
          <Table
            columns={[
              column.site,
              [column.live, 'number'],
              [column.issued, 'number wide-only'],
              [column.success, 'number'],
              [column.online, 'number wide-only'],
              [column.seen, 'number wide-only'],
            ]}
          >
            {items.map((row) => (
              <Row key={row.siteId} row={row} />
            ))}
          </Table>
        )}
      </PagedList>
    </PortalPage>
  );
}
