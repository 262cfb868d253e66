import { incidentContract } from '../../../contracts/incidents.ts';
import { openPostgresTestInventory } from '../../../support/inventory.ts';

incidentContract('PostgreSQL', openPostgresTestInventory);
