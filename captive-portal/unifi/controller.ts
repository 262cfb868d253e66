import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';
import { withPatience } from '../../core/delivery/patience.ts';
import { SECOND } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';

export type Question = {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** SHA-256 of the controller's certificate, in hex: these are nearly always self-signed. Null: a public one is expected. */
  readonly certificateSha256: string | null;
};

export type Answer = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Of a body that is JSON; null for anything else. */
  readonly json: unknown;
};

const PATIENCE_MS = 10 * SECOND;
const MAX_HEAD_BYTES = 16 * 1_024;
/** About 3,000 clients of a site. */
const MAX_BODY_BYTES = 8 * 1_024 * 1_024;

const failed = (why: string): AppError => new AppError('store-unavailable', `the controller of the gateway ${why}`);

/**
 * Asks a controller once, over a connection of its own; redirects are not followed.
 * @throws AppError `store-unavailable` where it is silent, cut off, endless, or not who it should be
 */
export async function askController(question: Question, signal: AbortSignal): Promise<Answer> {
  return await withPatience(PATIENCE_MS, signal, async (patience) => {
    const { method, url, headers, body, certificateSha256 } = question;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const pinned =
      url.protocol === 'https:' && certificateSha256 !== null ? await pinnedTo(url, certificateSha256, patience) : null;
    const options = {
      method,
      maxHeaderSize: MAX_HEAD_BYTES,
      headers: {
        accept: 'application/json',
        ...headers,
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
      },
      ...(pinned === null ? { agent: false as const } : { createConnection: () => pinned }),
    };
    let sent: ClientRequest | undefined;
    try {
      return await new Promise<Answer>((resolve, reject) => {
        patience.addEventListener('abort', () => reject(failed('did not answer in time')), { once: true });
        const outgoing = (url.protocol === 'https:' && pinned === null ? requestTls : requestPlain)(url.href, {
          ...options,
          ...(pinned === null ? {} : { protocol: 'http:' }),
        });
        sent = outgoing;
        let isAnswered = false;
        outgoing.on('error', () => reject(failed('cannot be reached')));
        outgoing.on('close', () => isAnswered || reject(failed('closed the connection without an answer')));
        outgoing.on('response', (answer) => {
          isAnswered = true;
          read(answer, resolve, reject);
        });
        outgoing.end(text);
      });
    } finally {
      sent?.on('error', () => {});
      sent?.destroy();
      pinned?.destroy();
    }
  });
}

function read(answer: IncomingMessage, done: (answer: Answer) => void, fail: (error: AppError) => void): void {
  const parts: Buffer[] = [];
  let length = 0;
  answer.on('data', (part: Buffer) => {
    length += part.length;
    if (length > MAX_BODY_BYTES) fail(failed('answers without end'));
    else parts.push(part);
  });
  const cutOff = (): void => fail(failed('was cut off'));
  answer.on('error', cutOff);
  answer.on('close', cutOff);
  answer.on('end', () =>
    done({
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      json: parsed(Buffer.concat(parts).toString('utf8')),
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A connection on which nothing is said before the certificate is the one that was named. */
function pinnedTo(url: URL, sha256: string, signal: AbortSignal): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // Checked by its fingerprint instead, below: names and authorities of these certificates say nothing.
    const socket = connect({ host, port: Number(url.port || 443), rejectUnauthorized: false });
    const fail = (why: string) => () => {
      socket.destroy();
      reject(failed(why));
    };
    signal.addEventListener('abort', fail('did not answer in time'), { once: true });
    if (signal.aborted) fail('did not answer in time')();
    socket.once('error', fail('cannot be reached'));
    socket.once('close', fail('cannot be reached'));
    socket.once('secureConnect', () => {
      const { fingerprint256 = '' } = socket.getPeerCertificate();
      if (fingerprint256.replaceAll(':', '').toLowerCase() !== sha256.replaceAll(':', '').toLowerCase())
        fail('shows another certificate')();
      else {
        socket.removeAllListeners();
        resolve(socket);
      }
    });
  });
}

export const asObject = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;

/** Objects of a list, as many as a site can have clients. */
export const objectsOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  (Array.isArray(value) ? value.slice(0, 5_000) : []).map(asObject).filter((item) => item !== null);

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= 200 ? value : null;

/** A count; 0 for what is none. */
export const countOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.min(Math.floor(value), 2 ** 53 - 1) : 0;
