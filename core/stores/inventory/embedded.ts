import {
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Duplex } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { AppError } from '../../domain/errors.ts';
import type { Log } from '../../log/log.ts';
import { lockDirectory } from './directory-lock.ts';
import { templateDirectory } from './template.ts';

export type EmbeddedOrder = { readonly type: 'connect'; readonly port: MessagePort } | { readonly type: 'close' };

export type EmbeddedData = { readonly dir: string; readonly durable: boolean };

export type EmbeddedStore = {
  /** For `pg`'s option `stream`: a new connection to the embedded PostgreSQL, open once its `connect` was called. */
  connect(): Duplex & { connect(): unknown };
  close(): Promise<void>;
};

/** A connection as node-postgres expects it of a socket, over a MessagePort. */
class PortSocket extends Duplex {
  readonly #open: () => Promise<MessagePort>;
  #port: MessagePort | null = null;

  constructor(open: () => Promise<MessagePort>) {
    super({ allowHalfOpen: false });
    this.#open = open;
  }

  connect(): this {
    this.#open().then(
      (port) => {
        if (this.destroyed) return port.close();
        this.#port = port;
        port.on('message', (bytes: Uint8Array) => this.push(Buffer.from(bytes.buffer)));
        port.on('close', () => this.push(null));
        this.emit('connect');
      },
      (error: Error) => this.destroy(error),
    );
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    // Copied: a small Buffer is a view of a shared pool, and posting it would copy the whole pool.
    const bytes = new Uint8Array(chunk);
    if (this.#port === null) {
      this.once('connect', () => this._write(chunk, _encoding, done));
      return;
    }
    this.#port.postMessage(bytes, [bytes.buffer]);
    done();
  }

  override _writev(chunks: readonly { chunk: Buffer }[], done: () => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'binary', done);
  }

  override _final(done: () => void): void {
    this.#port?.close();
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#port?.close();
    done(error);
  }

  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    this.#port?.ref();
    return this;
  }
  unref(): this {
    this.#port?.unref();
    return this;
  }
}

function startWorker(order: EmbeddedData): Worker {
  const options = { workerData: order, name: 'inventory' };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./embedded-worker.js', import.meta.url), options);
  // From source: on Node 20, `--import tsx` does not reach the entry of a worker, so a line of code registers it first.
  const manifest = createRequire(import.meta.url).resolve('tsx/package.json');
  const tsx = new URL('./dist/esm/api/index.mjs', pathToFileURL(manifest)).href;
  const entry = new URL('./embedded-worker.ts', import.meta.url).href;
  const code = `import(${JSON.stringify(tsx)}).then((tsx) => (tsx.register(), import(${JSON.stringify(entry)})))`;
  return new Worker(code, { ...options, eval: true });
}

/** Resolves when PGlite is open. */
const whenReady = (worker: Worker): Promise<Worker> =>
  new Promise((resolveReady, reject) => {
    worker.once('message', () => resolveReady(worker));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`it stopped with code ${code}`)));
  });

async function stop(worker: Worker): Promise<void> {
  const exited = new Promise((done) => worker.once('exit', done));
  worker.postMessage({ type: 'close' } satisfies EmbeddedOrder);
  await exited;
}

function syncTree(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) syncTree(join(path, entry.name));
    else syncFile(join(path, entry.name));
  }
  syncFile(path);
}

function syncFile(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}

/**
 * Makes the files of a new store beside their place and moves them there whole: a process killed at it leaves nothing
 * that the next one trips over. They are a copy of the build's template; where there is none, PostgreSQL makes them, in
 * a thread of its own since that takes 500 MB which it never gives back.
 */
async function createDirectory({ dir, durable }: EmbeddedData): Promise<void> {
  const draft = `${dir}.new`;
  rmSync(draft, { recursive: true, force: true });
  const template = templateDirectory();
  if (existsSync(template)) cpSync(template, draft, { recursive: true });
  else await stop(await whenReady(startWorker({ dir: draft, durable: false })));
  if (durable) syncTree(draft);
  renameSync(draft, dir);
  if (durable) syncFile(dirname(dir));
}

/**
 * Opens PGlite in a thread of this process, its files in `${dataDir}/inventory`. Should the thread die (a full disk
 * makes PostgreSQL stop itself), the next connection starts it again.
 * @param durable whether every commit waits for the disk; switch off only for tests that do not look at it
 * @throws AppError `config` when another process has the directory open, `store-unavailable` when it does not open
 */
export async function openEmbedded(
  dataDir: string,
  { log, durable = true }: { log: Log; durable?: boolean },
): Promise<EmbeddedStore> {
  mkdirSync(dataDir, { recursive: true });
  const dir = resolve(dataDir, 'inventory');
  const unlock = lockDirectory(`${dir}.lock`);
  const data = { dir, durable };
  let isClosing = false;
  let current: Promise<Worker> | null = null;

  const worker = (): Promise<Worker> => {
    if (isClosing) return Promise.reject(new Error('the embedded store is closed'));
    if (current !== null) return current;
    const started = startWorker(data);
    const ready = whenReady(started);
    started.on('error', (error) => log.error({ reason: error.message }, 'the embedded store failed'));
    started.once('exit', () => {
      if (current === ready) current = null;
    });
    current = ready;
    return ready;
  };

  try {
    if (!existsSync(dir)) await createDirectory(data);
    await worker();
  } catch (error) {
    unlock();
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('store-unavailable', `the embedded store in ${dir} does not open: ${reason}`, { cause: error });
  }

  return {
    connect: () =>
      new PortSocket(async () => {
        const { port1, port2 } = new MessageChannel();
        (await worker()).postMessage({ type: 'connect', port: port2 } satisfies EmbeddedOrder, [port2]);
        return port1;
      }),
    async close() {
      const open = current;
      isClosing = true;
      const thread = await open?.catch(() => null);
      if (thread) await stop(thread);
      unlock();
    },
  };
}
