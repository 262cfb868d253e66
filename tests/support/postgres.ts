import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from './port.ts';

export type PostgresServer = {
  /** Of the database to administrate the others from. */
  readonly url: string;
  /** Makes a new, empty database. @returns its URL */
  database(): Promise<string>;
  stop(): Promise<void>;
};

/** Whether `startPostgres` would find a server to start. */
export const hasPostgres = (): boolean => folderOfPrograms() !== undefined;

function programs(): string {
  const folder = folderOfPrograms();
  if (folder === undefined) throw new Error('PostgreSQL is missing: install the Debian package postgresql');
  return folder;
}

function folderOfPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(debian, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
}

/** PostgreSQL refuses to run as root: then it runs as the user that its Debian package made. */
function owner(): { readonly uid?: number; readonly gid?: number } {
  if (userInfo().uid !== 0) return {};
  const found = (flag: string): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: found('-u'), gid: found('-g') };
}

/**
 * A real PostgreSQL server of Debian on a free port of loopback.
 * @param durable commits wait for the disk, as in production; for benches
 */
export async function startPostgres({ durable = false }: { readonly durable?: boolean } = {}): Promise<PostgresServer> {
  const bin = programs();
  const user = owner();
  const dir = await mkdtemp(join(tmpdir(), 'simpul-postgres-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(dir, user.uid, user.gid);
  const data = join(dir, 'data');
  const options = { ...user, cwd: dir, env: { PATH: process.env['PATH'], TZ: 'UTC' }, encoding: 'utf8' } as const;
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    options,
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  const settings = [...(durable ? [] : fast), 'listen_addresses=127.0.0.1'];
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-k', dir, ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: 'ignore' },
  );
  const url = (name: string): string => `postgresql://postgres@127.0.0.1:${port}/${name}`;
  await untilItAnswers(url('postgres'), () => server.exitCode !== null);
  let count = 0;
  return {
    url: url('postgres'),
    database: () => makeDatabase(url('postgres'), `test_${++count}`),
    async stop() {
      if (server.exitCode === null) {
        // Immediate shutdown: nothing of it is needed again.
        server.kill('SIGQUIT');
        await once(server, 'exit');
      }
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** @param server any database of it @param template that nobody is connected to; an empty one where nothing is said */
export async function makeDatabase(server: string, name: string, template?: string): Promise<string> {
  await run(server, `CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}

export const dropDatabase = (server: string, name: string): Promise<void> =>
  run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);

async function run(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function untilItAnswers(url: string, hasEnded: () => boolean): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until && !hasEnded()) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    // An aborted start of a connection is told as an event, too.
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await delay(50);
    }
  }
  throw new Error(hasEnded() ? 'PostgreSQL stopped at its start' : 'PostgreSQL did not answer within 30 s');
}
