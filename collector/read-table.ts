import type { ProbeReading, ReadingContext, ReadingTable } from './profile.ts';
import { type BadReading, BadReadingError } from './snmp/bad-reading.ts';
import { numberOf, type SnmpValue } from './snmp/value.ts';
import type { Table, TableRow } from './snmp/walk.ts';

/**
 * What a table's rows mean. A cell that holds no number where one belongs costs what it would have told, and so do the
 * other such cells of its column; each is counted. The whole table is lost, and counted, where it is not a cell's fault.
 */
export function readTable(
  table: ReadingTable,
  rows: Table,
  context: ReadingContext,
  count: (reason: BadReading) => void,
): readonly ProbeReading[] {
  let good = rows;
  // Each time round a column loses its bad cells, so that the number of columns bounds it.
  for (;;) {
    try {
      return table.read(good, context);
    } catch (error) {
      if (!(error instanceof BadReadingError)) throw error;
      const column = columnAtFault(good, error);
      if (column === null) {
        count(error.reason);
        return [];
      }
      good = withoutBadCells(good, column, error, count);
    }
  }
}

function columnAtFault(rows: Table, error: BadReadingError): string | null {
  for (const row of rows.values())
    for (const [column, value] of Object.entries(row)) if (error.isAbout(value)) return column;
  return null;
}

function withoutBadCells(
  rows: Table,
  column: string,
  error: BadReadingError,
  count: (reason: BadReading) => void,
): Table {
  const good = new Map<string, TableRow>();
  for (const [index, row] of rows) {
    const value = row[column];
    if (value === undefined || (!error.isAbout(value) && isNumber(value))) {
      good.set(index, row);
      continue;
    }
    count(error.reason);
    const { [column]: _, ...rest } = row;
    good.set(index, rest);
  }
  return good;
}

function isNumber(value: SnmpValue): boolean {
  try {
    numberOf(value);
    return true;
  } catch {
    return false;
  }
}
