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
 * @param options.databaseUrl an empty database to take instead
 */
export async function openTestInventory(
  options: TestStoreOptions & { readonly databaseUrl?: string } = {},
): Promise<TestInventory> {
  const { databaseUrl } = options;
  const server = databaseUrl === undefined ? inject('postgresUrl') : null;
  if (databaseUrl === undefined && server === null) return await openEmbeddedTestInventory(options);
  const name = `simpul_${process.pid}_${++made}`;
  const inventory = await openInventoryAt(databaseUrl ?? (await makeDatabase(server ?? '', name, TEMPLATE)), options);
  const dataDir = await mkdtemp(join(tmpdir(), 'simpul-inventory-'));
  return {
    inventory,
    dataDir,
    async close() {
      await inventory.close();
      if (server !== null) await dropDatabase(server, name);
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
