import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { SECOND } from '../core/domain/clock.ts';
import type { Log } from '../core/log/log.ts';
import { connections } from './connections.ts';
import type { Answer, PortalRequest } from './flow/answer.ts';
import { languageOf } from './pages/words.ts';
import { send } from './send.ts';

export type PortalServerOptions = {
  readonly bind: string;
  readonly port: number;
  readonly answer: (request: PortalRequest) => Promise<Answer>;
  /** What is said to a request that cannot be read, in the language of the page. */
  readonly refuse: (status: number) => Answer;
  readonly log: Log;
  readonly limits?: Partial<typeof LIMITS>;
};

export type PortalServer = { readonly port: number; readonly stats: () => object; stop(): Promise<void> };

const LIMITS = {
  /** Longest body of a form. */
  bodyBytes: 8 * 1024,
  /** With the address, whose query carries what the gateway tells. */
  headerBytes: 16 * 1024,
  queryBytes: 8 * 1024,
  pathBytes: 512,
  /** On a satellite line a request takes seconds, not more. */
  headersMs: 15 * SECOND,
  requestMs: 30 * SECOND,
  /** A person reads the terms meanwhile: a connection that stays saves two round trips. */
  keepAliveMs: 60 * SECOND,
  connections: 4_000,
  /** Requests that are answered at once; more are told to come again. */
  atOnce: 1_000,
  fields: 40,
};

/** HTTP for citizens' browsers, everything of it bounded. */
export async function startPortalServer(options: PortalServerOptions): Promise<PortalServer> {
  const { answer, refuse, log } = options;
  const limits = { ...LIMITS, ...options.limits };
  const held = connections(limits.connections);
  let underWay = 0;
  let answered = 0;
  let refused = 0;

  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: 2 * SECOND,
      noDelay: true,
      insecureHTTPParser: false,
    },
    (request, response) => void handle(request, response),
  );
  server.maxRequestsPerSocket = 1_000;
  server.on('connection', (socket: Socket) => {
    held.opened(socket);
    socket.setTimeout(limits.keepAliveMs + limits.requestMs, () => socket.destroy());
    socket.on('error', () => {});
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    refused += 1;
    const [status, text] = error.code === 'HPE_HEADER_OVERFLOW' ? [431, 'Too Large'] : [400, 'Bad Request'];
    socket.end(`HTTP/1.1 ${status} ${text}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    // Whoever does not take even that is not waited for.
    socket.setTimeout(SECOND, () => socket.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    const read = await requestOf(request, limits);
    if (read === null) return;
    if (typeof read === 'number') {
      refused += 1;
      // The rest of what is sent is not read.
      response.setHeader('connection', 'close');
      send(request, response, refuse(read));
      return;
    }
    if (underWay >= limits.atOnce) {
      refused += 1;
      send(request, response, refuse(503));
      return;
    }
    underWay += 1;
    held.working(socket);
    response.once('close', () => {
      underWay -= 1;
      held.done(socket);
    });
    try {
      const given = await answer(read);
      if (response.destroyed) return;
      answered += 1;
      send(request, response, given);
    } catch (error) {
      log.error({ err: error }, 'a request of the portal could not be answered');
      if (response.headersSent) response.destroy();
      else send(request, response, refuse(500));
    }
  }

  await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    stats: () => ({ ...held.stats(), underWay, answered, refused }),
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), 3 * SECOND);
      await closed;
      clearTimeout(late);
    },
  };
}

const listen = (server: Server, { bind, port }: PortalServerOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: bind, port, backlog: 1_024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** @returns a status where it is refused; null where the client went away */
async function requestOf(request: IncomingMessage, limits: typeof LIMITS): Promise<PortalRequest | number | null> {
  const { method, url = '/', headers } = request;
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') return 405;
  // A proxy's form of an address is that of a gateway that leads foreign requests here.
  const target = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?#]*/i, '') || '/';
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const rawQuery = mark < 0 ? '' : target.slice(mark + 1);
  if (!path.startsWith('/') || path.length > limits.pathBytes) return path.startsWith('/') ? 414 : 400;
  if (rawQuery.length > limits.queryBytes) return 414;
  const query = new URLSearchParams(rawQuery);
  if (query.size > limits.fields) return 400;
  let form = new URLSearchParams();
  if (method === 'POST') {
    const type = String(headers['content-type'] ?? '').toLowerCase();
    if (!type.startsWith('application/x-www-form-urlencoded')) return 415;
    const body = await bodyOf(request, limits.bodyBytes);
    if (typeof body !== 'string') return body;
    form = new URLSearchParams(body);
    if (form.size > limits.fields) return 400;
  }
  return {
    method: method === 'POST' ? 'POST' : 'GET',
    path,
    rawQuery,
    query,
    form,
    userAgent: String(headers['user-agent'] ?? '').slice(0, 300),
    language: languageOf(form.get('l') ?? query.get('l')),
  };
}

/** @returns 413 for one that is too long, null where the client went away */
function bodyOf(request: IncomingMessage, most: number): Promise<string | 413 | null> {
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.resolve(413);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > most) {
        chunks.length = 0;
        request.pause();
        resolve(413);
      } else chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.once('error', () => resolve(null));
    request.once('close', () => resolve(null));
  });
}
