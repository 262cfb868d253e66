import { Secret } from '../../core/config/secret.ts';
import type { Clock } from '../../core/domain/clock.ts';
import type { PortalRegistry } from '../../core/domain/portal/kinds.ts';
import { silentLog } from '../../core/log/log.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { openInventory } from '../../core/stores/inventory/open.ts';

export const TEST_SECRET_KEY = new Secret('a key for the tests only');

export type TestStoreOptions = {
  readonly clock?: Clock;
  readonly secretKey?: Secret | null;
  /** Without them any family of gateways and any way in is taken, and all their settings count as secret. */
  readonly portal?: PortalRegistry;
};

/** The inventory in a database of PostgreSQL. */
export const openInventoryAt = (url: string, options: TestStoreOptions = {}): Promise<Inventory> =>
  openInventory(
    {
      dataDir: '/nonexistent',
      databaseUrl: new Secret(url),
      secretKey: options.secretKey === undefined ? TEST_SECRET_KEY : options.secretKey,
    },
    { log: silentLog, clock: options.clock ?? Date.now, ...(options.portal && { portal: options.portal }) },
  );
