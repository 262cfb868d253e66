import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { outputOf, program } from './program.ts';
import { freeUdpPort } from './udp-port.ts';

export type Snmpd = {
  readonly pid: number;
  readonly port: number;
  /** `snmpbulkwalk` of a subtree over v2c: value as printed with `-Oqn`-like plainness, by OID without the dot. */
  walk(oid: string): Promise<ReadonlyMap<string, string>>;
  stop(): Promise<void>;
};

/** Users that every agent here knows: name, auth protocol, priv protocol. Passphrases below. */
const USERS = [
  ['noc', 'SHA', 'AES'],
  ['old', 'MD5', 'DES'],
  ['new', 'SHA-256', 'AES'],
] as const;
export const AUTH_PASSPHRASE = 'authpass123';
export const PRIV_PASSPHRASE = 'privpass123';

export type SnmpdOptions = {
  /** What it binds to; 0.0.0.0 makes it answer for all of 127.0.0.0/8. */
  readonly address?: string;
  readonly port?: number;
  /** Besides those that are always there. */
  readonly users?: readonly (readonly [name: string, auth: string, priv: string])[];
};

/**
 * Debian's Net-SNMP agent on a free UDP port: community `public`, and the users `noc` (SHA, AES), `old` (MD5, DES),
 * `new` (SHA-256, AES), all authPriv.
 */
export async function startSnmpd(options: SnmpdOptions = {}): Promise<Snmpd> {
  const { address = '127.0.0.1' } = options;
  const snmpd = program('snmpd', 'snmpd');
  const snmpbulkwalk = program('snmpbulkwalk', 'snmp');
  const port = options.port ?? (await freeUdpPort());
  const dir = await mkdtemp(join(tmpdir(), 'simpul-snmpd-'));
  const lines = [
    `agentAddress udp:${address}:${port}`,
    // The default holds the questions of a tenth of a second, where thousands ask.
    '[snmp] serverRecvBuf 4194304',
    'rocommunity public',
    'sysName test-agent',
    'sysLocation test bench',
    ...[...USERS, ...(options.users ?? [])].flatMap(([user, auth, priv]) => [
      `createUser ${user} ${auth} ${AUTH_PASSPHRASE} ${priv} ${PRIV_PASSPHRASE}`,
      `rouser ${user} authPriv`,
    ]),
  ];
  await writeFile(join(dir, 'snmpd.conf'), `${lines.join('\n')}\n`);
  const child = spawn(
    snmpd,
    ['-f', '-LE', '3', '-C', '-c', join(dir, 'snmpd.conf'), '-p', join(dir, 'pid'), '-I', '-smux'],
    {
      stdio: 'ignore',
      env: { PATH: process.env['PATH'], SNMP_PERSISTENT_DIR: join(dir, 'state') },
    },
  );
  const host = `${address === '0.0.0.0' ? '127.0.0.1' : address}:${port}`;
  await untilItAnswers(host, child);
  return {
    pid: child.pid ?? 0,
    port,
    async walk(oid) {
      const printed = await outputOf(snmpbulkwalk, ['-v2c', '-c', 'public', '-Cr20', '-OqnUTt', host, oid]);
      return new Map(printed.split('\n').flatMap((line) => pairOf(line)));
    },
    async stop() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function pairOf(line: string): readonly (readonly [string, string])[] {
  const space = line.indexOf(' ');
  return space < 0 ? [] : [[line.slice(1, space), line.slice(space + 1).replace(/^"(.*)"$/, '$1')]];
}

async function untilItAnswers(host: string, child: ChildProcess): Promise<void> {
  const snmpget = program('snmpget', 'snmp');
  for (let attempt = 0; attempt < 100; attempt++) {
    if (child.exitCode !== null) throw new Error(`snmpd ended with ${child.exitCode}`);
    try {
      await outputOf(snmpget, ['-v2c', '-c', 'public', '-t', '0.2', '-r', '0', host, '1.3.6.1.2.1.1.3.0']);
      return;
    } catch {
      await delay(50);
    }
  }
  throw new Error(`snmpd on ${host} does not answer`);
}
