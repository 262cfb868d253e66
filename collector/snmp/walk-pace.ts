import type { Oid } from './value.ts';

/** What one device bears in an answer: learnt by asking, and kept from walk to walk. */
export type WalkPace = {
  /** Octets of varbinds wanted in one answer; what fits a datagram at first. */
  bytes: number;
  /** What `bytes` may grow to: less where larger answers stayed out. */
  mostBytes: number;
  /** Objects in one request; grows back by parts of one. */
  objects: number;
  bulk: 'untried' | 'doubted' | 'works' | 'refused';
  /** Requests by GETNEXT until an agent that refused GETBULK is tried with it again. */
  untilBulk: number;
  /** Rows in an answer where the values of a table are unusually long, by its first column; null where none are. */
  rowsOf: Map<Oid, number> | null;
};

const START_BYTES = 1_400;
const LEAST_BYTES = 100;
/** An answer of several fragments: the loss of one loses all. */
const MOST_BYTES = 8_000;
const MOST_OBJECTS = 40;
/** Some agents fail at more. */
const MOST_REPETITIONS = 25;
/** An agent may have been upgraded, or only busy. */
const BULK_AGAIN_AFTER = 500;
const MOST_LONG_TABLES = 32;
const LONG_OBJECT_BYTES = 100;
/** Octets of an object where nothing is known yet: those of a usual counter. */
export const USUAL_OBJECT_BYTES = 24;

export const createWalkPace = (): WalkPace => ({
  bytes: START_BYTES,
  mostBytes: MOST_BYTES,
  objects: MOST_OBJECTS,
  bulk: 'untried',
  untilBulk: 0,
  rowsOf: null,
});

/** Rows to ask of a table for. @param objectBytes of its usual object */
export function repetitionsFor(pace: WalkPace, table: Oid, columns: number, objectBytes: number): number {
  const fitting = Math.floor(pace.bytes / (columns * objectBytes));
  return Math.max(1, Math.min(fitting, pace.rowsOf?.get(table) ?? MOST_REPETITIONS, MOST_REPETITIONS));
}

export const objectsPerRequest = (pace: WalkPace): number => Math.max(1, Math.floor(pace.objects));

/** An answer to GETBULK came. @param bytes of its varbinds, which were so many */
export function praise(pace: WalkPace, table: Oid, columns: number, bytes: number, objects: number): void {
  pace.bulk = 'works';
  pace.objects = Math.min(MOST_OBJECTS, pace.objects + 0.1);
  pace.mostBytes = Math.min(MOST_BYTES, pace.mostBytes * 1.02);
  const isLong = bytes / objects > LONG_OBJECT_BYTES;
  if (isLong) remember(pace, table, (pace.bytes * objects) / (bytes * columns));
  // Short answers, as at the end of a table, prove nothing for long ones.
  if (2 * bytes > pace.bytes) {
    pace.bytes = Math.min(pace.mostBytes, pace.bytes * 1.25);
    return;
  }
  const rows = pace.rowsOf?.get(table);
  if (rows === undefined || isLong) return;
  if (rows < MOST_REPETITIONS) pace.rowsOf?.set(table, 2 * rows);
  else pace.rowsOf?.delete(table);
}

/** So many rows were too much, for the agent or for the line. */
export function blame(pace: WalkPace, table: Oid, repetitions: number): void {
  pace.mostBytes = Math.max(LEAST_BYTES, pace.bytes * 0.9);
  pace.bytes = Math.max(LEAST_BYTES, pace.bytes / 2);
  remember(pace, table, repetitions / 2);
}

function remember(pace: WalkPace, table: Oid, rows: number): void {
  pace.rowsOf ??= new Map();
  const { rowsOf } = pace;
  if (rowsOf.size >= MOST_LONG_TABLES) rowsOf.clear();
  rowsOf.set(table, Math.max(1, Math.floor(rows)));
}

/** So many objects in one request were too much. */
export function blameObjects(pace: WalkPace, objects: number): void {
  pace.objects = Math.max(1, Math.min(pace.objects, objects / 2));
}

/** An agent that never answered GETBULK answers GETNEXT. @param isSure where one such case is enough */
export function doubtBulk(pace: WalkPace, isSure: boolean): void {
  if (pace.bulk === 'works') return;
  if (!isSure && pace.bulk === 'untried') {
    pace.bulk = 'doubted';
    return;
  }
  pace.bulk = 'refused';
  pace.untilBulk = BULK_AGAIN_AFTER;
}
