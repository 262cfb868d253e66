import { afterAll, beforeAll } from 'vitest';
import { inventoryContract } from '../../../contracts/inventory.ts';
import { officerContract } from '../../../contracts/officer.ts';
import { outboxContract } from '../../../contracts/outbox.ts';
import { regionContract } from '../../../contracts/regions.ts';
import { statementContract } from '../../../contracts/statements.ts';
import { openTestInventory } from '../../../support/inventory.ts';
import { type PostgresServer, startPostgres } from '../../../support/postgres.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});

const open = async () => openTestInventory({ databaseUrl: await server.database() });
inventoryContract('PostgreSQL', open);
regionContract('PostgreSQL', open);
outboxContract('PostgreSQL', open);
statementContract('PostgreSQL', open);
officerContract('PostgreSQL', open);
