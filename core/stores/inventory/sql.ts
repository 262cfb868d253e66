import type { Pool, PoolClient } from 'pg';
import { storeError } from './store-error.ts';

/** Plain SQL where Prisma would need many queries; parameters are `$1`, `$2` … */
export type Sql = {
  /** Columns come back as node-postgres reads them: timestamptz as Date, bigint as text, jsonb parsed. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** @returns the number of rows touched */
  run(text: string, values?: readonly unknown[]): Promise<number>;
  /** Everything that `work` does with its argument is kept or undone together. Nested calls join the outer one. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
};

function runner(target: Pool | PoolClient): Pick<Sql, 'query' | 'run'> {
  return {
    query: async <Row>(text: string, values: readonly unknown[] = []) => {
      try {
        return (await target.query(text, [...values])).rows as Row[];
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

export function createSql(pool: Pool): Sql {
  return {
    ...runner(pool),
    async transaction(work) {
      const client = await pool.connect().catch((error: unknown) => {
        throw storeError(error);
      });
      const inner: Sql = { ...runner(client), transaction: (nested) => nested(inner) };
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
