import { inventoryContract } from '../../../contracts/inventory.ts';
import { officerContract } from '../../../contracts/officer.ts';
import { outboxContract } from '../../../contracts/outbox.ts';
import { regionContract } from '../../../contracts/regions.ts';
import { statementContract } from '../../../contracts/statements.ts';
import { openEmbeddedTestInventory } from '../../../support/inventory.ts';

inventoryContract('embedded PGlite', openEmbeddedTestInventory);
regionContract('embedded PGlite', openEmbeddedTestInventory);
outboxContract('embedded PGlite', openEmbeddedTestInventory);
statementContract('embedded PGlite', openEmbeddedTestInventory);
officerContract('embedded PGlite', openEmbeddedTestInventory);
