import type { Reading } from '../../core/domain/sample.ts';
import type { ReadTable } from '../identify.ts';
import type { ReadingContext, ReadingTable } from '../profile.ts';
import { readTable } from '../read-table.ts';
import type { AnswerSlots } from '../snmp/answer-slots.ts';
import type { BadReading } from '../snmp/bad-reading.ts';
import { type Oid, type SnmpValue, textOf } from '../snmp/value.ts';
import type { TableRow } from '../snmp/walk.ts';
import { readingOf } from './reading-names.ts';
import type { Share } from './sharing.ts';

/** What of a table is asked for at every poll, and what is known of the rest. */
export type TablePlan = {
  readonly table: ReadingTable;
  readonly context: ReadingContext;
  /** As they were at the identification. What changes is written into them before each reading, and means nothing after. */
  readonly rows: ReadonlyMap<string, Row>;
  readonly cells: readonly Cell[];
  /** What it says every time; null where that must be read. */
  readonly constant: readonly Reading[] | null;
};
type Row = Record<string, SnmpValue | undefined>;
type Cell = { readonly row: Row; readonly column: string; readonly slot: number };

/** @param slotOf where the value of an object will be; null where no more can be asked for */
export function planTable(
  { table, rows }: ReadTable,
  context: ReadingContext,
  slotOf: (oid: Oid) => number | null,
  share: Share,
): TablePlan {
  const cells: Cell[] = [];
  const own = new Map<string, Row>();
  for (const [index, read] of rows) {
    const row = withTexts(read);
    own.set(index, row);
    const isWanted = table.wants === undefined || table.wants(read, index);
    for (const column of table.dynamic) {
      const oid = table.columns[column];
      if (oid === undefined || read[column] === undefined) continue;
      const slot = isWanted ? slotOf(`${oid}.${index}`) : null;
      row[column] = undefined;
      // What is not asked for again says nothing about now.
      if (slot !== null) cells.push({ row, column, slot });
    }
  }
  // Where nothing is asked for anew, what it says stays as it is.
  const constant = cells.length > 0 ? null : readTable(table, own, context, IGNORED).map(readingOf);
  const plan = { table, context, rows: own, cells, constant };
  // A table that asks for the context is about this one device; any other about every device with the same rows.
  return table.read.length > 1 ? plan : share(plan, contentOf(plan), table);
}

/** Counted at the identification. */
const IGNORED = (): void => {};

/** A copy that holds on to no datagram, and whose texts are made already. */
function withTexts(row: TableRow): Row {
  const copy: Row = {};
  for (const [column, value] of Object.entries(row)) {
    if (value === undefined) continue;
    copy[column] =
      value.type === 'octets' ? { ...value, value: new Uint8Array(value.value), text: textOf(value) } : value;
  }
  return copy;
}

const contentOf = ({ rows, cells }: TablePlan): unknown => [
  [...rows].map(([index, row]) => [
    index,
    Object.entries(row).flatMap(([column, value]) => (value === undefined ? [] : [[column, ...textsOf(value)]])),
  ]),
  cells.map(({ column, slot }) => [column, slot]),
];

const textsOf = ({ type, value }: SnmpValue): readonly string[] => [
  type,
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value),
];

export function readTablePlan(
  { table, context, rows, cells, constant }: TablePlan,
  slots: AnswerSlots,
  count: (reason: BadReading) => void,
): readonly Reading[] {
  if (constant !== null) return constant;
  for (const { row, column, slot } of cells) {
    // A property that is deleted and made anew would cost more than the whole row.
    row[column] = slots.value(slot) ?? undefined;
  }
  return readTable(table, rows, context, count).map(readingOf);
}
