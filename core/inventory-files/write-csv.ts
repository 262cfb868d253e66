import { stringify } from 'csv-stringify/sync';
import { guarded } from './guarded-text.ts';
import { type Column, type Values, valueText } from './tables.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** What a writer must know of a table. */
export type FileTable = { readonly name: string; readonly columns: readonly Pick<Column, 'name' | 'type'>[] };

/** CSV as RFC 4180 has it, with the mark by which Excel sees that it is UTF-8. */
export function csvBytes({ columns }: FileTable, rows: readonly Values[]): Buffer {
  const records = rows.map((row) =>
    columns.map(({ name, type }) => {
      const text = valueText(row[name] ?? null);
      // A number is none that runs, even with a sign in front.
      return type === 'number' ? text : guarded(text);
    }),
  );
  const text = stringify([columns.map(({ name }) => name), ...records], {
    record_delimiter: 'windows',
    quoted_match: /[\r\n]|^\s|\s$/,
  });
  return Buffer.from(BYTE_ORDER_MARK + text);
}
