import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './port.ts';

const PROGRAM = '/usr/bin/influxd';

export type InfluxServer = {
  readonly url: string;
  /** Kills the server; its data and port stay. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Kills it and removes its data. */
  stop(): Promise<void>;
};

/** A real InfluxDB 1.x on a free port of loopback with its own data. */
export async function startInflux(): Promise<InfluxServer> {
  if (!existsSync(PROGRAM)) throw new Error('influxd is missing: install the Debian package influxdb');
  const dir = await mkdtemp(join(tmpdir(), 'simpul-influx-'));
  const port = await freePort();
  const conf = join(dir, 'influxdb.conf');
  await writeFile(
    conf,
    `reporting-disabled = true
bind-address = "127.0.0.1:${await freePort()}"
[meta]
  dir = "${dir}/meta"
[data]
  dir = "${dir}/data"
  wal-dir = "${dir}/wal"
  query-log-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
[monitor]
  store-enabled = false
[logging]
  level = "error"
`,
  );
  let server: ChildProcess | null = null;
  const url = `http://127.0.0.1:${port}`;
  async function start(): Promise<void> {
    server = spawn(PROGRAM, ['-config', conf], { stdio: 'ignore' });
    const until = Date.now() + 30_000;
    while (Date.now() < until && server.exitCode === null) {
      const answer = await fetch(`${url}/ping`).catch(() => null);
      if (answer?.ok) return;
      await delay(50);
    }
    throw new Error('influxd did not start');
  }
  async function kill(): Promise<void> {
    if (server === null || server.exitCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
    server = null;
  }
  await start();
  return {
    url,
    kill,
    start,
    async stop() {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
