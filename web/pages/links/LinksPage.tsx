import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { MEDIA } from '../../../core/domain/medium.ts';
import { STATES } from '../../../core/domain/state.ts';
import { type LinksFilter, linkListQuery, linkQuery, sitesQuery } from '../../api/queries.ts';
import { AddLink } from '../../components/AddLink.tsx';
import { countSet, FilterBar, Pick, TextFilter } from '../../components/Filters.tsx';
import { ListTools } from '../../components/lists/ListTools.tsx';
import { PagedList } from '../../components/PagedList.tsx';
import { Answer, Empty, PageHead, Skeleton } from '../../components/Screen.tsx';
import { LinkDetail } from './LinkDetail.tsx';
import { LinkTable } from './LinkTable.tsx';
import { useLinksTexts } from './texts.ts';
import './links.css';

const PAGE_SIZE = 100;
/** As many agencies as one may choose from. */
const MOST_AGENCIES = 500;

function useFilter(): LinksFilter {
  const { region, state, medium, agency, q, sort = 'worst', order, page = 1 } = useSearch({ from: '/links' });
  const filter = { region, state, medium, siteId: agency, q, sort, order, page, pageSize: PAGE_SIZE };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as LinksFilter;
}

function Filters({ filter }: { readonly filter: LinksFilter }) {
  const { t, p } = useLinksTexts();
  const { region, state, medium, agency, q } = useSearch({ from: '/links' });
  const navigate = useNavigate({ from: '/links' });
  const agencies = useQuery(
    sitesQuery({ kind: 'agency', sort: 'name', pageSize: MOST_AGENCIES, ...(region === undefined ? {} : { region }) }),
  );
  const change = (part: object, replace = false) =>
    void navigate({ search: (previous) => ({ ...previous, page: undefined, link: undefined, ...part }), replace });
  return (
    <FilterBar active={countSet(state, medium, agency)}>
      <Pick
        label={t.filter.state}
        value={state ?? ''}
        options={STATES.map((value) => ({ value, text: t.state[value] }))}
        onChange={(value) => change({ state: STATES.find((known) => known === value) })}
      />
      <Pick
        label={p.medium}
        value={medium ?? ''}
        options={MEDIA.map((value) => ({ value, text: t.link.medium[value] }))}
        onChange={(value) => change({ medium: MEDIA.find((known) => known === value) })}
      />
      <Pick
        label={p.agency}
        value={agency ?? ''}
        options={(agencies.data?.items ?? []).map(({ id, name }) => ({ value: id, text: name }))}
        onChange={(value) => change({ agency: value })}
      />
      <TextFilter value={q ?? ''} label={t.filter.text} onChange={(text) => change({ q: text }, true)} />
      <ListTools screen="links" file={{ list: 'links', query: filter }} />
    </FilterBar>
  );
}

/** A link that is open and not in sight, as one that was found by the search. */
function Apart({ linkId }: { readonly linkId: string }) {
  const { p } = useLinksTexts();
  const query = useQuery(linkQuery(linkId));
  return (
    <div className="links-apart">
      <Answer query={query} what={p.title} waiting={<Skeleton rows={3} />}>
        {(link) => <LinkDetail link={{ ...link, health: 'unknown', load: null }} />}
      </Answer>
    </div>
  );
}

/** Every link of a region: how it does, what it carries, whose it is. */
export function LinksPage() {
  const { t, f, p } = useLinksTexts();
  const { region, state, medium, agency, q, link: open } = useSearch({ from: '/links' });
  const filter = useFilter();
  const query = useQuery(linkListQuery(filter));
  const isFiltered = [state, medium, agency, q].some((value) => value !== undefined);
  const isApart = open !== undefined && query.data !== undefined && !query.data.items.some(({ id }) => id === open);
  return (
    <div className="page">
      <PageHead
        title={p.title}
        context={query.data === undefined ? '\u00a0' : p.count(f.number(query.data.total))}
        actions={<AddLink to="/links/new" />}
      />
      <Filters filter={filter} />
      {isApart && <Apart linkId={open} />}
      <PagedList
        query={query}
        what={p.title}
        empty={
          isFiltered ? (
            <Empty
              title={p.emptyFiltered}
              action={
                <Link to="/links" search={{ region }} className="button">
                  {t.action.clear}
                </Link>
              }
            />
          ) : (
            <Empty title={p.empty} action={<AddLink to="/links/new" />}>
              {p.emptyHint}
            </Empty>
          )
        }
      >
        {(items) => <LinkTable links={items} open={open} />}
      </PagedList>
    </div>
  );
}
