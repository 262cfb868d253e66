import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { packageRoot } from '../../core/package-root.ts';
import { freeUdpPort } from './udp-port.ts';

export type Freeradius = {
  readonly authPort: number;
  readonly acctPort: number;
  output(): string;
  stop(): Promise<void>;
};

const PROGRAM = '/usr/sbin/freeradius';
const STARTS_MS = 15_000;

export const hasFreeradius = (): boolean => existsSync(PROGRAM) && existsSync('/usr/lib/freeradius/rlm_rest.so');

/**
 * Debian's FreeRADIUS with the configuration that the project ships, on ports of loopback.
 * @param door port of Simpul's door
 */
export async function startFreeradius(door: number, token: string, args: readonly string[] = []): Promise<Freeradius> {
  const dir = await mkdtemp(join(tmpdir(), 'simpul-freeradius-'));
  cpSync(join(packageRoot(), 'provisioning/deploy/freeradius'), dir, { recursive: true });
  const [authPort, acctPort] = [await freeUdpPort(), await freeUdpPort()];
  const child = spawn(PROGRAM, ['-f', '-d', dir, ...args], {
    cwd: dir,
    env: {
      PATH: process.env['PATH'],
      TZ: 'UTC',
      SIMPUL_RADIUS_DOOR: `http://127.0.0.1:${door}`,
      SIMPUL_RADIUS_TOKEN: token,
      RADIUS_BIND: '127.0.0.1',
      RADIUS_AUTH_PORT: String(authPort),
      RADIUS_ACCT_PORT: String(acctPort),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const grow = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-500_000);
  };
  child.stdout.on('data', grow);
  child.stderr.on('data', grow);
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    await rm(dir, { recursive: true, force: true });
  };
  const until = Date.now() + STARTS_MS;
  while (!output.includes('Ready to process requests')) {
    if (child.exitCode !== null || Date.now() > until) {
      await stop();
      throw new Error(`FreeRADIUS did not start:\n${output.slice(-4_000)}`);
    }
    await delay(20);
  }
  return { authPort, acctPort, output: () => output, stop };
}
