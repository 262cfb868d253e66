import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Cell, Column as SheetColumn, stream } from 'exceljs';
import { type Column, type Value, type Values, valueText } from './tables.ts';
import type { FileTable } from './write-csv.ts';
import { escapeString } from './xlsx/string-escapes.ts';

const TEXT_FORMAT = '@';
const WIDTHS: Readonly<Record<Column['type'], number>> = { text: 24, codes: 32, number: 12, flag: 10, date: 12 };

/** A sheet a table. Columns of text are formatted as text to their end, so that 11.10 typed into one stays 11.10. */
export async function xlsxBytes(
  tables: readonly { readonly table: FileTable; readonly rows: readonly Values[] }[],
  madeAt: Date,
): Promise<Buffer> {
  return await bookBytes(madeAt, (book) => {
    for (const { table, rows } of tables) {
      const sheet = book.addWorksheet(table.name, { views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }] });
      sheet.columns = table.columns.map(columnOf);
      sheet.getRow(1).font = { bold: true };
      for (const row of rows) sheet.addRow(table.columns.map(({ name }) => cellOf(row[name] ?? null))).commit();
      sheet.commit();
    }
  });
}

async function bookBytes(
  madeAt: Date,
  fill: (book: InstanceType<typeof stream.xlsx.WorkbookWriter>) => void,
): Promise<Buffer> {
  const { default: excel } = await import('exceljs');
  const out = new PassThrough();
  const pieces: Buffer[] = [];
  out.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = once(out, 'end');
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: true });
  book.creator = 'Simpul';
  book.created = madeAt;
  book.modified = madeAt;
  fill(book);
  await book.commit();
  await ended;
  return Buffer.concat(pieces);
}

const columnOf = ({ name, type }: Pick<Column, 'name' | 'type'>): Partial<SheetColumn> => ({
  header: name,
  width: WIDTHS[type],
  ...(type === 'number' || type === 'flag' ? {} : { style: { numFmt: TEXT_FORMAT } }),
});

/** Text in a cell of its own type is never run, whatever it begins with. */
function cellOf(value: Value): Cell['value'] {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = valueText(value);
  return text === '' ? null : escapeString(text);
}

/** One sheet of plain cells under bold heads. */
export async function sheetBytes(
  sheet: {
    readonly name: string;
    readonly heads: readonly string[];
    readonly widths: readonly number[];
    readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  },
  madeAt: Date,
): Promise<Buffer> {
  return await bookBytes(madeAt, (book) => {
    const made = book.addWorksheet(sheet.name, { views: [{ state: 'frozen', xSplit: 0, ySplit: 1 }] });
    made.columns = sheet.heads.map((header, at) => ({ header, width: sheet.widths[at] ?? 24 }));
    made.getRow(1).font = { bold: true };
    for (const row of sheet.rows) made.addRow(row.map(cellOf)).commit();
    made.commit();
  });
}
