import { afterAll, beforeAll } from 'vitest';
import { noticesContract } from '../../../contracts/notices.ts';
import { openTestInventory } from '../../../support/inventory.ts';
import { type PostgresServer, startPostgres } from '../../../support/postgres.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});

noticesContract('PostgreSQL', async () => openTestInventory({ databaseUrl: await server.database() }));
