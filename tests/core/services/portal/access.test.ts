import { portalAccessContract } from '../../../contracts/portal-access.ts';
import { openEmbeddedTestInventory, openPostgresTestInventory } from '../../../support/inventory.ts';

portalAccessContract('PostgreSQL', openPostgresTestInventory);
portalAccessContract('embedded PGlite', openEmbeddedTestInventory);
