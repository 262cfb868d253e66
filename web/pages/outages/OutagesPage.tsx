import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Outage } from '../../../core/contract/outages.ts';
import { MINUTE } from '../../../core/domain/clock.ts';
import { type OutagesFilter, outagesQuery, summaryQuery } from '../../api/queries.ts';
import { Pager, Segments, TextFilter } from '../../components/Filters.tsx';
import { Ago, Moment } from '../../components/Moments.tsx';
import { useNow } from '../../components/now.ts';
import { useReason } from '../../components/OutageRows.tsx';
import { Answer, Empty, PageHead } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { RANGE_IDS, SPAN_MS } from '../../span.ts';
import './outages.css';

const PAGE_SIZE = 50;
const STATUSES = ['open', 'closed', 'all'] as const;

function Row({ outage }: { readonly outage: Outage }) {
  const { t, f } = useTexts();
  const now = useNow();
  const reasonOf = useReason();
  const isOpen = outage.endedAt === null;
  return (
    <tr>
      <td className="outage-mark">
        <StateMark mark={isOpen ? 'down' : 'up'} label={isOpen ? t.state.down : t.outages.closed} />
      </td>
      <th scope="row">
        <Link to="/sites/$siteId" params={{ siteId: outage.siteId }} className="name">
          {outage.siteName}
        </Link>
        <span className="sub">{outage.place}</span>
        <span className="sub phone-only">
          <Moment at={outage.startedAt} /> · {f.lasting((outage.endedAt ?? now) - outage.startedAt)}
          {isOpen && ` · ${t.outages.stillOpen}`}
        </span>
      </th>
      <td className="wide-only">
        <Link to="/devices/$deviceId" params={{ deviceId: outage.deviceId }} className="plain">
          {outage.deviceName}
        </Link>
      </td>
      <td className="wide-only">
        <Moment at={outage.startedAt} />
      </td>
      <td className="wide-only">
        {outage.endedAt === null ? (
          <span className="state-down">{t.outages.stillOpen}</span>
        ) : (
          <Moment at={outage.endedAt} />
        )}
      </td>
      <td className="number wide-only">{f.lasting((outage.endedAt ?? now) - outage.startedAt)}</td>
      <td className="secondary wide-only">{reasonOf(outage.reason)}</td>
    </tr>
  );
}

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

export function OutagesPage() {
  const { t, f } = useTexts();
  const { region, status = 'open', range, q, page = 1 } = useSearch({ from: '/outages' });
  const navigate = useNavigate({ from: '/outages' });
  // The range moves on by the minute: a finer one would ask anew at every breath.
  const now = Math.floor(useNow() / MINUTE) * MINUTE;
  const filter: OutagesFilter = {
    page,
    pageSize: PAGE_SIZE,
    ...(region === undefined ? {} : { region }),
    ...(status === 'all' ? {} : { open: status === 'open' }),
    ...(range === undefined ? {} : { from: now - SPAN_MS[range] }),
    ...(q === undefined ? {} : { q }),
  };
  const query = useQuery(outagesQuery(filter));
  const statusTexts = { open: t.outages.open, closed: t.outages.closed, all: t.outages.all };
  return (
    <div className="page">
      <PageHead
        title={t.outages.title}
        context={
          query.data === undefined
            ? '\u00a0'
            : `${t.outages.count(f.number(query.data.total))} · ${statusTexts[status].toLowerCase()}`
        }
      />
      <div className="filters">
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
        <TextFilter
          value={q ?? ''}
          label={t.outages.search}
          onChange={(text) =>
            void navigate({ search: (previous) => ({ ...previous, q: text, page: undefined }), replace: true })
          }
        />
      </div>
      <Answer query={query} what={t.outages.title}>
        {({ items, total }) =>
          items.length === 0 ? (
            <Nothing status={status} isFiltered={q !== undefined || range !== undefined} />
          ) : (
            <>
              <div className="table-box">
                <table className="table outages">
                  <thead className="wide-only-rows">
                    <tr>
                      <th />
                      <th scope="col">{t.outages.column.place}</th>
                      <th scope="col">{t.outages.column.device}</th>
                      <th scope="col">{t.outages.column.started}</th>
                      <th scope="col">{t.outages.column.ended}</th>
                      <th scope="col" className="number">
                        {t.outages.column.lasting}
                      </th>
                      <th scope="col">{t.outages.column.reason}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((outage) => (
                      <Row key={outage.id} outage={outage} />
                    ))}
                  </tbody>
                </table>
              </div>
              <Pager
                page={page}
                pageSize={PAGE_SIZE}
                total={total}
                onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
              />
            </>
          )
        }
      </Answer>
    </div>
  );
}
