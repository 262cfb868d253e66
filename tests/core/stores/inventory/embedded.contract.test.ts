import { inventoryContract } from '../../../contracts/inventory.ts';
import { officerContract } from '../../../contracts/officer.ts';
import { outboxContract } from '../../../contracts/outbox.ts';
import { regionContract } from '../../../contracts/regions.ts';
import { statementContract } from '../../../contracts/statements.ts';
import { openTestInventory } from '../../../support/inventory.ts';

inventoryContract('embedded PGlite', openTestInventory);
regionContract('embedded PGlite', openTestInventory);
outboxContract('embedded PGlite', openTestInventory);
statementContract('embedded PGlite', openTestInventory);
officerContract('embedded PGlite', openTestInventory);
