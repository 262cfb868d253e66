import { incidentContract } from '../../../contracts/incidents.ts';
import { openTestInventory } from '../../../support/inventory.ts';

incidentContract('embedded PGlite', openTestInventory);
