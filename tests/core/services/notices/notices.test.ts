import { noticesContract } from '../../../contracts/notices.ts';
import { openTestInventory } from '../../../support/inventory.ts';

noticesContract('embedded PGlite', openTestInventory);
