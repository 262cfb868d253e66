import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Runs one step with its output on standard error, so that a command's own output stays clean. */
function run(args) {
  const step = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (step.status !== 0) process.exit(step.status ?? 1);
}

/** Compiles where `dist` is missing. After a change of the sources, `npm run build` is yours to call. */
export async function ensureBuilt({ web }) {
  if (!existsSync(join(root, 'dist/provisioning/cli/main.js'))) {
    process.stderr.write('Building Simpul once …\n');
    run(['provisioning/bin/generate.mjs']);
    run(['node_modules/typescript/bin/tsc', '-b', 'provisioning']);
  }
  if (web && !existsSync(join(root, 'dist/site/index.html'))) {
    run(['node_modules/vite/bin/vite.js', 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn']);
  }
}
