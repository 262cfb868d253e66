import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { silentLog } from '../../core/log/log.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { makeTemplate } from '../../core/stores/inventory/make-template.ts';
import { openInventory } from '../../core/stores/inventory/open.ts';
import { TEMPLATE } from './global-setup.ts';
import { openInventoryAt, TEST_SECRET_KEY, type TestStoreOptions } from './inventory-at.ts';
import { dropDatabase, makeDatabase } from './postgres.ts';

export { TEST_SECRET_KEY };

export type TestInventory = {
  readonly inventory: Inventory;
  /** Of the store's own, to be used beside it. */
  readonly dataDir: string;
  /** Closes it and removes what it stored. */
  close(): Promise<void>;
};

let made = 0;

/**
 * A fresh inventory with empty tables for a test that does not care where it lies: in the PostgreSQL of all tests, or
 * embedded where there is none.
 */
export const openTestInventory = (options: TestStoreOptions = {}): Promise<TestInventory> =>
  inject('postgresUrl') === null ? openEmbeddedTestInventory(options) : openPostgresTestInventory(options);

/** A fresh inventory in a database of its own. @throws Error where PostgreSQL is not installed */
export async function openPostgresTestInventory(options: TestStoreOptions = {}): Promise<TestInventory> {
  const server = inject('postgresUrl');
  if (server === null) throw new Error('PostgreSQL is missing: install the Debian package postgresql');
  const name = `simpul_${process.pid}_${++made}`;
  const inventory = await openInventoryAt(await makeDatabase(server, name, TEMPLATE), options);
  const dataDir = await mkdtemp(join(tmpdir(), 'simpul-inventory-'));
  return {
    inventory,
    dataDir,
    async close() {
      await inventory.close();
      await dropDatabase(server, name);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * A fresh embedded inventory. Its files are copied from the build's template, which is made here where there was no
 * build.
 */
export async function openEmbeddedTestInventory(options: TestStoreOptions = {}): Promise<TestInventory> {
  const dataDir = await mkdtemp(join(tmpdir(), 'simpul-inventory-'));
  await makeTemplate();
  const inventory = await openInventory(
    { dataDir, databaseUrl: null, secretKey: options.secretKey === undefined ? TEST_SECRET_KEY : options.secretKey },
    {
      log: silentLog,
      clock: options.clock ?? Date.now,
      durable: false,
      ...(options.portal && { portal: options.portal }),
    },
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
