import type { Pool, PoolClient } from 'pg';
import { storeError } from './store-error.ts';

/** Plain SQL where Prisma would need many queries; parameters are `$1`, `$2` … */
export type Sql = {
  /**
   * Columns come back as node-postgres reads them: timestamptz as Date, bigint as text, jsonb parsed.
   * @param name of this very text, for what is asked hundreds of times a second: a server then plans it once
   */
  query<Row>(text: string, values?: readonly unknown[], name?: string): Promise<readonly Row[]>;
  /** @returns the number of rows touched */
  run(text: string, values?: readonly unknown[]): Promise<number>;
  /** Everything that `work` does with its argument is kept or undone together. Nested calls join the outer one. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
};

function runner(target: Pool | PoolClient, named: boolean): Pick<Sql, 'query' | 'run'> {
  return {
    query: async <Row>(text: string, values: readonly unknown[] = [], name?: string) => {
      try {
        const prepared = named && name !== undefined ? { name } : {};
        return (await target.query({ ...prepared, text, values: [...values] })).rows as Row[];
      } catch (error) {
        throw storeError(error);
      }
    },
    run: async (text, values = []) => {
      try {
        return (await target.query(text, [...values])).rowCount ?? 0;
      } catch (error) {
        throw storeError(error);
      }
    },
  };
}

/** @param named false where all connections share one session, in which a name could be prepared only once */
export function createSql(pool: Pool, { named }: { readonly named: boolean }): Sql {
  return {
    ...runner(pool, named),
    async transaction(work) {
      const client = await pool.connect().catch((error: unknown) => {
        throw storeError(error);
      });
      const inner: Sql = { ...runner(client, named), transaction: (nested) => nested(inner) };
      try {
        await inner.run('BEGIN');
        const result = await work(inner);
        await inner.run('COMMIT');
        client.release();
        return result;
      } catch (error) {
        // A connection that cannot even roll back is thrown away with whatever it had open.
        await client.query('ROLLBACK').then(
          () => client.release(),
          (broken: Error) => client.release(broken),
        );
        throw error;
      }
    },
  };
}
