import { createServer, type Socket } from 'node:net';
import { createSentenceDecoder, type SentenceLimits } from '../../../../collector/routeros/sentence-decoder.ts';
import { encodeSentence } from '../../../../collector/routeros/word.ts';
import type { Clock } from '../../../../core/domain/clock.ts';
import { ProbeError } from '../../../../core/domain/errors.ts';
import { dropAll, listenOn } from '../tcp-server.ts';
import type { RouterModel } from './model.ts';
import { type RouterSession, routerSession } from './session.ts';

/** A router of the lab that speaks the API on 127.0.0.1. */
export type RouterAgent = {
  readonly port: number;
  /** Connections that stand. */
  readonly connections: number;
  /** Each answer comes so much later; 0 is the ordinary pace. */
  slow(extraMs: number): void;
  /** Stops listening and drops every connection, as a router does whose power fails. */
  close(): Promise<void>;
};

export type RouterAgentOptions = {
  /** 0: any free one. */
  readonly port: number;
  readonly clock: Clock;
  /** How long the line to it takes. */
  readonly delayMs?: (at: number) => number;
};

const COMMAND_LIMITS: SentenceLimits = {
  maxWordBytes: 8_192,
  maxSentenceBytes: 65_536,
  maxWords: 256,
  startsWith: '/',
};
const MAX_CONNECTIONS = 32;

/** @throws where the port is taken */
export async function startRouterAgent(model: RouterModel, options: RouterAgentOptions): Promise<RouterAgent> {
  const { clock, delayMs = () => 0 } = options;
  const sockets = new Set<Socket>();
  let extraMs = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket, routerSession(model), { clock, delayMs: (at) => delayMs(at) + extraMs });
  });
  server.maxConnections = MAX_CONNECTIONS;
  const port = await listenOn(server, options.port);
  return {
    port,
    get connections() {
      return sockets.size;
    },
    slow(ms) {
      extraMs = ms;
    },
    close: () => dropAll(server, sockets),
  };
}

function serve(
  socket: Socket,
  session: RouterSession,
  { clock, delayMs }: Required<Pick<RouterAgentOptions, 'clock' | 'delayMs'>>,
): void {
  const decoder = createSentenceDecoder(COMMAND_LIMITS, (words) => answer(words));
  /** Answers leave in order, whatever their delays. */
  let before = Promise.resolve();
  function answer(words: readonly string[]): void {
    const at = clock();
    const { sentences, ends } = session.hear(words, at);
    const bytes = Buffer.concat(sentences.map((sentence) => encodeSentence(sentence)));
    const late = wait(delayMs(at));
    before = before.then(async () => {
      await late;
      if (socket.writable) socket[ends ? 'end' : 'write'](bytes);
    });
  }
  /** Answers on their way, each by what ends its waiting. */
  const waiting = new Map<NodeJS.Timeout, () => void>();
  function wait(ms: number): Promise<void> {
    return new Promise((done) => {
      if (ms <= 0 || socket.destroyed) return done();
      const timer = setTimeout(() => {
        waiting.delete(timer);
        done();
      }, ms);
      waiting.set(timer, done);
    });
  }
  socket.once('close', () => {
    for (const [timer, done] of waiting) {
      clearTimeout(timer);
      done();
    }
    waiting.clear();
  });
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    try {
      decoder.push(chunk);
    } catch (error) {
      if (!(error instanceof ProbeError)) throw error;
      socket.destroy();
    }
  });
}
