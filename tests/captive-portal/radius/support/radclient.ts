import { spawn } from 'node:child_process';
import { program } from '../../../support/program.ts';

export type RadclientAnswer = { readonly code: number | null; readonly output: string };

/** Whether Debian's `freeradius-utils` is here. */
export function radclientPath(): string {
  return program('radclient', 'freeradius-utils');
}

/**
 * Debian's `radclient -x`, one try of 3 s unless told otherwise.
 * @param packet attributes as it reads them, a line each
 * @returns its exit code (1 = rejected or no answer) and all it printed
 */
export function radclient(
  packet: string,
  to: { readonly port: number; readonly kind: string; readonly secret?: string; readonly args?: readonly string[] },
): Promise<RadclientAnswer> {
  const { port, kind, secret = 'testing123', args = ['-r', '1', '-t', '3'] } = to;
  const child = spawn(radclientPath(), ['-x', ...args, `127.0.0.1:${port}`, kind, secret]);
  let output = '';
  const grow = (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-1_000_000);
  };
  child.stdout.on('data', grow);
  child.stderr.on('data', grow);
  child.stdin.end(packet);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
