import { afterAll, beforeAll, expect, test } from 'vitest';
import { Secret } from '../../../../core/config/secret.ts';
import { silentLog } from '../../../../core/log/log.ts';
import { migrate, readMigrations } from '../../../../core/stores/inventory/migrate.ts';
import { openInventory } from '../../../../core/stores/inventory/open.ts';
import { type PostgresServer, startPostgres } from '../../../support/postgres.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});

const open = (url: string) =>
  openInventory(
    { dataDir: '/nonexistent', databaseUrl: new Secret(url), secretKey: null },
    { log: silentLog, clock: Date.now },
  );

test('several processes that start at once migrate an empty database once', async () => {
  const url = await server.database();

  const opened = await Promise.all([1, 2, 3, 4].map(() => open(url)));

  const applied = await opened[0]?.sql.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY started_at',
  );
  expect(applied?.map(({ name }) => name)).toEqual(readMigrations().map(({ name }) => name));
  await Promise.all(opened.map((inventory) => inventory.close()));
});

test('a migration that fails leaves nothing of itself and is not recorded', async () => {
  const inventory = await open(await server.database());
  const broken = { name: '9999_broken', text: 'CREATE TABLE half (a int); SELECT 1 / 0;', checksum: 'x' };

  const attempt = migrate(inventory.sql, silentLog, [...readMigrations(), broken]);

  await expect(attempt).rejects.toThrow();
  const [row] = await inventory.sql.query<{ half: string | null; count: number }>(
    "SELECT to_regclass('half')::text AS half, (SELECT count(*)::int FROM _prisma_migrations WHERE migration_name = '9999_broken') AS count",
  );
  expect(row).toEqual({ half: null, count: 0 });
  await inventory.close();
});

test('tables of a newer program, or of another edition of a migration, are refused in words', async () => {
  const inventory = await open(await server.database());
  const known = readMigrations();
  const [first, ...rest] = known;
  if (first === undefined) throw new Error('no migration');

  const newer = migrate(inventory.sql, silentLog, known.slice(0, -1)).catch((error) => error);
  const other = migrate(inventory.sql, silentLog, [{ ...first, checksum: 'other' }, ...rest]).catch((error) => error);

  expect(await newer).toMatchObject({ code: 'config', message: expect.stringContaining('newer version') });
  expect(await other).toMatchObject({ code: 'config', message: expect.stringContaining('another edition') });
  await inventory.close();
});

test('a server that is away is told as such, without its password', async () => {
  const attempt = open('postgresql://simpul:rahasia@127.0.0.1:1/simpul');

  const error = await attempt.catch((thrown) => thrown);
  expect(error).toMatchObject({ code: 'store-unavailable' });
  expect(`${error.message} ${JSON.stringify(error)} ${error.stack}`).not.toContain('rahasia');
});

test('a server that goes away makes calls fail as unavailable, and they work again when connections do', async () => {
  const inventory = await open(await server.database());
  const [row] = await inventory.sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');

  const cut = inventory.sql.transaction(async (sql) => {
    await sql.query('SELECT pg_terminate_backend(pg_backend_pid())');
  });

  await expect(cut).rejects.toMatchObject({ code: 'store-unavailable' });
  await inventory.ping();
  expect(row?.pid).toBeGreaterThan(0);
  await inventory.close();
});
