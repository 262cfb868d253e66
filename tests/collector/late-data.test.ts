import { lateDataContract } from '../contracts/late-data.ts';
import { openPostgresTestInventory } from '../support/inventory.ts';

// A collector that can be cut off is a process of its own, for which embedded stores are not.
lateDataContract('PostgreSQL', openPostgresTestInventory);
