import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Oid } from '../../collector/snmp/value.ts';
import { rounded } from './bench.ts';
import { cpuOf } from './cpu-of.ts';
import { freePort } from './port.ts';

export type PeerFigures = {
  readonly name: string;
  readonly polls?: number;
  /** Asked again as soon as it has answered, or at its own interval of a second. */
  readonly pace?: 'flat out' | 'each second';
  readonly cpuMicrosPerPoll?: number;
  readonly skipped?: string;
};

const ADDRESSES = 200;
const addressOf = (at: number): string => `127.9.${(at % ADDRESSES) >> 8}.${at & 255}`;

/** The same GET of the same objects by other collectors, as far as they are installed. */
export async function* peersOf(oids: readonly Oid[], port: number): AsyncGenerator<PeerFigures> {
  for (const [name, debianPackage, measure] of [
    ['prometheus-snmp-exporter', 'prometheus-snmp-exporter', exporter],
    ['collectd', 'collectd-core', collectd],
  ] as const) {
    const path = spawnSync('sh', ['-c', `PATH="$PATH:/usr/sbin" command -v ${name}`], {
      encoding: 'utf8',
    }).stdout.trim();
    if (path === '') yield { name, skipped: `not installed (Debian package ${debianPackage})` };
    else yield { name, ...(await measure(path, oids, port)) };
  }
}

/** Its answers are text for Prometheus; nothing is stored. */
async function exporter(path: string, oids: readonly Oid[], port: number): Promise<Omit<PeerFigures, 'name'>> {
  const dir = await mkdtemp(join(tmpdir(), 'simpul-peer-'));
  const metrics = oids.map((oid, at) => ({ name: `bench_${at}`, oid, type: 'gauge', help: 'One object.' }));
  // JSON is YAML.
  await writeFile(
    join(dir, 'snmp.yml'),
    JSON.stringify({ bench: { version: 2, auth: { community: 'public' }, get: oids, metrics } }),
  );
  const httpPort = await freePort();
  const args = [
    `--config.file=${join(dir, 'snmp.yml')}`,
    `--web.listen-address=127.0.0.1:${httpPort}`,
    '--log.level=error',
  ];
  const child = spawn(path, args, { stdio: 'ignore' });
  const fetch = (at: number): Promise<number> =>
    statusOf(`http://127.0.0.1:${httpPort}/snmp?module=bench&target=${addressOf(at)}:${port}`);
  try {
    await until(async () => (await fetch(0)) === 200);
    const polls = 2_000;
    const before = cpuOf(child.pid ?? 0);
    for (let at = 0; at < polls; at += 8) await Promise.all(Array.from({ length: 8 }, (_, each) => fetch(at + each)));
    return { polls, pace: 'flat out', cpuMicrosPerPoll: rounded((cpuOf(child.pid ?? 0) - before) / polls) };
  } finally {
    await end(child);
    await rm(dir, { recursive: true, force: true });
  }
}

/** One GET of all objects each second; it has no plugin that writes. */
async function collectd(path: string, oids: readonly Oid[], port: number): Promise<Omit<PeerFigures, 'name'>> {
  const dir = await mkdtemp(join(tmpdir(), 'simpul-peer-'));
  await mkdir(join(dir, 'data'));
  await writeFile(join(dir, 'types.db'), `bench ${oids.map((_, at) => `v${at}:GAUGE:U:U`).join(', ')}\n`);
  const hosts = Array.from(
    { length: ADDRESSES },
    (_, at) =>
      `<Host "h${at}">\nAddress "${addressOf(at)}:${port}"\nVersion 2\nCommunity "public"\nCollect "all"\n</Host>`,
  );
  const config = [
    `BaseDir "${dir}/data"`,
    `PIDFile "${dir}/pid"`,
    `TypesDB "${dir}/types.db"`,
    'Interval 1',
    'LoadPlugin snmp',
    '<Plugin snmp>',
    `<Data "all">\nType "bench"\nTable false\nInstance ""\nValues ${oids.map((oid) => `"${oid}"`).join(' ')}\n</Data>`,
    ...hosts,
    '</Plugin>',
  ];
  await writeFile(join(dir, 'collectd.conf'), `${config.join('\n')}\n`);
  const child = spawn(path, ['-f', '-C', join(dir, 'collectd.conf')], { stdio: 'ignore' });
  try {
    await delay(3_000);
    const before = cpuOf(child.pid ?? 0);
    const seconds = 10;
    await delay(seconds * 1_000);
    const polls = ADDRESSES * seconds;
    return { polls, pace: 'each second', cpuMicrosPerPoll: rounded((cpuOf(child.pid ?? 0) - before) / polls) };
  } finally {
    await end(child);
    await rm(dir, { recursive: true, force: true });
  }
}

function statusOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    }).once('error', reject);
  });
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await isDone().catch(() => false)) return;
    await delay(50);
  }
  throw new Error('the peer does not answer');
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
}
