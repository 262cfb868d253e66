import { inventoryContract } from '../../../contracts/inventory.ts';
import { officerContract } from '../../../contracts/officer.ts';
import { outboxContract } from '../../../contracts/outbox.ts';
import { regionContract } from '../../../contracts/regions.ts';
import { statementContract } from '../../../contracts/statements.ts';
import { openPostgresTestInventory as open } from '../../../support/inventory.ts';

inventoryContract('PostgreSQL', open);
regionContract('PostgreSQL', open);
outboxContract('PostgreSQL', open);
statementContract('PostgreSQL', open);
officerContract('PostgreSQL', open);
