import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { createSentenceDecoder } from '../../collector/routeros/sentence-decoder.ts';
import { encodeSentence } from '../../collector/routeros/word.ts';

/** How answers are cut into pieces. */
export type Cutting = (bytes: Buffer) => readonly Buffer[];
export const whole: Cutting = (bytes) => [bytes];
export const byteByByte: Cutting = (bytes) => [...bytes].map((byte) => Buffer.of(byte));
export const cutAtRandom =
  (random: () => number): Cutting =>
  (bytes) => {
    const pieces: Buffer[] = [];
    for (let at = 0; at < bytes.length; ) {
      const length = 1 + Math.floor(random() * 12);
      pieces.push(bytes.subarray(at, at + length));
      at += length;
    }
    return pieces;
  };

/** The router's end of a connection, as a script sees it. */
export type RouterEnd = {
  readonly socket: Socket;
  /** The next sentence of the client. */
  heard(): Promise<readonly string[]>;
  say(...sentences: (readonly string[])[]): Promise<void>;
  raw(bytes: Buffer): Promise<void>;
  /** Lets the client sign in. */
  admit(): Promise<void>;
};

export type FakeRouter = {
  readonly port: number;
  /** Connections that were made, and those that stand. */
  readonly made: number;
  readonly standing: number;
  /** Resolves when the last connection is gone. */
  allGone(): Promise<void>;
  stop(): Promise<void>;
};

/** The tag of a sentence, as a list of words. */
export const tagOf = (words: readonly string[]): readonly string[] => words.filter((word) => word.startsWith('.tag='));

/** A router of which a test writes each word. The script runs once for each connection; it may end before it. */
export async function startFakeRouter(
  script: (end: RouterEnd) => Promise<void>,
  options: { readonly cutting?: Cutting; readonly port?: number; readonly tls?: TlsOptions } = {},
): Promise<FakeRouter> {
  const sockets = new Set<Socket>();
  let made = 0;
  const onConnection = (socket: Socket): void => {
    made++;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    script(routerEnd(socket, options.cutting ?? whole)).catch((error: unknown) => {
      // A script whose client went away has nothing left to say.
      if (!(error instanceof ClientGone)) throw error;
    });
  };
  const server: Server =
    options.tls === undefined ? createServer(onConnection) : createTlsServer(options.tls, onConnection);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    get made() {
      return made;
    },
    get standing() {
      return sockets.size;
    },
    async allGone() {
      await Promise.all([...sockets].map((socket) => once(socket, 'close')));
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

const CLIENT_LIMITS = {
  maxWordBytes: 1_000_000,
  maxSentenceBytes: 1_000_000,
  maxWords: 1_000,
  startsWith: '/',
} as const;

class ClientGone extends Error {}

function routerEnd(socket: Socket, cutting: Cutting): RouterEnd {
  const sentences: (readonly string[])[] = [];
  const waiting: { resolve(words: readonly string[]): void; reject(error: Error): void }[] = [];
  const decoder = createSentenceDecoder(CLIENT_LIMITS, (words) => {
    const next = waiting.shift();
    if (next === undefined) sentences.push(words);
    else next.resolve(words);
  });
  socket.on('data', (chunk: Buffer) => decoder.push(chunk));
  socket.once('close', () => {
    for (const { reject } of waiting) reject(new ClientGone('the client is gone'));
  });

  const end: RouterEnd = {
    socket,
    heard: () =>
      new Promise((resolve, reject) => {
        const words = sentences.shift();
        if (words !== undefined) resolve(words);
        else if (socket.destroyed) reject(new ClientGone('the client is gone'));
        else waiting.push({ resolve, reject });
      }),
    say: (...said) => end.raw(Buffer.concat(said.map((words) => encodeSentence(words)))),
    async raw(bytes) {
      for (const piece of cutting(bytes)) {
        if (socket.destroyed) return;
        socket.write(piece);
        // Into the network before the next piece follows.
        await new Promise((done) => setImmediate(done));
      }
    },
    async admit() {
      await end.heard();
      await end.say(['!done']);
    },
  };
  return end;
}
