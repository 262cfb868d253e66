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
  /** Makes a new, empty database. @returns its URL */
  database(): Promise<string>;
  stop(): Promise<void>;
};

function programs(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folder = versions.map((version) => join(debian, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
  if (folder === undefined) throw new Error('PostgreSQL is missing: install the Debian package postgresql');
  return folder;
}

/** PostgreSQL refuses to run as root: then it runs as the user that its Debian package made. */
function owner(): { readonly uid?: number; readonly gid?: number } {
  if (userInfo().uid !== 0) return {};
  const found = (flag: string): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: found('-u'), gid: found('-g') };
}

/** A real PostgreSQL server of Debian on a free port of loopback, without fsync. */
export async function startPostgres(): Promise<PostgresServer> {
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
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'listen_addresses=127.0.0.1'];
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-k', dir, ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: 'ignore' },
  );
  const url = (name: string): string => `postgresql://postgres@127.0.0.1:${port}/${name}`;
  await untilItAnswers(url('postgres'), () => server.exitCode !== null);
  let count = 0;
  return {
    async database() {
      count += 1;
      const name = `test_${count}`;
      const client = new Client({ connectionString: url('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return url(name);
    },
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
