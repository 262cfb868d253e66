import { type BadReading, BadReadingError } from './bad-reading.ts';
import { compareOids, type Oid, type SnmpValue, type VarBind } from './value.ts';
import { objectsPerRequest, USUAL_OBJECT_BYTES } from './walk-pace.ts';
import { isRowByRow, sizeOf, takeStep, type Walker, type WalkLimits } from './walk-step.ts';

export { createWalkPace, type WalkPace } from './walk-pace.ts';
export type { Walker, WalkLimits };
export const DEFAULT_WALK_LIMITS: WalkLimits = { maxRows: 4_096, maxBytes: 4 * 1024 * 1024, maxMs: 20_000 };

/** Rows of a table by index (what follows the column's OID), in the order of the agent; each row by column name. */
export type Table<Column extends string = string> = ReadonlyMap<string, TableRow<Column>>;
export type TableRow<Column extends string = string> = { readonly [Name in Column]?: SnmpValue | undefined };

/** Columns that are read side by side. */
export type Walk = {
  readonly columns: Readonly<Record<string, Oid>>;
  /** Rows after which the walk ends without loss; columns that run ahead of the others may add some. */
  readonly enough?: number;
};

/** One column on its way. */
type Cursor = {
  readonly column: Oid;
  at: Oid;
  readonly cells: Map<string, SnmpValue>;
  hasEnded: boolean;
  isOrderly: boolean;
};

/**
 * Reads columns of a table side by side. Tables may be sparse: each column goes its own way. A column whose OIDs come back
 * to one that it had ends there, and what was read of it stays; a table that goes beyond a limit is lost.
 * @param enough rows after which the walk ends without loss; columns that run ahead of the others may add some
 * @throws ProbeError as SnmpClient, and BadReadingError `endless-walk` or `walk-too-slow`
 */
export async function walkTable<Column extends string>(
  walker: Walker,
  columns: Readonly<Record<Column, Oid>>,
  enough = Number.POSITIVE_INFINITY,
): Promise<Table<Column>> {
  const cursors = new Map(Object.values<Oid>(columns).map((column) => [column, cursorOf(column)]));
  await advance(walker, [...cursors.values()], enough);
  return joined(columns, cursors);
}

/** Objects of an answer that is to tell which columns are there: scalars are read by it. */
const LOOK_DEPTH = 2;

/**
 * Reads many tables. What the device has not, and scalars, cost a request for some twenty columns together; a column that
 * several tables have is read once.
 * @returns in the order of `walks`; null, and counted, for a table that was lost
 * @throws ProbeError as SnmpClient, but for bad answers
 */
export async function walkTables(walker: Walker, walks: readonly Walk[]): Promise<readonly (Table | null)[]> {
  const cursors = new Map<Oid, Cursor>();
  for (const { columns } of walks)
    for (const column of Object.values(columns)) if (!cursors.has(column)) cursors.set(column, cursorOf(column));
  const all = [...cursors.values()];
  const budget = createBudget(walker, all.length, Number.POSITIVE_INFINITY);
  for (;;) {
    const width = Math.ceil(objectsPerRequest(walker.pace) / LOOK_DEPTH);
    const group = all.filter(({ at, column, hasEnded }) => at === column && !hasEnded).slice(0, width);
    if (group.length === 0 || !(await wasRead(() => move(walker, group, budget, LOOK_DEPTH)))) break;
  }

  // Where each request brings one row, the tables go side by side.
  if (isRowByRow(walker)) await wasRead(() => advance(walker, unbounded(walks, cursors), Number.POSITIVE_INFINITY));

  const tables: (Table | null)[] = [];
  for (const { columns, enough = Number.POSITIVE_INFINITY } of walks) {
    const own = [...new Set(Object.values(columns))].flatMap((column) => cursors.get(column) ?? []);
    tables.push((await wasRead(() => advance(walker, own, enough))) ? joined(columns, cursors) : null);
  }
  return tables;
}

/** Columns of which all rows are wanted. */
function unbounded(walks: readonly Walk[], cursors: ReadonlyMap<Oid, Cursor>): readonly Cursor[] {
  const bounded = new Set(walks.flatMap(({ columns, enough }) => (enough === undefined ? [] : Object.values(columns))));
  return [...cursors.values()].filter(({ column }) => !bounded.has(column));
}

async function wasRead(read: () => Promise<void>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (error instanceof BadReadingError) return false;
    throw error;
  }
}

const cursorOf = (column: Oid): Cursor => ({
  column,
  at: column,
  cells: new Map(),
  hasEnded: false,
  isOrderly: true,
});

/** Bounds of one walk, and what its objects weigh. */
type Budget = { objectBytes(): number; spend(oid: Oid, value: SnmpValue, rows: number): void; checkTime(): void };

function createBudget({ limits, count }: Walker, columns: number, maxRows: number): Budget {
  const startedAt = performance.now();
  const lost = (reason: BadReading): BadReadingError => {
    count(reason);
    return new BadReadingError(reason);
  };
  let bytes = 0;
  let values = 0;
  return {
    objectBytes: () => (values === 0 ? USUAL_OBJECT_BYTES : bytes / values),
    spend(oid, value, rows) {
      bytes += sizeOf(oid, value);
      values++;
      if (rows > maxRows || values > limits.maxRows * columns || bytes > limits.maxBytes) throw lost('endless-walk');
    },
    checkTime() {
      if (performance.now() - startedAt > limits.maxMs) throw lost('walk-too-slow');
    },
  };
}

/** Walks the columns of one table to their end, as many side by side as go into one request. */
async function advance(walker: Walker, cursors: readonly Cursor[], enough: number): Promise<void> {
  const budget = createBudget(walker, cursors.length, walker.limits.maxRows);
  let left = cursors;
  for (;;) {
    left = left.filter(({ hasEnded, cells }) => !hasEnded && cells.size < enough);
    if (left.length === 0) return;
    await move(walker, left.slice(0, objectsPerRequest(walker.pace)), budget);
  }
}

/** One answer for some columns. @throws BadReadingError beyond the budget */
async function move(walker: Walker, cursors: readonly Cursor[], budget: Budget, mostRows?: number): Promise<void> {
  budget.checkTime();
  const answer = await takeStep(walker, {
    oids: cursors.map(({ at }) => at),
    table: cursors[0]?.column ?? '',
    objectBytes: budget.objectBytes(),
    ...(mostRows === undefined ? {} : { mostRows }),
  });
  const ended = new Set<Cursor>();
  for (const [position, varBind] of answer.entries()) {
    const cursor = cursors[position % cursors.length];
    if (cursor === undefined || ended.has(cursor)) continue;
    if (!take(cursor, varBind, walker, budget)) {
      cursor.hasEnded = true;
      ended.add(cursor);
    }
  }
}

/** Whether the column goes on. */
function take(cursor: Cursor, { oid, value }: VarBind, { count }: Walker, budget: Budget): boolean {
  if (value === null || !oid.startsWith(`${cursor.column}.`)) return false;
  const index = oid.slice(cursor.column.length + 1);
  if (compareOids(oid, cursor.at) <= 0) {
    if (cursor.isOrderly) count('oid-not-increasing');
    cursor.isOrderly = false;
    // Some agents have an order of their own; only one that turns in a circle never ends.
    if (cursor.cells.has(index)) return false;
  }
  cursor.at = oid;
  cursor.cells.set(index, value);
  budget.spend(oid, value, cursor.cells.size);
  return true;
}

function joined<Column extends string>(
  columns: Readonly<Record<Column, Oid>>,
  cursors: ReadonlyMap<Oid, Cursor>,
): Table<Column> {
  const rows = new Map<string, { [Name in Column]?: SnmpValue }>();
  for (const name of Object.keys(columns) as Column[]) {
    for (const [index, value] of cursors.get(columns[name])?.cells ?? []) {
      const row: { [Name in Column]?: SnmpValue } = rows.get(index) ?? {};
      row[name] = value;
      rows.set(index, row);
    }
  }
  return rows;
}
