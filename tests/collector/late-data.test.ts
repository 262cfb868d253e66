import { afterAll, beforeAll } from 'vitest';
import { lateDataContract } from '../contracts/late-data.ts';
import { openTestInventory } from '../support/inventory.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});

lateDataContract('PostgreSQL', async () => openTestInventory({ databaseUrl: await server.database() }));
