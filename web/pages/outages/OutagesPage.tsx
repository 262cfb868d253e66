import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { MINUTE } from '../../../core/domain/clock.ts';
import { CAUSES } from '../../../core/domain/incident.ts';
import { incidentsQuery, outagesQuery, summaryQuery } from '../../api/queries.ts';
import { countSet, FilterBar, Pick, Segments, TextFilter } from '../../components/Filters.tsx';
import { ListTools } from '../../components/lists/ListTools.tsx';
import { Ago } from '../../components/Moments.tsx';
import { useNow } from '../../components/now.ts';
import { type Paged, PagedList } from '../../components/PagedList.tsx';
import { Empty, PageHead } from '../../components/Screen.tsx';
import { useAccount } from '../../frame/account.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { RANGE_IDS, SPAN_MS } from '../../span.ts';
import { IncidentTable } from './IncidentTable.tsx';
import { OutageTable } from './OutageTable.tsx';
import './outages.css';

const PAGE_SIZE = 50;
const STATUSES = ['open', 'closed', 'all'] as const;
const HANDLINGS = ['waiting', 'taken', 'mine'] as const;

function Nothing({ status, isFiltered }: { readonly status: (typeof STATUSES)[number]; readonly isFiltered: boolean }) {
  const { t } = useTexts();
  const { region } = useSearch({ from: '/outages' });
  const endedAt = useQuery(summaryQuery({ region })).data?.lastOutageEndedAt ?? null;
  if (status !== 'open' || isFiltered) {
    return (
      <Empty
        title={t.outages.empty}
        action={
          <Link to="/outages" search={{ region, status: 'all' }} className="button">
            {t.action.clear}
          </Link>
        }
      >
        {t.outages.emptyHint}
      </Empty>
    );
  }
  return (
    <Empty
      title={t.outages.emptyOpen}
      action={
        <Link to="/outages" search={{ region, status: 'closed' }} className="button">
          {t.outages.seeAll}
        </Link>
      }
    >
      {endedAt === null ? (
        t.map.noOutageEver
      ) : (
        <>
          {t.map.lastEnded} <Ago at={endedAt} />.
        </>
      )}
    </Empty>
  );
}

/** What both lists are asked for, from the address. */
function useFilter() {
  const { region, status = 'open', range, q, page = 1 } = useSearch({ from: '/outages' });
  // The range moves on by the minute: a finer one would ask anew at every breath.
  const now = Math.floor(useNow() / MINUTE) * MINUTE;
  return {
    page,
    pageSize: PAGE_SIZE,
    ...(region === undefined ? {} : { region }),
    ...(status === 'all' ? {} : { open: status === 'open' }),
    ...(range === undefined ? {} : { from: now - SPAN_MS[range] }),
    ...(q === undefined ? {} : { q }),
  };
}

/** What only incidents are asked for. */
function useIncidentFilter() {
  const { cause, handling, sort, order } = useSearch({ from: '/outages' });
  const me = useAccount();
  return {
    ...useFilter(),
    ...(cause === undefined ? {} : { cause }),
    ...(sort === undefined ? {} : { sort }),
    ...(order === undefined ? {} : { order }),
    ...(handling === 'waiting' || handling === 'taken' ? { acknowledged: handling === 'taken' } : {}),
    ...(handling === 'mine' && me !== null ? { assigneeId: me.id } : {}),
  };
}

function List<T>({
  query,
  children,
}: {
  readonly query: UseQueryResult<Paged<T>>;
  readonly children: (items: readonly T[]) => ReactNode;
}) {
  const { t } = useTexts();
  const { status = 'open', range, q, cause, handling } = useSearch({ from: '/outages' });
  return (
    <PagedList
      query={query}
      what={t.outages.title}
      empty={
        <Nothing status={status} isFiltered={[q, range, cause, handling].some((filter) => filter !== undefined)} />
      }
    >
      {children}
    </PagedList>
  );
}

/** Incidents first: one row a cause. The outages of single devices are one choice away. */
export function OutagesPage() {
  const { t, f } = useTexts();
  const { by, status = 'open', range, q, cause, handling } = useSearch({ from: '/outages' });
  const navigate = useNavigate({ from: '/outages' });
  const filter = useIncidentFilter();
  const incidents = useQuery({ ...incidentsQuery(filter), enabled: by === undefined });
  const outages = useQuery({ ...outagesQuery(useFilter()), enabled: by === 'device' });
  const total = (by === 'device' ? outages : incidents).data?.total;
  const statusTexts = { open: t.outages.open, closed: t.outages.closed, all: t.outages.all };
  return (
    <div className="page">
      <PageHead
        title={t.outages.title}
        context={
          total === undefined ? '\u00a0' : `${t.outages.count(f.number(total))} · ${statusTexts[status].toLowerCase()}`
        }
        actions={
          <Link to="/maintenance" className="button">
            {t.nav.maintenance}
          </Link>
        }
      />
      <FilterBar active={countSet(by, status === 'open' ? undefined : status, range, cause, handling)}>
        <Segments
          label={t.incidents.view}
          value={by ?? 'cause'}
          options={[
            { value: 'cause', text: t.incidents.byCause },
            { value: 'device', text: t.incidents.byDevice },
          ]}
          onChange={(value) =>
            void navigate({
              search: (previous) => ({ ...previous, page: undefined, by: value === 'device' ? value : undefined }),
            })
          }
        />
        <Segments
          label={t.outages.status}
          value={status}
          options={STATUSES.map((value) => ({ value, text: statusTexts[value] }))}
          onChange={(value) =>
            void navigate({
              search: (previous) => ({ ...previous, page: undefined, status: value === 'open' ? undefined : value }),
            })
          }
        />
        <Segments
          label={t.time.rangeLabel}
          value={range ?? 'all'}
          options={(['24h', '7d', '30d', 'all'] as const).map((value) => ({ value, text: t.time.range[value] }))}
          onChange={(value) =>
            void navigate({
              search: (previous) => ({
                ...previous,
                page: undefined,
                range: RANGE_IDS.find((known) => known === value),
              }),
            })
          }
        />
        {by === undefined && (
          <>
            <Pick
              label={t.incidents.filterCause}
              value={cause ?? ''}
              options={CAUSES.map((value) => ({ value, text: t.incidents.cause[value] }))}
              onChange={(value) =>
                void navigate({
                  search: (previous) => ({
                    ...previous,
                    page: undefined,
                    cause: CAUSES.find((known) => known === value),
                  }),
                })
              }
            />
            <Pick
              label={t.incidents.filterHandling}
              value={handling ?? ''}
              options={HANDLINGS.map((value) => ({ value, text: t.incidents.handling[value] }))}
              onChange={(value) =>
                void navigate({
                  search: (previous) => ({
                    ...previous,
                    page: undefined,
                    handling: HANDLINGS.find((known) => known === value),
                  }),
                })
              }
            />
          </>
        )}
        <TextFilter
          value={q ?? ''}
          label={t.outages.search}
          onChange={(text) =>
            void navigate({ search: (previous) => ({ ...previous, q: text, page: undefined }), replace: true })
          }
        />
        <ListTools screen="outages" {...(by === undefined ? { file: { list: 'incidents', query: filter } } : {})} />
      </FilterBar>
      {by === 'device' ? (
        <List query={outages}>{(items) => <OutageTable outages={items} />}</List>
      ) : (
        <List query={incidents}>{(items) => <IncidentTable incidents={items} />}</List>
      )}
    </div>
  );
}
