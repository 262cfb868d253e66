import { incidentContract } from '../../../contracts/incidents.ts';
import { openEmbeddedTestInventory } from '../../../support/inventory.ts';

incidentContract('embedded PGlite', openEmbeddedTestInventory);
