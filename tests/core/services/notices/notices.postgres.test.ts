import { noticesContract } from '../../../contracts/notices.ts';
import { openPostgresTestInventory } from '../../../support/inventory.ts';

noticesContract('PostgreSQL', openPostgresTestInventory);
