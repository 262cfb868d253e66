import { afterAll, beforeAll } from 'vitest';
import { incidentContract } from '../../../contracts/incidents.ts';
import { openTestInventory } from '../../../support/inventory.ts';
import { type PostgresServer, startPostgres } from '../../../support/postgres.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});

incidentContract('PostgreSQL', async () => openTestInventory({ databaseUrl: await server.database() }));
