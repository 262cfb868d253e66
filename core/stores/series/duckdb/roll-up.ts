import type { DuckDBConnection } from '@duckdb/node-api';
import { DAY, HOUR } from '../../../domain/clock.ts';
import { alignDown, coarser, finer, ROLLED, type RolledResolution, WIDTH_MS } from '../resolution.ts';
import type { Resolution } from '../series-store.ts';
import { rows } from './engine.ts';
import { bucketsOf } from './partitions.ts';
import type { Session } from './session.ts';

/** Span that one transaction rolls up at most, so that appends do not wait long and memory stays bounded. */
const CHUNK_MS: Readonly<Record<RolledResolution, number>> = { '1m': HOUR, '1h': DAY, '1d': 32 * DAY };
/** Touched buckets that one transaction mends at most. */
const MEND_ROWS = 500_000;

export const touchedTable = (resolution: RolledResolution): string =>
  ({ '1m': 'touched_m1', '1h': 'touched_h1', '1d': 'touched_d1' })[resolution];

/** Rows of a resolution within a range as buckets; `null` where it has no table there. */
function source(session: Session, resolution: Resolution, from: number, to: number): string | null {
  const parts = session.partitions
    .within(resolution, from, to)
    .map((each) => bucketsOf(each, WIDTH_MS[resolution], `at_ms >= ${from} AND at_ms < ${to}`));
  return parts.length === 0 ? null : parts.join(' UNION ALL ');
}

/** Put together from finer buckets; the columns of a rolled-up table. */
const rolled = (from: string, widthMs: number): string => `
  SELECT series, at_ms - at_ms % ${widthMs} AS at_ms, sum(n)::INTEGER AS count,
    CASE WHEN sum(n) > 1 THEN min(low) END AS min, CASE WHEN sum(n) > 1 THEN max(high) END AS max,
    CASE WHEN sum(n) > 1 THEN sum(total) END AS sum, arg_max(last, at_ms) AS last,
    sum(increase) AS increase, sum(span_ms) AS span_ms
  FROM (${from}) GROUP BY 1, 2`;

async function number(connection: DuckDBConnection, sql: string): Promise<number | null> {
  const [row] = await rows(connection, sql);
  return typeof row?.[0] === 'number' ? row[0] : null;
}

/** Notes that the coarser buckets around those in `table` must be rolled up again, where that has been done before. */
export async function touchCoarser(
  connection: DuckDBConnection,
  { ledger }: Session,
  resolution: RolledResolution,
  table: string,
): Promise<void> {
  const above = coarser(resolution);
  if (above === null || ledger.rolledTo[above] === -Infinity) return;
  await connection.run(
    `INSERT INTO ${touchedTable(above)} SELECT DISTINCT series, at_ms - at_ms % ${WIDTH_MS[above]} FROM ${table} ` +
      `WHERE at_ms < ${ledger.rolledTo[above]}`,
  );
}

/** Puts the buckets of the temporary table `mended` in the place of those that stand. */
export async function replaceBuckets(
  connection: DuckDBConnection,
  { partitions, ledger }: Session,
  resolution: RolledResolution,
  { keepFuller }: { readonly keepFuller: boolean },
): Promise<void> {
  const [span] = await rows(connection, 'SELECT min(at_ms)::DOUBLE, max(at_ms)::DOUBLE FROM mended');
  if (typeof span?.[0] !== 'number' || typeof span[1] !== 'number') return;
  const [lo, hi] = [span[0], span[1]];
  for (let place = partitions.at(resolution, lo); place.from <= hi; place = partitions.at(resolution, place.to)) {
    const { table } = place;
    const [from, to] = [Math.max(place.from, lo), Math.min(place.to, hi + 1)];
    const within = `at_ms >= ${from} AND at_ms < ${to}`;
    if ((await number(connection, `SELECT count(*)::DOUBLE FROM mended WHERE ${within}`)) === 0) continue;
    if (partitions.has(place)) {
      const same =
        `${table}.at_ms >= ${from} AND ${table}.at_ms < ${to} ` +
        `AND mended.series = ${table}.series AND mended.at_ms = ${table}.at_ms`;
      if (keepFuller) {
        await connection.run(`DELETE FROM mended USING ${table} WHERE ${same} AND ${table}.count > mended.count`);
      }
      await connection.run(`DELETE FROM ${table} USING mended WHERE ${same}`);
    }
    await partitions.ensure(connection, place);
    await connection.run(`INSERT INTO ${table} SELECT * FROM mended WHERE ${within} ORDER BY at_ms, series`);
  }
  ledger.noteHeld(resolution, lo);
}

/**
 * Rolls up again the buckets that late samples touched. A bucket that comes out with fewer samples than the standing
 * one is not taken: the finer resolution no longer holds all of it (expired, or history that was laid down rolled up).
 * @returns whether there may be more
 */
async function mendSome(
  connection: DuckDBConnection,
  session: Session,
  resolution: RolledResolution,
): Promise<boolean> {
  const touched = touchedTable(resolution);
  const width = WIDTH_MS[resolution];
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE mending AS SELECT DISTINCT series, at_ms FROM ${touched} ORDER BY at_ms LIMIT ${MEND_ROWS}`,
  );
  const [span] = await rows(connection, 'SELECT min(at_ms)::DOUBLE, max(at_ms)::DOUBLE, count(*)::DOUBLE FROM mending');
  const [lo, hi, count] = [span?.[0], span?.[1], Number(span?.[2] ?? 0)];
  if (typeof lo !== 'number' || typeof hi !== 'number') return false;
  const from = source(session, finer(resolution), lo, hi + width);
  if (from !== null) {
    const only = `SELECT b.* FROM (${from}) b SEMI JOIN mending m ON b.series = m.series AND b.at_ms - b.at_ms % ${width} = m.at_ms`;
    await connection.run(`CREATE OR REPLACE TEMP TABLE mended AS ${rolled(only, width)}`);
    await replaceBuckets(connection, session, resolution, { keepFuller: true });
    await touchCoarser(connection, session, resolution, 'mended');
  }
  await connection.run(
    `DELETE FROM ${touched} USING mending WHERE ${touched}.series = mending.series AND ${touched}.at_ms = mending.at_ms`,
  );
  return count === MEND_ROWS;
}

/** @returns the end of what is rolled up now */
async function rollSome(
  connection: DuckDBConnection,
  session: Session,
  resolution: RolledResolution,
  end: number,
): Promise<number> {
  const { partitions, ledger } = session;
  const width = WIDTH_MS[resolution];
  const below = finer(resolution);
  const rolledTo = ledger.rolledTo[resolution];
  const start = Math.max(rolledTo, 0);
  let next: number | null = null;
  for (const { table } of partitions.within(below, start, end)) {
    next ??= await number(
      connection,
      `SELECT min(at_ms)::DOUBLE FROM ${table} WHERE at_ms >= ${start} AND at_ms < ${end}`,
    );
  }
  if (next === null) {
    // Where there has never been anything, what comes later may still be older than `end`.
    if (rolledTo > -Infinity) await ledger.setRolledTo(connection, resolution, end);
    return end;
  }

  const from = alignDown(next, width);
  const place = partitions.at(resolution, from);
  const to = Math.min(end, alignDown(from, CHUNK_MS[resolution]) + CHUNK_MS[resolution], place.to);
  const buckets = rolled(source(session, below, from, to) ?? '', width);
  await partitions.ensure(connection, place);
  const { table } = place;
  const laid = await number(
    connection,
    `SELECT count(*)::DOUBLE FROM ${table} WHERE at_ms >= ${from} AND at_ms < ${to}`,
  );
  if (laid === 0) {
    await connection.run(`INSERT INTO ${table} SELECT * FROM (${buckets}) ORDER BY at_ms, series`);
    ledger.noteHeld(resolution, from);
  } else {
    await connection.run(`CREATE OR REPLACE TEMP TABLE mended AS ${buckets}`);
    await replaceBuckets(connection, session, resolution, { keepFuller: true });
  }
  await ledger.setRolledTo(connection, resolution, to);
  return to;
}

/**
 * Brings one resolution up to `end`, a bounded piece in each transaction. Killed between two, it goes on where it was.
 */
async function rollUpTo(session: Session, resolution: RolledResolution, end: number): Promise<void> {
  while (await session.engine.write((connection) => mendSome(connection, session, resolution)));
  let done = session.ledger.rolledTo[resolution];
  while (done < end) done = await session.engine.write((connection) => rollSome(connection, session, resolution, end));
}

/** Rolls up every resolution, the finest first, as far as whole buckets have ended by `now`. */
export async function rollUpAll(session: Session, now: number): Promise<void> {
  for (const resolution of ROLLED) await rollUpTo(session, resolution, alignDown(now, WIDTH_MS[resolution]));
}

/**
 * Rolls up what stands before `end` in finer resolutions, so that the resolution may count as rolled up to there.
 */
export async function rollUpBefore(session: Session, resolution: RolledResolution, end: number): Promise<void> {
  for (const each of ROLLED) {
    await rollUpTo(session, each, alignDown(end, WIDTH_MS[each]));
    if (each === resolution) return;
  }
}
