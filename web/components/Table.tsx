import type { ReactNode } from 'react';
import './table.css';

/** Heading of a column, with the class that its cells have too; one without words gets no heading. */
type Column = string | readonly [text: string, className: string];

type TableProps = {
  /** What is false is left out. */
  readonly columns: readonly (Column | false)[];
  readonly className?: string;
  readonly headClassName?: string;
  /** Rows of the sums. */
  readonly foot?: ReactNode;
  /** Its rows. */
  readonly children: ReactNode;
};

/** A table with a heading over each column, in a box that scrolls where it is too wide. */
export function Table({ columns, className, headClassName, foot, children }: TableProps) {
  return (
    <div className="table-box">
      <table className={className === undefined ? 'table' : `table ${className}`}>
        <thead className={headClassName}>
          <tr>
            {columns
              .filter((column) => column !== false)
              .map((column) => (typeof column === 'string' ? ([column, undefined] as const) : column))
              .map(([text, ofColumn]) => (
                <th key={text} scope={text === '' ? undefined : 'col'} className={ofColumn}>
                  {text}
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
