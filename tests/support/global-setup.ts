import { execFileSync } from 'node:child_process';
import type { TestProject } from 'vitest/node';

/** Of a database that is migrated, with empty tables. */
export const TEMPLATE = 'simpul_template';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A PostgreSQL server for all tests, with a `TEMPLATE`; null where none is installed. */
    readonly postgresUrl: string | null;
  }
}

/**
 * The Prisma client is generated, so that a single test file can be run on a fresh checkout, and one PostgreSQL is
 * started for all tests that need some inventory: a new database of it costs a tenth of an embedded store.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  execFileSync(process.execPath, ['provisioning/bin/generate.mjs'], { stdio: 'inherit' });
  const { hasPostgres, makeDatabase, startPostgres } = await import('./postgres.ts');
  if (!hasPostgres()) {
    provide('postgresUrl', null);
    return async () => {};
  }
  const server = await startPostgres();
  const { openInventoryAt } = await import('./inventory-at.ts');
  const template = await openInventoryAt(await makeDatabase(server.url, TEMPLATE));
  await template.close();
  provide('postgresUrl', server.url);
  return () => server.stop();
}
