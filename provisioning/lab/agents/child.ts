import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Clock } from '../../../core/domain/clock.ts';
import type { AgentMessage, AgentOrder, AgentReply } from './messages.ts';

/** The agents' process, seen from outside. Orders are carried out in the order they are given. */
export type AgentProcess = {
  /** @returns the port, where the order was to add a device */
  order(order: AgentOrder): Promise<number | undefined>;
  /** Ends it without a word. */
  kill(): void;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

export function startAgentProcess(clock: Clock): AgentProcess {
  const child = forkAgents();
  const waiting = new Map<number, { resolve(port: number | undefined): void; reject(error: Error): void }>();
  let nextId = 0;
  let batch: { id: number; order: AgentOrder }[] = [];

  const send = (message: AgentMessage): void => {
    if (child.connected) child.send(message);
  };
  child.on('message', ({ id, port, error }: AgentReply) => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asker?.resolve(port);
    else asker?.reject(new Error(error));
  });
  const ended = once(child, 'exit').then(() => {
    for (const asker of waiting.values()) asker.reject(new Error('the process of the lab agents has ended'));
    waiting.clear();
  });
  send({ type: 'begin', clockOffsetMs: clock() - Date.now() });

  return {
    kill: () => void child.kill('SIGKILL'),
    ended,
    order: (order) =>
      new Promise((resolve, reject) => {
        if (!child.connected) return reject(new Error('the process of the lab agents has ended'));
        const id = nextId++;
        waiting.set(id, { resolve, reject });
        batch.push({ id, order });
        if (batch.length > 1) return;
        setImmediate(() => {
          const orders = batch;
          batch = [];
          send({ type: 'orders', orders });
        });
      }),
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

function forkAgents(): ChildProcess {
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  if (!import.meta.url.endsWith('.ts')) {
    return fork(fileURLToPath(new URL('./process.js', import.meta.url)), [], { stdio: [...stdio], execArgv: [] });
  }
  const manifest = createRequire(import.meta.url).resolve('tsx/package.json');
  const loader = new URL('./dist/loader.mjs', pathToFileURL(manifest)).href;
  return fork(fileURLToPath(new URL('./process.ts', import.meta.url)), [], {
    stdio: [...stdio],
    execArgv: ['--import', loader],
  });
}
