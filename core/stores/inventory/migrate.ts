import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { Log } from '../../log/log.ts';
import { packageRoot } from '../../package-root.ts';
import type { Sql } from './sql.ts';

type Migration = { readonly name: string; readonly text: string; readonly checksum: string };

const FOLDER = 'core/stores/inventory/migrations';
/** Any number, the same in every process: guards migrations against a second process that starts at once. */
const LOCK = 7_467_085;

/** The SQL files stay with the source; what is built in `dist` finds them from the root of the package. */
export function readMigrations(folder = join(packageRoot(), FOLDER)): readonly Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      return { name: file.slice(0, -4), text, checksum: createHash('sha256').update(text).digest('hex') };
    });
}

/** Prisma's own table, so that its tools can look at the store. */
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`;

/**
 * Applies what is missing, in order, each in one transaction.
 * @throws AppError `config` where the store was changed by another version of the program
 */
export async function migrate(sql: Sql, log: Log, migrations = readMigrations()): Promise<void> {
  const locked = <T>(work: (inner: Sql) => Promise<T>): Promise<T> =>
    sql.transaction(async (inner) => {
      await inner.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      return await work(inner);
    });
  const applied = await locked(async (inner) => {
    await inner.run(TABLE);
    return await inner.query<{ name: string; checksum: string }>(
      'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL',
    );
  });
  refuseStrangers(applied, migrations);
  for (const migration of migrations) {
    if (applied.some(({ name }) => name === migration.name)) continue;
    await locked(async (inner) => {
      const done = await inner.query('SELECT 1 FROM _prisma_migrations WHERE migration_name = $1', [migration.name]);
      if (done.length > 0) return;
      await inner.run(migration.text);
      await inner.run(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, now(), 1)`,
        [randomUUID(), migration.checksum, migration.name],
      );
      log.info({ migration: migration.name }, 'inventory migrated');
    });
  }
}

function refuseStrangers(
  applied: readonly { name: string; checksum: string }[],
  migrations: readonly Migration[],
): void {
  for (const { name, checksum } of applied) {
    const known = migrations.find((migration) => migration.name === name);
    if (known?.checksum === checksum) continue;
    throw new AppError(
      'config',
      known === undefined
        ? `the inventory is of a newer version: it has the migration ${name}, which this program does not know`
        : `the inventory was made by another edition of the migration ${name}: use an empty data directory or database`,
    );
  }
}
