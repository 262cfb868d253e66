// Writes the Prisma client from the schema. The client needs no engine, but Prisma's CLI looks for one and would
// download it: any existing executable satisfies it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const stamp = join(root, 'core/stores/inventory/generated/.schema-hash');
const prismaPackage = join(root, 'node_modules/prisma/package.json');
const hash = createHash('sha256')
  .update(readFileSync(join(root, 'core/stores/inventory/schema.prisma')))
  .update(readFileSync(prismaPackage))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
  const run = spawnSync(process.execPath, [join(root, 'node_modules/prisma/build/index.js'), 'generate'], {
    cwd: root,
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
    encoding: 'utf8',
  });
  if (run.status !== 0) {
    process.stderr.write(`${run.stdout}${run.stderr}`);
    process.exit(1);
  }
  writeFileSync(stamp, hash);
}
