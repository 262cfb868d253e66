/**
 * The thread that PGlite runs in. Clients (node-postgres in the main thread) speak the PostgreSQL protocol to it over
 * one MessagePort each: no port is open to other users of the machine, and the thread dies with its process.
 */
import { fsyncSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import type { EmbeddedData, EmbeddedOrder } from './embedded.ts';
import { FLUSH, TERMINATE, type Unit, UnitReader } from './frontend-messages.ts';

type Client = { readonly port: MessagePort; isGone: boolean };
type Work = { readonly client: Client; readonly unit: Unit };

/** PGlite's files, with fsync handed on to the disk: a power cut must not lose what was acknowledged. */
class DurableFS extends NodeFS {
  override async init(...[pg, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const made = await super.init(pg, options);
    const preRun = made.emscriptenOpts.preRun ?? [];
    const passFsyncOn = (module: unknown): void => {
      const { stream_ops: operations } = (module as EmscriptenModule).FS.filesystems.NODEFS;
      operations.fsync = ({ nfd }) => {
        if (nfd !== undefined) fsyncSync(nfd);
        return 0;
      };
    };
    return { emscriptenOpts: { ...made.emscriptenOpts, preRun: [...preRun, passFsyncOn] } };
  }
}
type EmscriptenModule = {
  readonly FS: {
    readonly filesystems: { readonly NODEFS: { stream_ops: { fsync?: (stream: { nfd?: number }) => number } } };
  };
};

const { dir, durable } = workerData as EmbeddedData;
const startParams = PGlite.defaultStartParams.filter((parameter) => !durable || parameter !== '-F');
const db = await PGlite.create({ fs: new DurableFS(dir), startParams });

const queue: Work[] = [];
/** Whose transaction is open: until it ends, only this client's units are run. */
let holder: Client | null = null;
let isRunning = false;

async function run({ client, unit }: Work): Promise<void> {
  if (unit.last === TERMINATE) {
    await leave(client);
    return;
  }
  const answer: Buffer[] = [];
  await db.execProtocolRawStream(unit.bytes, { onRawData: (bytes) => answer.push(Buffer.from(bytes)) });
  holder = db.isInTransaction() || unit.last === FLUSH ? client : null;
  const bytes = new Uint8Array(Buffer.concat(answer));
  client.port.postMessage(bytes, [bytes.buffer]);
}

/** A client that goes away in the middle of a transaction must not leave it open for the next. */
async function leave(client: Client): Promise<void> {
  client.isGone = true;
  client.port.close();
  if (holder !== client) return;
  holder = null;
  await db.exec('ROLLBACK');
}

function next(): Work | undefined {
  if (holder === null) return queue.shift();
  const index = queue.findIndex((work) => work.client === holder);
  return index < 0 ? undefined : queue.splice(index, 1)[0];
}

async function drain(): Promise<void> {
  if (isRunning) return;
  isRunning = true;
  for (let work = next(); work !== undefined; work = next()) if (!work.client.isGone) await run(work);
  isRunning = false;
}

function accept(port: MessagePort): void {
  const client: Client = { port, isGone: false };
  const reader = new UnitReader();
  const gone: Unit = { bytes: new Uint8Array(), last: TERMINATE };
  port.on('message', (chunk: Uint8Array) => {
    for (const unit of reader.push(chunk)) queue.push({ client, unit });
    void drain();
  });
  port.on('close', () => {
    queue.push({ client, unit: gone });
    void drain();
  });
}

parentPort?.on('message', async (order: EmbeddedOrder) => {
  if (order.type === 'connect') return accept(order.port);
  await db.close();
  process.exit(0);
});
parentPort?.postMessage('ready');
