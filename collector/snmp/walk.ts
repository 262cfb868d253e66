import { ProbeError } from '../../core/domain/errors.ts';
import { type BadReading, BadReadingError } from './bad-reading.ts';
import type { SnmpClient, SnmpTarget } from './client.ts';
import { compareOids, type Oid, type SnmpValue } from './value.ts';

export type WalkLimits = {
  readonly maxRows: number;
  /** Of all values together, as sent. */
  readonly maxBytes: number;
  readonly maxMs: number;
};
export const DEFAULT_WALK_LIMITS: WalkLimits = { maxRows: 4_096, maxBytes: 4 * 1024 * 1024, maxMs: 20_000 };

/** What one device bears; grows and shrinks with experience and is kept from walk to walk. */
export type WalkPace = { repetitions: number };
export const createWalkPace = (): WalkPace => ({ repetitions: START_REPETITIONS });
const START_REPETITIONS = 10;
const MAX_REPETITIONS = 25;
/** Objects wanted in one answer: some 1,400 octets of usual counters. */
const OBJECTS_PER_ANSWER = 60;

/** Rows of a table by index (what follows the column's OID), in the order of the agent; each row by column name. */
export type Table<Column extends string = string> = ReadonlyMap<string, TableRow<Column>>;
export type TableRow<Column extends string = string> = { readonly [Name in Column]?: SnmpValue };

export type Walker = {
  readonly client: SnmpClient;
  readonly target: SnmpTarget;
  readonly pace: WalkPace;
  readonly limits: WalkLimits;
  readonly count: (reason: BadReading) => void;
};

type Cursor<Column extends string> = { readonly name: Column; readonly column: Oid; at: Oid };

/**
 * Reads columns of a table side by side. Tables may be sparse: each column goes its own way. A column whose OIDs stop
 * increasing ends there, and what was read of it stays; a table that goes beyond a limit is lost.
 * @throws ProbeError as SnmpClient, and BadReadingError `endless-walk` or `walk-too-slow`
 */
export async function walkTable<Column extends string>(
  walker: Walker,
  columns: Readonly<Record<Column, Oid>>,
): Promise<Table<Column>> {
  const { limits, count } = walker;
  const startedAt = performance.now();
  const rows = new Map<string, { [Name in Column]?: SnmpValue }>();
  const names = Object.keys(columns) as Column[];
  let cursors: Cursor<Column>[] = names.map((name) => ({ name, column: columns[name], at: columns[name] }));
  let bytes = 0;
  let values = 0;
  const maxValues = limits.maxRows * cursors.length;

  const lost = (reason: BadReading): BadReadingError => {
    count(reason);
    return new BadReadingError(reason);
  };

  while (cursors.length > 0) {
    if (performance.now() - startedAt > limits.maxMs) throw lost('walk-too-slow');
    const answer = await step(
      walker,
      cursors.map((cursor) => cursor.at),
    );
    const ended = new Set<Cursor<Column>>();
    let hasMoved = false;
    for (const [position, { oid, value }] of answer.entries()) {
      const cursor = cursors[position % cursors.length];
      if (cursor === undefined || ended.has(cursor)) continue;
      if (value === null || !oid.startsWith(`${cursor.column}.`)) {
        ended.add(cursor);
        continue;
      }
      if (compareOids(oid, cursor.at) <= 0) {
        count('oid-not-increasing');
        ended.add(cursor);
        continue;
      }
      cursor.at = oid;
      hasMoved = true;
      bytes += sizeOf(oid, value);
      if (++values > maxValues || bytes > limits.maxBytes) throw lost('endless-walk');
      const index = oid.slice(cursor.column.length + 1);
      const row: { [Name in Column]?: SnmpValue } = rows.get(index) ?? {};
      row[cursor.name] = value;
      rows.set(index, row);
      if (rows.size > limits.maxRows) throw lost('endless-walk');
    }
    cursors = hasMoved || ended.size > 0 ? cursors.filter((cursor) => !ended.has(cursor)) : [];
  }
  return rows;
}

/** One GETBULK, asked again for less where the agent or the line bears no more. */
async function step({ client, target, pace }: Walker, oids: readonly Oid[]): ReturnType<SnmpClient['next']> {
  for (;;) {
    const most = Math.max(1, Math.floor(OBJECTS_PER_ANSWER / oids.length));
    const repetitions = Math.min(pace.repetitions, most);
    try {
      // Silence may mean that the answer was too long for the line: ask for less before asking again.
      const answer = await client.next(repetitions > 1 ? { ...target, retries: 0 } : target, oids, repetitions);
      if (repetitions === pace.repetitions && pace.repetitions < MAX_REPETITIONS) pace.repetitions++;
      return answer;
    } catch (error) {
      const isTooMuch =
        error instanceof ProbeError && (error.failure === 'timeout' || error.detail === 'too-big') && repetitions > 1;
      if (!isTooMuch) throw error;
      pace.repetitions = Math.max(1, repetitions >> 1);
    }
  }
}

function sizeOf(oid: Oid, { value }: SnmpValue): number {
  const size = typeof value === 'number' || typeof value === 'bigint' ? 8 : value.length;
  return oid.length + size;
}
