import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

export type Running = {
  readonly pid: number;
  /** All it printed so far, both streams. */
  output(): string;
  /** Resolves with the match once the output has it; fails when the process ends or the time is over. */
  until(pattern: RegExp, timeoutMs: number): Promise<RegExpMatchArray>;
  /** Sends the signal and waits for the end. @returns exit code, null when a signal ended it */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>;
};

/** For lives of a few seconds: to make the store's WebAssembly fast takes longer than it saves in them. */
export const SHORT_LIVED = '--liftoff-only';

/** Starts a Node program of the project with the given environment on top of a bare one. */
export function startNode(args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TZ: 'UTC', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`could not start ${args.join(' ')}`);
  let output = '';
  const listeners = new Set<() => void>();
  const grow = (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-200_000);
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', grow);
  child.stderr.on('data', grow);
  const ended = once(child, 'close');

  return {
    pid,
    output: () => output,
    until: (pattern, timeoutMs) =>
      new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          clearTimeout(timer);
          listeners.delete(look);
          settle();
        };
        const look = () => {
          const match = output.match(pattern);
          if (match) finish(() => resolve(match));
        };
        const fail = (why: string) =>
          finish(() => reject(new Error(`${why} before ${pattern}; it printed:\n${output.slice(-4_000)}`)));
        const timer = setTimeout(() => fail(`${timeoutMs} ms went by`), timeoutMs);
        listeners.add(look);
        void ended.then(() => fail('the process ended'));
        look();
      }),
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}
