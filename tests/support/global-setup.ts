import { execFileSync } from 'node:child_process';

/** The Prisma client is generated, so that a single test file can be run on a fresh checkout. */
export function setup(): void {
  execFileSync(process.execPath, ['provisioning/bin/generate.mjs'], { stdio: 'inherit' });
}
