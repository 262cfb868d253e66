import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { PlanVillage } from '../../../core/contract/coverage-plan.ts';
import { COVERAGE_FILTERS, isInProgramme, VILLAGE_KINDS } from '../../../core/domain/coverage.ts';
import type { State } from '../../../core/domain/state.ts';
import { planVillagesQuery } from '../../api/coverage.ts';
import { addressOf } from '../../api/endpoint.ts';
import { countSet, FilterBar, Pick, Segments, TextFilter } from '../../components/Filters.tsx';
import { PagedList } from '../../components/PagedList.tsx';
import { Empty, PageHead } from '../../components/Screen.tsx';
import { StateMark, StateWord } from '../../components/StateMark.tsx';
import { Table } from '../../components/Table.tsx';
import { shortEdition } from './columns.ts';
import { useCoverageTexts } from './texts.ts';
import './coverage.css';

/** The state of its hotspots, or why it has none. */
export function Standing({ standing }: Pick<PlanVillage, 'standing'>) {
  const { c } = useCoverageTexts();
  if (isInProgramme(standing)) return <StateWord state={standing} quiet={standing === 'normal'} />;
  return (
    <span className="state-word muted plan-standing">
      {standing !== 'none' && <StateMark mark={standing} />}
      {c.list[standing]}
    </span>
  );
}

function Spot({ state }: { readonly state: State | null }) {
  return state === null ? <span className="zero">–</span> : <StateWord state={state} quiet={state === 'up'} />;
}

/** The villages behind a figure of the table. */
export function VillagesPage() {
  const { c, f, t } = useCoverageTexts();
  const { region, of, is = 'all', month, q, page = 1 } = useSearch({ from: '/coverage/villages' });
  const navigate = useNavigate({ from: '/coverage/villages' });
  const asked = {
    is,
    ...(region === undefined ? {} : { region }),
    ...(of === undefined ? {} : { of }),
    ...(month === undefined ? {} : { month }),
  };
  const query = useQuery(planVillagesQuery({ ...asked, page, ...(q === undefined ? {} : { q }) }));
  const { data } = query;
  const kind = c.of[of ?? 'all'];
  return (
    <div className="page">
      <PageHead
        title={data === undefined ? c.list[is] : `${c.list[is]}: ${data.region.name}`}
        context={
          data === undefined
            ? '\u00a0'
            : `${c.listCount(f.number(data.total), kind)}. ${c.basis(kind, data.edition === null ? c.noEdition : shortEdition(data.edition))}`
        }
        actions={
          <>
            {(['csv', 'xlsx'] as const).map((format) => (
              <a
                key={format}
                className="button"
                download
                href={addressOf('/api/v1/coverage/file', {}, { ...asked, what: 'villages', format })}
              >
                {c.file[format]}
              </a>
            ))}
            <Link to="/coverage" search={{ region, of, month }} className="button">
              {c.programme.back}
            </Link>
          </>
        }
      />
      <FilterBar active={countSet(of, is === 'all' ? undefined : is)}>
        <Segments
          label={c.counted}
          value={of ?? 'all'}
          options={VILLAGE_KINDS.map((value) => ({ value, text: c.ofShort[value] }))}
          onChange={(next) =>
            void navigate({
              search: (previous) => ({ ...previous, of: next === 'all' ? undefined : next, page: undefined }),
            })
          }
        />
        <Pick
          label={c.which}
          value={is === 'all' ? '' : is}
          options={COVERAGE_FILTERS.filter((value) => value !== 'all').map((value) => ({ value, text: c.list[value] }))}
          onChange={(value) =>
            void navigate({
              search: (previous) => ({
                ...previous,
                is: COVERAGE_FILTERS.find((known) => known === value),
                page: undefined,
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
      </FilterBar>
      <PagedList query={query} what={c.list[is]} empty={<Empty title={c.listEmpty}>{c.listEmptyHint}</Empty>}>
        {(items: readonly PlanVillage[]) => (
          <Table
            columns={[
              c.villageColumn.name,
              c.villageColumn.standing,
              [c.villageColumn.office, 'wide-only'],
              [c.villageColumn.public, 'wide-only'],
              [c.villageColumn.availability, 'number wide-only'],
              [c.villageColumn.population, 'number wide-only'],
              [c.villageColumn.note, 'roomy-only'],
              [c.villageColumn.code, 'wide-only'],
            ]}
          >
            {items.map((village) => (
              <tr key={village.code}>
                <th scope="row">
                  {isInProgramme(village.standing) ? (
                    <Link to="/villages/$code" params={{ code: village.code }} className="name">
                      {village.name}
                    </Link>
                  ) : (
                    <Link to="/coverage/programme/$code" params={{ code: village.code }} className="name">
                      {village.name}
                    </Link>
                  )}
                  <span className="sub">{[village.district, village.regency].filter(Boolean).join(', ')}</span>
                </th>
                <td>
                  <Standing standing={village.standing} />
                </td>
                <td className="wide-only">
                  <Spot state={village.office} />
                </td>
                <td className="wide-only">
                  <Spot state={village.public} />
                </td>
                <td className="number wide-only">
                  {village.availability === null ? <span className="zero">–</span> : f.percent(village.availability)}
                </td>
                <td className="number wide-only">
                  {village.population === null ? <span className="zero">–</span> : f.number(village.population)}
                </td>
                <td className="roomy-only secondary">{village.programmeNote}</td>
                <td className="wide-only mono muted">{village.code}</td>
              </tr>
            ))}
          </Table>
        )}
      </PagedList>
    </div>
  );
}
