import { inventoryContract } from '../../../contracts/inventory.ts';
import { regionContract } from '../../../contracts/regions.ts';
import { openTestInventory } from '../../../support/inventory.ts';

inventoryContract('embedded PGlite', openTestInventory);
regionContract('embedded PGlite', openTestInventory);
