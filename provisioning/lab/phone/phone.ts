import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../../../core/domain/clock.ts';
import { dropAll, listenOn } from '../agents/tcp-server.ts';
import { phonePage } from './page.ts';

/** A message as the webhook channel brings it. */
export type PhoneMessage = {
  readonly id: string;
  /** The recipient's address: here their name. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly link: string | null;
  readonly at: number;
};

export type Phone = {
  readonly url: string;
  /** Newest first. */
  messages(): readonly PhoneMessage[];
  stop(): Promise<void>;
};

const MOST_MESSAGES = 200;
const MOST_BYTES = 64 * 1024;

/** The telephones of everybody in the lab, as one page of 127.0.0.1: what Simpul sends to its webhook is seen there. */
export async function startPhone(clock: Clock): Promise<Phone> {
  let messages: readonly PhoneMessage[] = [];
  const sockets = new Set<IncomingMessage['socket']>();

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const message = body === null ? null : messageOf(body, clock());
    if (message === null) return void response.writeHead(body === null ? 413 : 400).end();
    // Sent at least once: the same again is no other message.
    if (!messages.some(({ id }) => id === message.id)) messages = [message, ...messages].slice(0, MOST_MESSAGES);
    response.writeHead(204).end();
  }

  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      take(request, response).catch(() => response.destroy());
      return;
    }
    response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(phonePage(messages));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listenOn(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    messages: () => messages,
    stop: () => dropAll(server, sockets),
  };
}

/** @returns null where it is longer than any message */
async function read(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function messageOf(body: string, at: number): PhoneMessage | null {
  try {
    const { id, to, subject, text, link }: Record<string, unknown> = JSON.parse(body);
    if (typeof id !== 'string' || typeof to !== 'string' || typeof text !== 'string') return null;
    return {
      id,
      to,
      subject: typeof subject === 'string' ? subject : '',
      text,
      link: typeof link === 'string' && /^https?:\/\//.test(link) ? link : null,
      at,
    };
  } catch {
    return null;
  }
}
