import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { AUDIT_OUTCOMES } from '../../../core/domain/audit.ts';
import { MINUTE } from '../../../core/domain/clock.ts';
import { AUDIT_FILE, type AuditAsked, auditCheckQuery, auditQuery } from '../../api/audit.ts';
import { addressOf } from '../../api/endpoint.ts';
import { countSet, FilterBar, Pick, Segments, TextFilter } from '../../components/Filters.tsx';
import { useNow } from '../../components/now.ts';
import { Answer, Empty, PageHead } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useAccount } from '../../frame/account.ts';
import { RANGE_IDS, SPAN_MS } from '../../span.ts';
import { AuditTable } from './AuditTable.tsx';
import { useAuditTexts } from './texts.ts';
import './audit.css';

function useAsked(): AuditAsked {
  const { region, q, range, outcome, actor, target } = useSearch({ from: '/audit' });
  // The range moves on by the minute: a finer one would ask anew at every breath.
  const now = Math.floor(useNow() / MINUTE) * MINUTE;
  return {
    ...(region === undefined ? {} : { region }),
    ...(q === undefined ? {} : { q }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(actor === undefined ? {} : { actorId: actor }),
    ...(target === undefined ? {} : { targetId: target }),
    ...(range === undefined ? {} : { from: now - SPAN_MS[range] }),
  };
}

/** Goes through the chain of all rows: only who sees all of them may ask. */
function Integrity() {
  const { a, f } = useAuditTexts();
  const check = useQuery(auditCheckQuery);
  const found = check.data;
  return (
    <>
      <button type="button" className="button" disabled={check.isFetching} onClick={() => void check.refetch()}>
        {check.isFetching ? a.verifying : a.verify}
      </button>
      {found !== undefined && (
        <p className="state-word audit-check" role="status">
          <StateMark mark={found.brokenAt === null ? 'up' : 'down'} />
          {found.brokenAt === null
            ? a.whole(f.number(found.rows), found.head?.hash.slice(0, 12) ?? '–')
            : a.broken(f.number(found.brokenAt), found.reason === 'missing')}
        </p>
      )}
    </>
  );
}

/** @param found what the rows call the thing that they are narrowed to */
function Filters({ found }: { readonly found: string | undefined }) {
  const { a, t } = useAuditTexts();
  const { q, range, outcome, actor, who, target, name = found } = useSearch({ from: '/audit' });
  const navigate = useNavigate({ from: '/audit' });
  return (
    <FilterBar active={countSet(range, outcome, actor, target)}>
      <Segments
        label={a.range}
        value={range ?? 'all'}
        options={(['24h', '7d', '30d', 'all'] as const).map((value) => ({ value, text: t.time.range[value] }))}
        onChange={(value) =>
          void navigate({
            search: (previous) => ({ ...previous, open: undefined, range: RANGE_IDS.find((known) => known === value) }),
          })
        }
      />
      <Pick
        label={a.anyOutcome}
        value={outcome ?? ''}
        options={AUDIT_OUTCOMES.map((value) => ({ value, text: a.outcome[value] }))}
        onChange={(value) =>
          void navigate({
            search: (previous) => ({
              ...previous,
              open: undefined,
              outcome: AUDIT_OUTCOMES.find((known) => known === value),
            }),
          })
        }
      />
      <TextFilter
        value={q ?? ''}
        label={a.search}
        onChange={(text) =>
          void navigate({ search: (previous) => ({ ...previous, q: text, open: undefined }), replace: true })
        }
      />
      {target !== undefined && (
        <Link
          to="/audit"
          search={(previous) => ({ ...previous, target: undefined, name: undefined, open: undefined })}
          className="button audit-chip"
          aria-label={`${a.of(name ?? target)}. ${a.clear}`}
        >
          {a.of(name ?? target)} ×
        </Link>
      )}
      {actor !== undefined && (
        <Link
          to="/audit"
          search={(previous) => ({ ...previous, actor: undefined, who: undefined, open: undefined })}
          className="button audit-chip"
          aria-label={`${a.by(who ?? actor)}. ${a.clear}`}
        >
          {a.by(who ?? actor)} ×
        </Link>
      )}
    </FilterBar>
  );
}

/** Who changed what and who signed in, for administrators. */
export function AuditPage() {
  const { a, f } = useAuditTexts();
  const { region, open } = useSearch({ from: '/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const account = useAccount();
  const asked = useAsked();
  const query = useInfiniteQuery(auditQuery(asked));
  const isFiltered = Object.keys(asked).some((name) => name !== 'region');
  return (
    <div className="page">
      <PageHead
        title={a.title}
        context={a.context}
        actions={
          <>
            {account?.regionCode === '' && <Integrity />}
            <a className="button" href={addressOf(AUDIT_FILE, {}, asked)} download>
              {a.file}
            </a>
          </>
        }
      />
      <Filters found={query.data?.pages[0]?.items[0]?.target?.name ?? undefined} />
      <Answer query={query} what={a.title}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          const { waiting = 0, lost = 0 } = pages[0] ?? {};
          return (
            <>
              {waiting + lost > 0 && (
                <p className="stale-line" role="alert">
                  {a.waiting(f.number(waiting), f.number(lost))}
                </p>
              )}
              {rows.length === 0 ? (
                <Empty
                  title={isFiltered ? a.noneFiltered : a.none}
                  action={
                    isFiltered && (
                      <Link to="/audit" search={{ region }} className="button">
                        {a.clear}
                      </Link>
                    )
                  }
                >
                  {isFiltered ? a.noneFilteredHint : a.noneHint}
                </Empty>
              ) : (
                <AuditTable
                  rows={rows}
                  open={open}
                  onOpen={(seq) => void navigate({ search: (previous) => ({ ...previous, open: seq }), replace: true })}
                />
              )}
              {query.hasNextPage && (
                <p className="pager">
                  <button
                    type="button"
                    className="button"
                    disabled={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    {query.isFetchingNextPage ? a.loading : a.older}
                  </button>
                </p>
              )}
            </>
          );
        }}
      </Answer>
    </div>
  );
}
