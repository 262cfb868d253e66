import { spawn } from 'node:child_process';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { packageRoot } from '../../core/package-root.ts';

const ROOT = packageRoot();
const SITE = join(ROOT, 'dist/site');
const LOCK = join(ROOT, 'dist/.site-lock');
const SOURCES = ['web', 'core/domain', 'core/contract', 'package-lock.json'];
/** A build takes seconds: a lock older than this was left by a worker that died. */
const LOCK_STALE_MS = 120_000;
const LOCK_POLL_MS = 100;

const mtimeOf = async (path: string): Promise<number> =>
  (await stat(path).catch(() => null))?.mtimeMs ?? Number.NEGATIVE_INFINITY;

async function newest(path: string): Promise<number> {
  const own = await mtimeOf(path);
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const inside = await Promise.all(entries.map(({ name }) => newest(join(path, name))));
  return Math.max(own, ...inside);
}

async function isStale(): Promise<boolean> {
  const sources = await Promise.all(SOURCES.map((source) => newest(join(ROOT, source))));
  return (await mtimeOf(join(SITE, 'index.html'))) < Math.max(...sources);
}

/** A directory can be made by one process only; returns how to let it go. */
async function lock(): Promise<() => Promise<void>> {
  await mkdir(join(ROOT, 'dist'), { recursive: true });
  for (;;) {
    try {
      await mkdir(LOCK);
      return () => rm(LOCK, { recursive: true, force: true });
    } catch {
      if (Date.now() - (await mtimeOf(LOCK)) > LOCK_STALE_MS) await rm(LOCK, { recursive: true, force: true });
      await pause(LOCK_POLL_MS);
    }
  }
}

async function build(outDir: string): Promise<void> {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'build', '--config', 'web/vite.config.ts', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'],
    // A build for tests is the build for production.
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_ENV: 'production' } },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((done, failed) => {
    child.on('error', failed);
    child.on('close', done);
  });
  if (code !== 0) throw new Error(`the site does not build (exit ${code}):\n${output}`);
}

/**
 * Directory of the built site. Builds it first where a source is newer; parallel workers wait for each other, and the
 * finished build takes the old one's place in one step.
 */
export async function builtSite(): Promise<string> {
  if (!(await isStale())) return SITE;
  const unlock = await lock();
  try {
    if (!(await isStale())) return SITE;
    const fresh = `${SITE}-${process.pid}`;
    await build(fresh);
    await rm(SITE, { recursive: true, force: true });
    await rename(fresh, SITE);
    return SITE;
  } finally {
    await unlock();
  }
}
