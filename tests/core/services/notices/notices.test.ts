import { noticesContract } from '../../../contracts/notices.ts';
import { openEmbeddedTestInventory } from '../../../support/inventory.ts';

noticesContract('embedded PGlite', openEmbeddedTestInventory);
