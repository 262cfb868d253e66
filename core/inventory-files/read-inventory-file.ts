import { AppError } from '../domain/errors.ts';
import { readCell } from './cell-value.ts';
import { decodeText } from './decode-text.ts';
import type { FaultList } from './fault-list.ts';
import { type Header, readHeader } from './header.ts';
import { counted, FILE_LIMITS } from './limits.ts';
import { csvSheet } from './read-csv.ts';
import { isEmptyCell, type Sheet, type SheetRow } from './sheet.ts';
import type { TableName, Value, Values } from './tables.ts';
import { isOldSpreadsheet, isZip } from './xlsx/kind.ts';
import { readXlsx } from './xlsx/read-xlsx.ts';

export type InventoryFile = {
  /** As the person calls it; tells the table where the header does not. */
  readonly name: string;
  readonly bytes: Uint8Array;
};

/** Stands for all columns of a row whose cells do not fit under the header. */
export const WHOLE_ROW = '';

export type FileRow = {
  readonly line: number;
  readonly values: Values;
  /** Columns whose cell could not be read, or `WHOLE_ROW`; the row cannot be stored, but others may name it. */
  readonly spoiled: ReadonlySet<string>;
};

export type FileTable = {
  readonly table: TableName;
  /** Of an XLSX; null in a CSV. */
  readonly sheet: string | null;
  readonly columns: readonly string[];
  readonly rows: readonly FileRow[];
};

/**
 * The tables of a CSV or XLSX, told apart by what the file holds. Each value is within the bounds of its field; what
 * is not goes to `faults`.
 * @throws AppError `bad-input` for what is neither, `too-large`
 */
export async function readInventoryFile(file: InventoryFile, faults: FaultList): Promise<readonly FileTable[]> {
  const { name, bytes } = file;
  if (bytes.length > FILE_LIMITS.bytes)
    throw new AppError('too-large', `the file is larger than ${FILE_LIMITS.bytes / 1024 / 1024} MB`);
  const old = isOldSpreadsheet(bytes);
  if (old !== null) throw new AppError('bad-input', old);
  const sheets = isZip(bytes) ? await readXlsx(bytes) : [csvSheet(decodeText(bytes))];
  const tables: FileTable[] = [];
  for (const sheet of sheets) {
    const table = await readTable(sheet, name, faults);
    if (table === null) continue;
    const other = tables.find((each) => each.table === table.table);
    if (other === undefined) tables.push(table);
    else faults.add({ sheet: sheet.name }, `${table.table} are in the sheet ${other.sheet} already`);
  }
  if (tables.length === 0 && faults.count === 0) faults.add({ sheet: null }, 'the file holds nothing');
  return tables;
}

async function readTable(sheet: Sheet, fileName: string, faults: FaultList): Promise<FileTable | null> {
  let header: Header | null = null;
  const rows: FileRow[] = [];
  for await (const row of sheet.rows()) {
    if (header === null) {
      header = readHeader(row, { sheet: sheet.name, name: sheet.name ?? fileName }, faults);
      if (header === null) return null;
    } else if (rows.length === FILE_LIMITS.rows) {
      throw new AppError('too-large', `the file has more than ${counted(FILE_LIMITS.rows)} rows`);
    } else {
      rows.push(readRow(sheet, header, row, faults));
    }
  }
  if (header === null) return null;
  const columns = header.columns.flatMap((column) => (column === null ? [] : [column.name]));
  return { table: header.table, sheet: sheet.name, columns, rows };
}

function readRow(sheet: Sheet, { columns }: Header, { line, cells }: SheetRow, faults: FaultList): FileRow {
  const values: Record<string, Value> = {};
  const spoiled = new Set<string>();
  const place = { sheet: sheet.name, line };
  if (sheet.isRectangular && cells.length < columns.length) {
    faults.add(place, `has ${cells.length} cells where the header has ${columns.length}`);
    spoiled.add(WHOLE_ROW);
  }
  for (let index = 0; index < Math.max(columns.length, cells.length); index += 1) {
    const column = columns[index];
    const cell = cells[index] ?? '';
    if (column === null || column === undefined) {
      if (isEmptyCell(cell)) continue;
      faults.add(place, `has a value in column ${index + 1}, above which nothing stands`);
      spoiled.add(WHOLE_ROW);
      break;
    }
    const read = readCell(column, cell, sheet);
    if (read.ok) values[column.name] = read.value;
    else {
      faults.add({ ...place, field: column.name }, read.reason);
      spoiled.add(column.name);
    }
  }
  return { line, values, spoiled };
}
