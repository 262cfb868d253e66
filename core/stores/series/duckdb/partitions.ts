import type { DuckDBConnection } from '@duckdb/node-api';
import { DAY, HOUR } from '../../../domain/clock.ts';
import { alignDown } from '../resolution.ts';
import { RESOLUTIONS, type Resolution } from '../series-store.ts';
import { rows } from './engine.ts';

/**
 * Time that one table holds. A resolution lies in a row of tables, so that old times are dropped whole and at once.
 * What is new comes in order of time into small `fresh` tables; once such a span has settled, it moves in order of
 * series into the `settled` table around it, where reading one series touches few blocks.
 */
const SPAN_MS: Readonly<Record<Resolution, { readonly fresh: number; readonly settled: number }>> = {
  raw: { fresh: HOUR, settled: DAY },
  '1m': { fresh: HOUR, settled: DAY },
  '1h': { fresh: DAY, settled: 16 * DAY },
  '1d': { fresh: 16 * DAY, settled: 512 * DAY },
};
const PREFIX: Readonly<Record<Resolution, string>> = { raw: 'raw', '1m': 'm1', '1h': 'h1', '1d': 'd1' };
const NAME = /^(raw|m1|h1|d1)_(\d+)(_fresh)?$/;

/**
 * `increase` and `span_ms` of a counter sample are its growth since the neighbour before it and the time between; both
 * are 0 over a restart, for the first sample and for gauges. In a bucket of one sample min, max and sum are NULL, since
 * they are what `last` is: most minutes hold one sample, and NULLs take no room.
 */
const RAW_COLUMNS = 'series INTEGER, at_ms BIGINT, value DOUBLE, increase DOUBLE, span_ms DOUBLE';
const ROLLED_COLUMNS =
  'series INTEGER, at_ms BIGINT, count INTEGER, min DOUBLE, max DOUBLE, sum DOUBLE, last DOUBLE, ' +
  'increase DOUBLE, span_ms DOUBLE';

/** A table and the span it is for, whether it has been made yet or not. */
export type Partition = {
  readonly resolution: Resolution;
  /** UTC ms, inclusive. */
  readonly from: number;
  /** UTC ms, exclusive. */
  readonly to: number;
  readonly table: string;
  readonly isFresh: boolean;
};

function partition(resolution: Resolution, number: number, isFresh: boolean): Partition {
  const span = SPAN_MS[resolution][isFresh ? 'fresh' : 'settled'];
  const table = `${PREFIX[resolution]}_${number}${isFresh ? '_fresh' : ''}`;
  return { resolution, from: number * span, to: (number + 1) * span, table, isFresh };
}

/** The tables of all resolutions. */
export class Partitions {
  readonly #tables = new Map<string, Partition>();
  /** Made by the transaction under way: there for who writes, and not yet for who reads. */
  readonly #made = new Set<string>();
  readonly #settledTo: Record<Resolution, number>;

  private constructor(settledTo: Record<Resolution, number>) {
    this.#settledTo = settledTo;
  }

  /** @param now of a new file: what is older goes to settled tables at once */
  static async load(connection: DuckDBConnection, now: number): Promise<Partitions> {
    const settledTo = { raw: 0, '1m': 0, '1h': 0, '1d': 0 };
    for (const resolution of RESOLUTIONS) {
      settledTo[resolution] = alignDown(now, SPAN_MS[resolution].fresh);
      const known = `name = 'settled-to' AND resolution = '${resolution}'`;
      const [row] = await rows(connection, `SELECT at_ms::DOUBLE FROM ledger WHERE ${known}`);
      if (typeof row?.[0] === 'number') settledTo[resolution] = row[0];
      else {
        await connection.run(`INSERT INTO ledger VALUES ('settled-to', '${resolution}', ${settledTo[resolution]})`);
      }
    }
    const partitions = new Partitions(settledTo);
    for (const [name] of await rows(
      connection,
      'SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()',
    )) {
      const [table, prefix, number, fresh] = NAME.exec(String(name)) ?? [];
      const resolution = RESOLUTIONS.find((each) => PREFIX[each] === prefix);
      if (table === undefined || resolution === undefined) continue;
      partitions.#tables.set(table, partition(resolution, Number(number), fresh !== undefined));
    }
    return partitions;
  }

  /** Where rows of a moment belong; the span is what belongs there along with them. */
  at(resolution: Resolution, at: number): Partition {
    const settledTo = this.#settledTo[resolution];
    const isFresh = at >= settledTo;
    const place = partition(resolution, Math.floor(at / SPAN_MS[resolution][isFresh ? 'fresh' : 'settled']), isFresh);
    return isFresh ? place : { ...place, to: Math.min(place.to, settledTo) };
  }

  has({ table }: Partition): boolean {
    return this.#tables.has(table);
  }

  /** Makes the table where it is missing. */
  async ensure(connection: DuckDBConnection, { resolution, table }: Partition): Promise<void> {
    if (this.#tables.has(table)) return;
    await connection.run(`CREATE TABLE ${table} (${resolution === 'raw' ? RAW_COLUMNS : ROLLED_COLUMNS})`);
    const [, , number, fresh] = NAME.exec(table) ?? [];
    this.#tables.set(table, partition(resolution, Number(number), fresh !== undefined));
    this.#made.add(table);
  }

  /** To be told of the end of each transaction. */
  transactionEnded(isThrough: boolean): void {
    if (!isThrough) for (const table of this.#made) this.#tables.delete(table);
    this.#made.clear();
  }

  /** In order of the times of their rows: the settled ones come before the fresh ones. */
  all(resolution: Resolution): readonly Partition[] {
    return [...this.#tables.values()]
      .filter((each) => each.resolution === resolution)
      .sort((a, b) => Number(a.isFresh) - Number(b.isFresh) || a.from - b.from);
  }

  /** Of those within a range, what readers beside the writer may name. */
  readable(resolution: Resolution, from: number, to: number): readonly Partition[] {
    return this.within(resolution, from, to).filter(({ table }) => !this.#made.has(table));
  }

  /** Those that may hold something of a range, in order of time. */
  within(resolution: Resolution, from: number, to: number): readonly Partition[] {
    return this.all(resolution).filter((each) => each.to > from && each.from < to);
  }

  /**
   * Moves a fresh partition, the oldest of its resolution, into the settled one around it.
   * @returns what must be done when the transaction is through
   */
  async settle(connection: DuckDBConnection, fresh: Partition): Promise<() => void> {
    const { resolution } = fresh;
    const home = partition(resolution, Math.floor(fresh.from / SPAN_MS[resolution].settled), false);
    await this.ensure(connection, home);
    await connection.run(`INSERT INTO ${home.table} SELECT * FROM ${fresh.table} ORDER BY series, at_ms`);
    const known = `name = 'settled-to' AND resolution = '${resolution}'`;
    await connection.run(`UPDATE ledger SET at_ms = ${fresh.to} WHERE ${known}`);
    const forget = await this.drop(connection, fresh);
    return () => {
      forget();
      this.#settledTo[resolution] = fresh.to;
    };
  }

  /** @returns what must be done when the transaction is through */
  async drop(connection: DuckDBConnection, { table }: Partition): Promise<() => void> {
    await connection.run(`DROP TABLE ${table}`);
    return () => {
      this.#tables.delete(table);
    };
  }
}

/** Rows of any partition as buckets: series, at_ms, n, low, high, total, last, increase, span_ms, width. */
export function bucketsOf({ resolution, table }: Partition, widthMs: number, where: string): string {
  const columns =
    resolution === 'raw'
      ? '1 AS n, value AS low, value AS high, value AS total, value AS last'
      : 'count AS n, coalesce(min, last) AS low, coalesce(max, last) AS high, coalesce(sum, last) AS total, last';
  return `SELECT series, at_ms, ${columns}, increase, span_ms, ${widthMs} AS width FROM ${table} WHERE ${where}`;
}
