import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { MapVillage } from '../../../core/contract/coverage.ts';
import { ancestorCode } from '../../../core/domain/region.ts';
import { type State, VILLAGE_STATES } from '../../../core/domain/state.ts';
import { coverageQuery, mapQuery, regionsQuery } from '../../api/queries.ts';
import { Pick, Segments, TextFilter } from '../../components/Filters.tsx';
import { PagedList } from '../../components/PagedList.tsx';
import { Answer, Empty, PageHead } from '../../components/Screen.tsx';
import { StateMark, StateWord } from '../../components/StateMark.tsx';
import { Table } from '../../components/Table.tsx';
import { useTexts } from '../../i18n/texts.tsx';

const WEIGHT = { down: 0, partial: 1, unknown: 2, normal: 3 } as const;
const PAGE_SIZE = 100;

function useRegencyName(): (code: string) => string {
  const rows = useQuery(coverageQuery()).data?.rows ?? [];
  return (code) => rows.find((row) => row.code === ancestorCode(code, 'regency'))?.name ?? '';
}

function SiteState({ state }: { readonly state: State | null }) {
  const { t } = useTexts();
  if (state !== null) return <StateWord state={state} quiet={state === 'up'} />;
  return (
    <span className="state-word muted">
      <StateMark mark="not-proposed" />
      {t.state.noSite}
    </span>
  );
}

function InProgramme({ villages }: { readonly villages: readonly MapVillage[] }) {
  const { t } = useTexts();
  const regencyName = useRegencyName();
  const { state, q } = useSearch({ from: '/villages' });
  const shown = villages
    .filter((village) => state === undefined || village.state === state)
    .filter(({ name, code }) => q === undefined || `${name} ${code}`.toLowerCase().includes(q.toLowerCase()))
    .toSorted((a, b) => WEIGHT[a.state] - WEIGHT[b.state] || a.name.localeCompare(b.name, 'id'));
  if (shown.length === 0) {
    return villages.length === 0 ? (
      <Empty title={t.villages.empty}>{t.villages.emptyHint}</Empty>
    ) : (
      <Empty
        title={t.villages.emptyFiltered}
        action={
          <Link to="/villages" className="button">
            {t.action.clear}
          </Link>
        }
      />
    );
  }
  return (
    <Table
      columns={[
        t.villages.column.name,
        t.villages.column.state,
        [t.villages.column.office, 'wide-only'],
        [t.villages.column.public, 'wide-only'],
        [t.villages.code, 'wide-only'],
      ]}
    >
      {shown.map((village) => (
        <tr key={village.code}>
          <th scope="row">
            <Link to="/villages/$code" params={{ code: village.code }} className="name">
              {village.name}
            </Link>
            <span className="sub">{regencyName(village.code)}</span>
          </th>
          <td>
            <StateWord state={village.state} quiet={village.state === 'normal'} />
          </td>
          <td className="wide-only">
            <SiteState state={village.office} />
          </td>
          <td className="wide-only">
            <SiteState state={village.public} />
          </td>
          <td className="wide-only mono muted">{village.code}</td>
        </tr>
      ))}
    </Table>
  );
}

/** Every village of the regions on record, in the programme or not. */
function AllVillages() {
  const { t, f } = useTexts();
  const regencyName = useRegencyName();
  const { region, q, page = 1 } = useSearch({ from: '/villages' });
  const query = useQuery(
    regionsQuery({
      level: 'village',
      page,
      pageSize: PAGE_SIZE,
      ...(region === undefined ? {} : { region }),
      ...(q === undefined ? {} : { q }),
    }),
  );
  return (
    <PagedList query={query} what={t.villages.titleAll} empty={<Empty title={t.villages.emptyFiltered} />}>
      {(items, total) => (
        <>
          <p className="secondary">{t.villages.count(f.number(total))}</p>
          <Table columns={[t.villages.column.name, t.villages.column.regency, t.villages.code]}>
            {items.map(({ code, name }) => (
              <tr key={code}>
                <th scope="row">
                  <Link to="/villages/$code" params={{ code }} className="name">
                    {name}
                  </Link>
                </th>
                <td>{regencyName(code)}</td>
                <td className="mono muted">{code}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
    </PagedList>
  );
}

export function VillagesPage() {
  const { t, f } = useTexts();
  const { region, state, q, all = false } = useSearch({ from: '/villages' });
  const navigate = useNavigate({ from: '/villages' });
  const query = useQuery({ ...mapQuery({ region }), enabled: !all });
  return (
    <div className="page">
      <PageHead
        title={all ? t.villages.titleAll : t.villages.title}
        context={query.data === undefined || all ? '\u00a0' : t.villages.count(f.number(query.data.villages.length))}
      />
      <div className="filters">
        <Segments
          label={t.villages.which}
          value={all ? 'all' : 'programme'}
          options={[
            { value: 'programme', text: t.villages.inProgramme },
            { value: 'all', text: t.villages.all },
          ]}
          onChange={(value) => void navigate({ search: { region, all: value === 'all' ? true : undefined } })}
        />
        {!all && (
          <Pick
            label={t.filter.state}
            value={state ?? ''}
            options={VILLAGE_STATES.map((value) => ({ value, text: t.state[value] }))}
            onChange={(value) =>
              void navigate({
                search: (previous) => ({ ...previous, state: VILLAGE_STATES.find((known) => known === value) }),
              })
            }
          />
        )}
        <TextFilter
          value={q ?? ''}
          label={t.filter.text}
          onChange={(text) =>
            void navigate({ search: (previous) => ({ ...previous, q: text, page: undefined }), replace: true })
          }
        />
      </div>
      {all ? (
        <AllVillages />
      ) : (
        <Answer query={query} what={t.villages.title}>
          {({ villages }) => <InProgramme villages={villages} />}
        </Answer>
      )}
    </div>
  );
}
