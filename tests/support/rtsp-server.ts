import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createRtspReader, headerOf, type RtspMessage } from '../../collector/rtsp/reader.ts';

export type RtspRequest = Extract<RtspMessage, { type: 'request' }>;

/** Answers each request with what the test says: text, bytes, or nothing. */
export type RtspServer = {
  readonly port: number;
  readonly requests: RtspRequest[];
  stop(): Promise<void>;
};

export async function startRtspServer(
  answer: (request: RtspRequest, socket: Socket) => string | Buffer | null,
): Promise<RtspServer> {
  return startRawServer((socket, requests) => {
    const reader = createRtspReader((message) => {
      if (message.type !== 'request') return;
      requests.push(message);
      const reply = answer(message, socket);
      if (reply !== null && !socket.destroyed) socket.write(reply);
    });
    socket.on('data', (piece: Buffer) => reader.push(piece));
  });
}

/** A TCP server that does what the test says with each connection. */
export async function startRawServer(
  serve: (socket: Socket, requests: RtspRequest[]) => void,
  address = '127.0.0.1',
): Promise<RtspServer> {
  const requests: RtspRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    serve(socket, requests);
  }).listen(0, address);
  await once(server, 'listening');
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    requests,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A response with the number of its request. */
export function rtspResponse(
  { headers }: RtspRequest,
  status: string,
  lines: Readonly<Record<string, string>> = {},
  body = '',
): string {
  const all = {
    CSeq: headerOf(headers, 'cseq') ?? '0',
    ...lines,
    ...(body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `RTSP/1.0 ${status}\r\n${head.join('')}\r\n${body}`;
}
