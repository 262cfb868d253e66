import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { KeyPair } from './certificates.ts';

export type Asked = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

export type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
};

export type Provider = {
  readonly url: string;
  /** Every request so far. */
  readonly asked: readonly Asked[];
  /** Connections that were ever opened. */
  connections(): number;
  stop(): Promise<void>;
};

/** An HTTP server on loopback that answers as a provider of messages would. */
export async function startProvider(
  answer: (asked: Asked, count: number) => Answer | Promise<Answer>,
  tls?: KeyPair,
): Promise<Provider> {
  const asked: Asked[] = [];
  const listener: RequestListener = async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: Buffer.concat(parts).toString('utf8') };
    asked.push(one);
    const { status = 200, headers: more = {}, body = '' } = await answer(one, asked.length);
    response.writeHead(status, { 'content-type': 'application/json', ...more });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  const { port, connections, stop } = await listen(server);
  return { url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, asked, connections, stop };
}

/** A TCP server on loopback that does what it likes with every connection. */
export async function startStranger(
  meet: (socket: Socket) => void,
): Promise<{ readonly url: string; readonly port: number; stop(): Promise<void> }> {
  const { port, stop } = await listen(createTcpServer(meet));
  return { url: `http://127.0.0.1:${port}`, port, stop };
}

async function listen(server: Server) {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    connections: () => connections,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
