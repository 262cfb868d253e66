import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../package-root.ts';
import { readMigrations } from './migrate.ts';

/** What the names of all templates begin with, beside each other in one folder. */
export const TEMPLATE_PREFIX = 'inventory-template-';

/**
 * Where the build leaves the files of an embedded store with empty tables: PostgreSQL's own first start takes many
 * seconds of work in WebAssembly, a copy takes none. The name follows from the engine and the migrations, so that a
 * template of another version is never taken.
 */
export function templateDirectory(): string {
  const root = packageRoot();
  const hash = createHash('sha256').update(readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json')));
  for (const { name, checksum } of readMigrations()) hash.update(name).update(checksum);
  return join(root, 'dist', TEMPLATE_PREFIX + hash.digest('hex').slice(0, 16));
}
