import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Site } from '../../../core/contract/sites.ts';
import { SITE_LIST_KINDS } from '../../../core/domain/site.ts';
import { STATES } from '../../../core/domain/state.ts';
import { type SitesFilter, sitesQuery } from '../../api/queries.ts';
import { AddLink } from '../../components/AddLink.tsx';
import { countSet, FilterBar, Pick, TextFilter } from '../../components/Filters.tsx';
import { ListTools } from '../../components/lists/ListTools.tsx';
import { SinceCell } from '../../components/Moments.tsx';
import { PagedList } from '../../components/PagedList.tsx';
import { Empty, PageHead } from '../../components/Screen.tsx';
import { StateMark, StateWord } from '../../components/StateMark.tsx';
import { Table } from '../../components/Table.tsx';
import { useTexts } from '../../i18n/texts.tsx';

const PAGE_SIZE = 100;

function Rows({ sites }: { readonly sites: readonly Site[] }) {
  const { t } = useTexts();
  const columns = t.sites.column;
  return (
    <Table
      columns={[
        [columns.name, undefined, 'name'],
        [columns.state, undefined, 'worst'],
        [columns.since, 'wide-only', 'since'],
        [columns.kind, 'wide-only', 'kind'],
        [columns.region, 'wide-only', 'region'],
        [columns.contact, 'wide-only'],
      ]}
    >
      {sites.map((site) => (
        <tr key={site.id}>
          <th scope="row">
            <Link to="/sites/$siteId" params={{ siteId: site.id }} className="name">
              {site.name}
            </Link>
            <span className="sub phone-only">{site.regionName}</span>
          </th>
          <td>
            {site.status === 'active' ? (
              <StateWord state={site.state} quiet={site.state === 'up'} />
            ) : (
              <span className="state-word secondary">
                <StateMark mark="planned" />
                {t.siteStatus[site.status].toLowerCase()}
              </span>
            )}
          </td>
          <td className="wide-only secondary nowrap">
            {site.since !== null && site.status === 'active' && site.state !== 'up' && <SinceCell at={site.since} />}
          </td>
          <td className="wide-only">{t.siteKind[site.kind]}</td>
          <td className="wide-only">{site.regionName}</td>
          <td className="wide-only secondary">{site.contact ?? ''}</td>
        </tr>
      ))}
    </Table>
  );
}

export function SitesPage() {
  const { t, f } = useTexts();
  const { region, state, kind, q, sort = 'worst', order, page = 1 } = useSearch({ from: '/sites' });
  const navigate = useNavigate({ from: '/sites' });
  const filter: SitesFilter = {
    page,
    pageSize: PAGE_SIZE,
    ...(region === undefined ? {} : { region }),
    ...(state === undefined ? {} : { state }),
    ...(kind === undefined ? {} : { kind }),
    ...(q === undefined ? {} : { q }),
    sort,
    ...(order === undefined ? {} : { order }),
  };
  const query = useQuery(sitesQuery(filter));
  const isFiltered = state !== undefined || kind !== undefined || q !== undefined;
  return (
    <div className="page">
      <PageHead
        title={t.sites.title}
        context={query.data === undefined ? '\u00a0' : t.sites.count(f.number(query.data.total))}
        actions={<AddLink to="/sites/new" />}
      />
      <FilterBar active={countSet(state, kind)}>
        <Pick
          label={t.filter.state}
          value={state ?? ''}
          options={STATES.map((value) => ({ value, text: t.state[value] }))}
          onChange={(value) =>
            void navigate({
              search: (previous) => ({ ...previous, page: undefined, state: STATES.find((known) => known === value) }),
            })
          }
        />
        <Pick
          label={t.filter.kind}
          value={kind ?? ''}
          options={SITE_LIST_KINDS.map((value) => ({ value, text: t.siteKind[value] }))}
          onChange={(value) =>
            void navigate({
              search: (previous) => ({
                ...previous,
                page: undefined,
                kind: SITE_LIST_KINDS.find((known) => known === value),
              }),
            })
          }
        />
        <TextFilter
          value={q ?? ''}
          label={t.filter.text}
          onChange={(text) =>
            void navigate({ search: (previous) => ({ ...previous, q: text, page: undefined }), replace: true })
          }
        />
        <ListTools screen="sites" file={{ list: 'sites', query: filter }} />
      </FilterBar>
      <PagedList
        query={query}
        what={t.sites.title}
        empty={
          isFiltered ? (
            <Empty
              title={t.sites.emptyFiltered}
              action={
                <Link to="/sites" search={{ region }} className="button">
                  {t.action.clear}
                </Link>
              }
            />
          ) : (
            <Empty title={t.sites.empty}>{t.sites.emptyHint}</Empty>
          )
        }
      >
        {(items) => <Rows sites={items} />}
      </PagedList>
    </div>
  );
}
