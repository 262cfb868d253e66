import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ListedVillage } from '../../../core/contract/villages.ts';
import { type State, VILLAGE_STATES } from '../../../core/domain/state.ts';
import { type VillagesFilter, villagesQuery } from '../../api/queries.ts';
import { countSet, FilterBar, Pick, Segments, TextFilter } from '../../components/Filters.tsx';
import { ListTools } from '../../components/lists/ListTools.tsx';
import { SinceCell } from '../../components/Moments.tsx';
import { PagedList } from '../../components/PagedList.tsx';
import { Empty, PageHead } from '../../components/Screen.tsx';
import { StateMark, StateWord } from '../../components/StateMark.tsx';
import { Table } from '../../components/Table.tsx';
import { useVillagesTexts } from './texts.ts';
import './villages.css';

const PAGE_SIZE = 100;

const Outside = ({ text }: { readonly text: string }) => (
  <span className="state-word muted">
    <StateMark mark="not-proposed" />
    {text}
  </span>
);

function SiteState({ state }: { readonly state: State | null }) {
  const { t } = useVillagesTexts();
  return state === null ? <Outside text={t.state.noSite} /> : <StateWord state={state} quiet={state === 'up'} />;
}

function Rows({ villages }: { readonly villages: readonly ListedVillage[] }) {
  const { t, f, p } = useVillagesTexts();
  const columns = t.villages.column;
  return (
    <Table
      columns={[
        [columns.name, undefined, 'name'],
        [columns.state, undefined, 'worst'],
        [p.since, 'wide-only', 'since'],
        [columns.office, 'villages-sites'],
        [columns.public, 'villages-sites'],
        [columns.regency, 'wide-only', 'regency'],
        [p.people, 'number villages-more', 'people'],
        [t.villages.code, 'villages-more', 'code'],
      ]}
    >
      {villages.map(({ code, name, districtName, regencyName, state, since, people, ...sites }) => (
        <tr key={code}>
          <th scope="row">
            <Link to="/villages/$code" params={{ code }} className="name">
              {name}
            </Link>
            <span className="sub">
              {districtName}
              <span className="phone-only"> · {regencyName}</span>
            </span>
          </th>
          <td>
            {state === null ? (
              <Outside text={p.notInProgramme} />
            ) : (
              <StateWord state={state} quiet={state === 'normal'} />
            )}
          </td>
          <td className="wide-only secondary nowrap">
            {since !== null && state !== null && state !== 'normal' && <SinceCell at={since} />}
          </td>
          <td className="villages-sites">{state !== null && <SiteState state={sites.office} />}</td>
          <td className="villages-sites">{state !== null && <SiteState state={sites.public} />}</td>
          <td className="wide-only">{regencyName}</td>
          <td className="number villages-more">{people === null ? '' : f.number(people)}</td>
          <td className="villages-more mono muted">{code}</td>
        </tr>
      ))}
    </Table>
  );
}

export function VillagesPage() {
  const { t, f } = useVillagesTexts();
  const { region, state, q, all, sort = 'worst', order, page = 1 } = useSearch({ from: '/villages' });
  const navigate = useNavigate({ from: '/villages' });
  const filter = { region, state, q, all, sort, order };
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as VillagesFilter;
  const query = useQuery(villagesQuery({ ...asked, page, pageSize: PAGE_SIZE }));
  const title = all === true ? t.villages.titleAll : t.villages.title;
  const { state: villageState, ...ofFile } = asked;
  return (
    <div className="page">
      <PageHead
        title={title}
        context={query.data === undefined ? '\u00a0' : t.villages.count(f.number(query.data.total))}
      />
      <FilterBar active={countSet(all, state)}>
        <Segments
          label={t.villages.which}
          value={all === true ? 'all' : 'programme'}
          options={[
            { value: 'programme', text: t.villages.inProgramme },
            { value: 'all', text: t.villages.all },
          ]}
          onChange={(value) => void navigate({ search: { region, all: value === 'all' ? true : undefined } })}
        />
        <Pick
          label={t.filter.state}
          value={state ?? ''}
          options={VILLAGE_STATES.map((value) => ({ value, text: t.state[value] }))}
          onChange={(value) =>
            void navigate({
              search: (previous) => ({
                ...previous,
                page: undefined,
                state: VILLAGE_STATES.find((known) => known === value),
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
        <ListTools
          screen="villages"
          file={{ list: 'villages', query: villageState === undefined ? ofFile : { ...ofFile, villageState } }}
        />
      </FilterBar>
      <PagedList
        query={query}
        what={title}
        empty={
          state === undefined && q === undefined && all !== true ? (
            <Empty title={t.villages.empty}>{t.villages.emptyHint}</Empty>
          ) : (
            <Empty
              title={t.villages.emptyFiltered}
              action={
                <Link to="/villages" search={{ region }} className="button">
                  {t.action.clear}
                </Link>
              }
            />
          )
        }
      >
        {(items) => <Rows villages={items} />}
      </PagedList>
    </div>
  );
}
