import type { DuckDBConnection } from '@duckdb/node-api';
import type { Holdings, RolledResolution } from '../resolution.ts';
import { RESOLUTIONS, type Resolution } from '../series-store.ts';
import { rows } from './engine.ts';
import type { Partition, Partitions } from './partitions.ts';

type Since = Record<Resolution, number>;
type RolledTo = Record<RolledResolution, number>;

/** What is held, rolled up and expired, in memory and in the table `ledger`. */
export class Ledger implements Holdings {
  readonly #since: Since = { raw: Infinity, '1m': Infinity, '1h': Infinity, '1d': Infinity };
  readonly #rolledTo: RolledTo = { '1m': -Infinity, '1h': -Infinity, '1d': -Infinity };
  readonly #expiredTo: Since = { raw: 0, '1m': 0, '1h': 0, '1d': 0 };

  static async load(connection: DuckDBConnection, partitions: Partitions): Promise<Ledger> {
    const ledger = new Ledger();
    for (const [name, resolution, at] of await rows(connection, 'SELECT name, resolution, at_ms::DOUBLE FROM ledger')) {
      const known = RESOLUTIONS.find((each) => each === resolution);
      if (known === undefined || typeof at !== 'number') continue;
      if (name === 'expired-to') ledger.#expiredTo[known] = at;
      if (name === 'rolled-to' && known !== 'raw') ledger.#rolledTo[known] = at;
    }
    for (const resolution of RESOLUTIONS) await ledger.findSince(connection, partitions.all(resolution), resolution);
    return ledger;
  }

  get rolledTo(): Readonly<RolledTo> {
    return this.#rolledTo;
  }
  /** Samples before this were deleted by retention, and are not taken in again. */
  get expiredTo(): Readonly<Since> {
    return this.#expiredTo;
  }
  get since(): Readonly<Since> {
    return this.#since;
  }

  async findSince(
    connection: DuckDBConnection,
    partitions: readonly Partition[],
    resolution: Resolution,
  ): Promise<void> {
    this.#since[resolution] = Infinity;
    for (const { table } of partitions) {
      const [row] = await rows(connection, `SELECT min(at_ms)::DOUBLE FROM ${table}`);
      if (typeof row?.[0] !== 'number') continue;
      this.#since[resolution] = Math.max(row[0], this.#expiredTo[resolution]);
      return;
    }
  }

  noteHeld(resolution: Resolution, at: number): void {
    if (at < this.#since[resolution]) this.#since[resolution] = Math.max(at, this.#expiredTo[resolution]);
  }

  async setRolledTo(connection: DuckDBConnection, resolution: RolledResolution, at: number): Promise<void> {
    await this.#save(connection, 'rolled-to', resolution, at);
    this.#rolledTo[resolution] = at;
  }

  async setExpiredTo(connection: DuckDBConnection, resolution: Resolution, at: number): Promise<void> {
    await this.#save(connection, 'expired-to', resolution, at);
    this.#expiredTo[resolution] = at;
  }

  async #save(connection: DuckDBConnection, name: string, resolution: Resolution, at: number): Promise<void> {
    await connection.run(`DELETE FROM ledger WHERE name = '${name}' AND resolution = '${resolution}'`);
    await connection.run(`INSERT INTO ledger VALUES ('${name}', '${resolution}', ${at})`);
  }
}
