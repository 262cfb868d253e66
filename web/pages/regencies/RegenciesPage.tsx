import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CoverageRow } from '../../../core/contract/coverage.ts';
import { VILLAGE_STATES } from '../../../core/domain/state.ts';
import { coverageQuery } from '../../api/queries.ts';
import { Answer, Empty, PageHead } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { shortName } from '../../map/labels.ts';
import { coverageOf } from '../../map/measures.ts';
import type { RegencySort } from '../../search-params.ts';
import { countOf, firstOrder, sortRows, type Totals, totalsOf } from './rows.ts';
import { useRegenciesTexts } from './texts.ts';
import '../../components/table.css';
import './regencies.css';

type Column = { readonly sort: RegencySort; readonly className: string };
const COLUMNS: readonly Column[] = [
  { sort: 'name', className: '' },
  { sort: 'villageCount', className: 'number group-start wide-only' },
  { sort: 'inProgramme', className: 'number wide-only' },
  { sort: 'coverage', className: 'coverage-head' },
  { sort: 'normal', className: 'number group-start wide-only' },
  { sort: 'partial', className: 'number wide-only' },
  { sort: 'down', className: 'number wide-only' },
  { sort: 'unknown', className: 'number wide-only' },
  { sort: 'hotspots', className: 'number group-start' },
  { sort: 'agencies', className: 'number roomy-only' },
  { sort: 'outages', className: 'number' },
  { sort: 'availability', className: 'number wide-only' },
  { sort: 'clients', className: 'number wide-only' },
];

function Head() {
  const { r } = useRegenciesTexts();
  const { sort = 'worst', order } = useSearch({ from: '/regencies' });
  const navigate = useNavigate({ from: '/regencies' });
  const held = order ?? firstOrder(sort);
  const choose = (next: RegencySort) => {
    const first = firstOrder(next);
    const turned = first === 'asc' ? 'desc' : 'asc';
    void navigate({
      search: (previous) => ({ ...previous, sort: next, order: next === sort && held === first ? turned : undefined }),
      replace: true,
    });
  };
  const cell = ({ sort: id, className }: Column) => (
    <th
      key={id}
      scope="col"
      className={className}
      aria-sort={id === sort ? (held === 'asc' ? 'ascending' : 'descending') : 'none'}
    >
      <button
        type="button"
        className="sort"
        onClick={() => choose(id)}
        aria-label={r.sortBy(r.column[id as keyof typeof r.column])}
      >
        {VILLAGE_STATES.some((state) => state === id) && (
          <StateMark mark={id as (typeof VILLAGE_STATES)[number]} size={10} />
        )}
        {r.column[id as keyof typeof r.column]}
      </button>
    </th>
  );
  return (
    <thead>
      <tr className="wide-only table-groups">
        <th />
        <th colSpan={3} className="group-start">
          {r.groups.programme}
        </th>
        <th colSpan={4} className="group-start">
          {r.groups.villages}
        </th>
        <th colSpan={4} className="group-start">
          {r.groups.network}
        </th>
        <th className="roomy-only" />
      </tr>
      <tr>{COLUMNS.map(cell)}</tr>
    </thead>
  );
}

/** A share as a bar behind its figure: full width is the largest of the table. */
function CoverageBar({ share, largest }: { readonly share: number | null; readonly largest: number }) {
  const { f } = useTexts();
  if (share === null) return <span className="zero">–</span>;
  return (
    <span
      className="bar-cell"
      ref={(cell) => cell?.style.setProperty('--share', String(largest === 0 ? 0 : share / largest))}
    >
      <span>{f.percent(share)}</span>
    </span>
  );
}

function Count({ value, children }: { readonly value: number; readonly children: (text: string) => ReactNode }) {
  const { f } = useTexts();
  return value === 0 ? <span className="zero">0</span> : children(f.number(value));
}

type Cells = Pick<
  CoverageRow,
  'villagesInProgramme' | 'villages' | 'hotspots' | 'agencies' | 'agenciesPlanned' | 'openOutages'
> &
  Pick<Totals, 'villageCount' | 'availability' | 'clients'> &
  Partial<Pick<CoverageRow, 'programme' | 'programmeNote'>>;

/** The figures of a row or of the foot; each opens the list behind it. */
function Figures({
  row,
  region,
  largest,
}: {
  readonly row: Cells;
  readonly region: string | undefined;
  readonly largest: number;
}) {
  const { t, f } = useTexts();
  const hotspots = countOf(row.hotspots);
  const agencies = countOf(row.agencies) + row.agenciesPlanned;
  const status =
    row.villagesInProgramme === 0 && (row.programme === 'not-proposed' || row.programme === 'blocked-by-terrain')
      ? row.programme
      : null;
  const note = row.programmeNote ?? null;
  const share = row.villageCount === null || row.villageCount === 0 ? null : row.villagesInProgramme / row.villageCount;
  return (
    <>
      <td className="number group-start wide-only">
        {row.villageCount === null ? (
          <span className="zero">–</span>
        ) : (
          <Link to="/villages" search={{ region, all: true }} className="plain">
            {f.number(row.villageCount)}
          </Link>
        )}
      </td>
      <td className="number wide-only">
        <Count value={row.villagesInProgramme}>
          {(text) => (
            <Link to="/villages" search={{ region }} className="plain">
              {text}
            </Link>
          )}
        </Count>
      </td>
      <td className="coverage-cell">
        <CoverageBar share={share} largest={largest} />
      </td>
      {status !== null && (
        <td colSpan={4} className="group-start wide-only">
          <span className="state-word muted" {...(note === null ? {} : { 'data-tip': note })}>
            <StateMark mark={status} size={10} />
            {t.programme[status]}
          </span>
        </td>
      )}
      {status === null &&
        VILLAGE_STATES.map((state) => (
          <td key={state} className={`number wide-only ${state === 'normal' ? 'group-start' : ''}`}>
            <Count value={row.villages[state]}>
              {(text) => (
                <Link
                  to="/villages"
                  search={{ region, state }}
                  className={`plain ${state === 'normal' ? '' : `count-${state}`}`}
                >
                  {text}
                </Link>
              )}
            </Count>
          </td>
        ))}
      <td className="number group-start">
        {hotspots === 0 ? (
          <span className="zero">–</span>
        ) : (
          <Link to="/sites" search={{ region, kind: 'hotspot' }} className="plain">
            {f.number(row.hotspots.up)}
            <span className="unit">/{f.number(hotspots)}</span>
          </Link>
        )}
      </td>
      <td className="number roomy-only">
        {agencies === 0 ? (
          <span className="zero">–</span>
        ) : (
          <Link to="/sites" search={{ region, kind: 'agency' }} className="plain">
            {f.number(row.agencies.up)}
            <span className="unit">/{f.number(agencies)}</span>
          </Link>
        )}
      </td>
      <td className="number">
        <Count value={row.openOutages}>
          {(text) => (
            <Link to="/outages" search={{ region }} className="plain count-down">
              <StateMark mark="down" size={10} /> {text}
            </Link>
          )}
        </Count>
      </td>
      <td className="number wide-only">
        {row.availability === null ? (
          <span className="zero">–</span>
        ) : (
          <Link to="/outages" search={{ region, status: 'all', range: '30d' }} className="plain">
            {f.percent(row.availability)}
          </Link>
        )}
      </td>
      <td className="number wide-only">
        {row.clients === null ? (
          <span className="zero">–</span>
        ) : (
          <Link
            to="/map"
            search={{ region, measure: 'clients' }}
            className="plain"
            aria-label={`${f.number(row.clients)} ${t.unit.people}`}
          >
            {f.number(row.clients)}
          </Link>
        )}
      </td>
    </>
  );
}

function Row({ row, largest }: { readonly row: CoverageRow; readonly largest: number }) {
  const { t } = useTexts();
  const status = row.programme !== null && row.programme !== 'covered' ? row.programme : null;
  return (
    <tr>
      <th scope="row">
        <Link to="/map" search={{ region: row.code }} className="name">
          <span className="wide-only">{row.name.replace(/^Kabupaten /, 'Kab. ')}</span>
          <span className="phone-only">{shortName(row.name)}</span>
        </Link>
        {status !== null && (
          <span className="sub programme phone-only">
            <StateMark mark={status} size={10} /> {t.programme[status]}
          </span>
        )}
      </th>
      <Figures row={row} region={row.code} largest={largest} />
    </tr>
  );
}

function Table({ rows }: { readonly rows: readonly CoverageRow[] }) {
  const { r } = useRegenciesTexts();
  const { sort = 'worst', order } = useSearch({ from: '/regencies' });
  const { region } = useSearch({ strict: false });
  const inScope =
    region === undefined ? rows : rows.filter(({ code }) => code === region || code.startsWith(`${region}.`));
  const shown = inScope.length === 0 ? rows : inScope;
  const largest = Math.max(0, ...shown.map((row) => coverageOf(row) ?? 0));
  return (
    <div className="table-box">
      <table className="table regencies">
        <Head />
        <tbody>
          {sortRows(shown, sort, order ?? firstOrder(sort)).map((row) => (
            <Row key={row.code} row={row} largest={largest} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{r.total}</th>
            <Figures row={totalsOf(shown)} region={region} largest={0} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** A pack without a name of its own is named by its content; its first digits tell two packs apart. */
const shortEdition = (edition: string): string => edition.replace(/^sha256-(.{8}).*$/, '$1');

export function RegenciesPage() {
  const { t, r, f } = useRegenciesTexts();
  const query = useQuery(coverageQuery());
  const { sort } = useSearch({ from: '/regencies' });
  const { data } = query;
  const context =
    data === undefined
      ? undefined
      : data.edition === null
        ? r.contextPlain(f.number(data.rows.length))
        : r.context(f.number(data.rows.length), shortEdition(data.edition));
  return (
    <div className="page">
      <PageHead
        title={r.title}
        context={context ?? '\u00a0'}
        actions={
          <>
            {sort !== undefined && (
              <Link to="/regencies" className="button">
                {r.worstFirst}
              </Link>
            )}
            <Link to="/coverage" className="button">
              {t.nav.coverage}
            </Link>
          </>
        }
      />
      <Answer query={query} what={r.title}>
        {({ rows }) => (rows.length === 0 ? <Empty title={r.empty}>{r.emptyHint}</Empty> : <Table rows={rows} />)}
      </Answer>
    </div>
  );
}
