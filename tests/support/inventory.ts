import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../core/config/secret.ts';
import type { Clock } from '../../core/domain/clock.ts';
import { silentLog } from '../../core/log/log.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { makeTemplate } from '../../core/stores/inventory/make-template.ts';
import { openInventory } from '../../core/stores/inventory/open.ts';

export type TestInventory = {
  readonly inventory: Inventory;
  readonly dataDir: string;
  /** Closes it and removes its files. */
  close(): Promise<void>;
};

export const TEST_SECRET_KEY = new Secret('a key for the tests only');

type Options = {
  readonly clock?: Clock;
  /** PostgreSQL instead of the embedded store. */
  readonly databaseUrl?: string;
  readonly secretKey?: Secret | null;
};

/**
 * A fresh inventory with empty tables. Its files are copied from the build's template, which is made here where there
 * was no build.
 */
export async function openTestInventory(options: Options = {}): Promise<TestInventory> {
  const dataDir = await mkdtemp(join(tmpdir(), 'simpul-inventory-'));
  const isEmbedded = options.databaseUrl === undefined;
  if (isEmbedded) await makeTemplate();
  const inventory = await openInventory(
    {
      dataDir,
      databaseUrl: options.databaseUrl === undefined ? null : new Secret(options.databaseUrl),
      secretKey: options.secretKey === undefined ? TEST_SECRET_KEY : options.secretKey,
    },
    { log: silentLog, clock: options.clock ?? Date.now, durable: false },
  );
  return {
    inventory,
    dataDir,
    async close() {
      await inventory.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
