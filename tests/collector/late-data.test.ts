import { lateDataContract } from '../contracts/late-data.ts';
import { openTestInventory } from '../support/inventory.ts';

lateDataContract('embedded PGlite', openTestInventory);
