import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PlanTable as Plan, PlanRow } from '../../../core/contract/coverage-plan.ts';
import type { RegionCode } from '../../../core/domain/region.ts';
import { StateMark } from '../../components/StateMark.tsx';
import {
  figureText,
  firstOrder,
  GROUPS,
  PLAN_COLUMNS,
  type PlanColumn,
  plainWord,
  sortPlan,
  startsGroup,
} from './columns.ts';
import type { PlanSort } from './search.ts';
import { useCoverageTexts } from './texts.ts';
import '../../components/table.css';

const classOf = (column: PlanColumn): string =>
  ['number', startsGroup(column) ? 'group-start' : '', column.onPhone === true ? '' : 'wide-only'].join(' ').trim();

export const DEFAULT_SORT: PlanSort = 'share';

function Head() {
  const { c } = useCoverageTexts();
  const { sort = DEFAULT_SORT, order } = useSearch({ from: '/coverage' });
  const navigate = useNavigate({ from: '/coverage' });
  const held = order ?? firstOrder(sort);
  const choose = (next: PlanSort) => {
    const first = firstOrder(next);
    const turned = first === 'asc' ? 'desc' : 'asc';
    const isTurned = next === sort && held === first;
    void navigate({
      search: (previous) => ({ ...previous, sort: next, order: isTurned ? turned : undefined }),
      replace: true,
    });
  };
  const cell = (id: PlanSort, className: string, mark?: PlanColumn['mark']) => (
    <th
      key={id}
      scope="col"
      className={className}
      aria-sort={id === sort ? (held === 'asc' ? 'ascending' : 'descending') : 'none'}
      {...(id in c.hint ? { 'data-tip': c.hint[id as keyof typeof c.hint] } : {})}
    >
      <button type="button" className="sort" onClick={() => choose(id)} aria-label={c.sortBy(c.column[id])}>
        {mark !== undefined && <StateMark mark={mark} size={10} />}
        {c.column[id]}
      </button>
      <span className="plan-paper-head" aria-hidden="true">
        {c.column[id]}
      </span>
    </th>
  );
  return (
    <thead>
      <tr className="wide-only table-groups">
        <td />
        {GROUPS.map(({ group, span }) => (
          <th key={group} scope="colgroup" colSpan={span} className="group-start">
            {c.groups[group]}
          </th>
        ))}
      </tr>
      <tr>
        {cell('name', '')}
        {PLAN_COLUMNS.map((column) => cell(column.id, classOf(column), column.mark))}
      </tr>
    </thead>
  );
}

/** The figure as a link to what it counts; nought and nothing are no links. */
function Figure({ column, row }: { readonly column: PlanColumn; readonly row: PlanRow }) {
  const { f, c } = useCoverageTexts();
  const { of, month } = useSearch({ from: '/coverage' });
  const text = figureText(column, row, f);
  if (text === '–' || text === '0') return <span className="zero">{text}</span>;
  const label = `${row.name}, ${plainWord(c.column[column.id])}: ${text}`;
  return column.behind.list === 'hotspots' ? (
    <Link to="/sites" search={{ region: row.code, kind: 'hotspot', state: 'up' }} className="plain" aria-label={label}>
      {text}
    </Link>
  ) : (
    <Link
      to="/coverage/villages"
      search={{ region: row.code, of, month, is: column.behind.list }}
      className="plain"
      aria-label={label}
    >
      {text}
    </Link>
  );
}

function Cells({ row, largest }: { readonly row: PlanRow; readonly largest: number }) {
  return PLAN_COLUMNS.map((column) => {
    const value = column.figureOf(row);
    return (
      <td key={column.id} className={classOf(column)}>
        {column.id === 'share' && value !== null ? (
          <span
            className="plan-bar"
            ref={(node) => node?.style.setProperty('--share', String(largest === 0 ? 0 : value / largest))}
          >
            <Figure column={column} row={row} />
          </span>
        ) : (
          <Figure column={column} row={row} />
        )}
      </td>
    );
  });
}

type Props = {
  readonly plan: Plan;
  readonly picked: RegionCode | undefined;
  readonly onPick: (code: RegionCode) => void;
  readonly onFocus: (code: RegionCode | undefined) => void;
  readonly caption: ReactNode;
};

/** One row a region; the total at the foot is the sum of the rows. A row under the pointer is outlined on the map. */
export function PlanTable({ plan, picked, onPick, onFocus, caption }: Props) {
  const { c } = useCoverageTexts();
  const { of, month, sort = DEFAULT_SORT, order } = useSearch({ from: '/coverage' });
  const rows = sortPlan(plan.rows, sort, order ?? firstOrder(sort));
  const share = PLAN_COLUMNS.find(({ id }) => id === 'share');
  const largest = Math.max(0, ...rows.map((row) => share?.figureOf(row) ?? 0));
  return (
    <div className="table-box">
      <table className="table plan-table">
        <caption className="hidden-visually">{caption}</caption>
        <Head />
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.code}
              data-picked={row.code === picked}
              onPointerEnter={() => onFocus(row.code)}
              onPointerLeave={() => onFocus(undefined)}
              onFocus={() => onFocus(row.code)}
              onBlur={() => onFocus(undefined)}
              onClick={({ target }) => {
                if (!(target instanceof Element) || target.closest('a, button') === null) onPick(row.code);
              }}
            >
              <th scope="row">
                {plan.level === 'village' ? (
                  <Link to="/villages/$code" params={{ code: row.code }} className="name">
                    {row.name}
                  </Link>
                ) : (
                  <Link
                    to="/coverage"
                    search={{ region: row.code, of, month }}
                    className="name"
                    aria-label={c.openRegion(row.name)}
                  >
                    {row.name.replace(/^Kabupaten /, '')}
                  </Link>
                )}
              </th>
              <Cells row={row} largest={largest} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{c.total}</th>
            <Cells row={plan.total} largest={0} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
