import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useListTexts } from './lists/texts.ts';
import './table.css';

/**
 * Heading of a column, with the class that its cells have too, and the name by which the list is sorted by it; one
 * without words gets no heading.
 */
type Column = string | readonly [text: string, className?: string | undefined, sort?: string];

type TableProps = {
  /** What is false is left out. */
  readonly columns: readonly (Column | false)[];
  readonly className?: string;
  readonly headClassName?: string;
  /** Before the first column: what chooses all rows. */
  readonly chooser?: ReactNode;
  /** Rows of the sums. */
  readonly foot?: ReactNode;
  /** Its rows. */
  readonly children: ReactNode;
};

/** Sorts by the column in the address: once upwards, once downwards, then as before. */
function SortHead({ text, column }: { readonly text: string; readonly column: string }) {
  const { l } = useListTexts();
  const { sort, order } = useSearch({ strict: false });
  const navigate = useNavigate();
  const isSorted = sort === column;
  const next = !isSorted
    ? { sort: column, order: undefined }
    : order === 'desc'
      ? { sort: undefined, order: undefined }
      : { sort: column, order: 'desc' };
  return (
    <button
      type="button"
      className="sort"
      aria-label={l.sortBy(text)}
      onClick={() =>
        // The route reads back what is valid of it.
        void navigate({ to: '.', search: ((previous: object) => ({ ...previous, page: undefined, ...next })) as never })
      }
    >
      {text}
    </button>
  );
}

/** A table with a heading over each column, in a box that scrolls where it is too wide. */
export function Table({ columns, className, headClassName, chooser, foot, children }: TableProps) {
  const { sort, order } = useSearch({ strict: false });
  const direction = order === 'desc' ? 'descending' : 'ascending';
  return (
    <div className="table-box">
      <table className={className === undefined ? 'table' : `table ${className}`}>
        <thead className={headClassName}>
          <tr>
            {chooser !== undefined && <td className="table-choice">{chooser}</td>}
            {columns
              .filter((column) => column !== false)
              .map((column) => (typeof column === 'string' ? ([column] as const) : column))
              .map(([text, ofColumn, by]) => (
                <th
                  key={text}
                  scope={text === '' ? undefined : 'col'}
                  className={ofColumn}
                  aria-sort={by !== undefined && by === sort ? direction : undefined}
                >
                  {by === undefined ? text : <SortHead text={text} column={by} />}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
        {foot !== undefined && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}
