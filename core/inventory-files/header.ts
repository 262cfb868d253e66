import type { FaultList } from './fault-list.ts';
import { type Cell, isEmptyCell, type SheetRow } from './sheet.ts';
import { type Column, INVENTORY_TABLES, TABLES, type Table, type TableName } from './tables.ts';

export type Header = {
  readonly table: TableName;
  /** By their place in the row; null where nothing stands above a column. */
  readonly columns: readonly (Column | null)[];
};

/** `Site Code`, `SITE-CODE`, `site_code` and `site` are one name. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const titleOf = (cell: Cell): string => (typeof cell === 'string' ? cell.trim() : '');

function columnOf(table: Table, title: string): Column | undefined {
  const wanted = plain(title);
  return table.columns.find(({ name }) => [name, name.replace(/_code$/, '')].some((each) => plain(each) === wanted));
}

/**
 * Which table a header is of: the one that knows most of its columns; among equals, the one whose name the sheet or
 * file bears. Null where it cannot be told, or a column is unknown or there twice; the list says why.
 */
export function readHeader(
  { line, cells }: SheetRow,
  named: { readonly sheet: string | null; readonly name: string },
  faults: FaultList,
): Header | null {
  const { sheet } = named;
  const titles = cells.map(titleOf);
  const table = tableOf(titles, plain(named.name));
  if (table === null) {
    faults.add({ sheet, line }, `the header is of none of the tables ${TABLES.join(', ')}, or of several alike`);
    return null;
  }
  const before = faults.count;
  const columns = cells.map((cell, index) => {
    if (isEmptyCell(cell)) return null;
    const title = titleOf(cell);
    const column = columnOf(table, title);
    const known = table.columns.map(({ name }) => name).join(', ');
    const shown = title.slice(0, 60) || `column ${index + 1}`;
    if (column === undefined)
      faults.add({ sheet, line, field: shown }, `${table.name} have no such column; they have ${known}`);
    return column ?? null;
  });
  const names = columns.flatMap((column) => (column === null ? [] : [column.name]));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) faults.add({ sheet, line, field: twice }, 'the column is there twice');
  if (!names.includes('code'))
    faults.add({ sheet, line, field: 'code' }, 'the column is missing: rows are known by it');
  return faults.count === before ? { table: table.name, columns } : null;
}

function tableOf(titles: readonly string[], name: string): Table | null {
  const scores = TABLES.map((each) => {
    const table = INVENTORY_TABLES[each];
    const isNamed = name.includes(each);
    return { table, known: titles.filter((title) => columnOf(table, title) !== undefined).length, isNamed };
  });
  const most = Math.max(...scores.map(({ known }) => known));
  const best = scores.filter(({ known }) => known === most && most > 0);
  const named = best.filter(({ isNamed }) => isNamed);
  const [found, ...others] = named.length > 0 ? named : best;
  return found === undefined || others.length > 0 ? null : found.table;
}
