import type { Sql } from './sql.ts';

export type Settings = ReturnType<typeof settings>;

/** Small facts of the system itself, as JSON by key. */
export function settings(sql: Sql) {
  return {
    /** @returns `undefined` where nothing was ever set; whoever set it knows its shape */
    async get(key: string): Promise<unknown> {
      const rows = await sql.query<{ value: unknown }>('SELECT value FROM setting WHERE key = $1', [key]);
      return rows[0]?.value;
    },

    async set(key: string, value: unknown): Promise<void> {
      await sql.run(
        'INSERT INTO setting (key, value) VALUES ($1, $2::jsonb) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
        [key, JSON.stringify(value)],
      );
    },
  };
}
