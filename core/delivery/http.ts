import { type ClientRequest, type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { MINUTE, SECOND } from '../domain/clock.ts';
import { ChannelError } from './channel-error.ts';
import { failureOfConnection } from './connection-failure.ts';
import { withPatience } from './patience.ts';

export type HttpQuestion = {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** PEM of the authority that is trusted in the place of the usual ones. */
  readonly ca?: string | undefined;
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

const PATIENCE_MS = 30 * SECOND;
const MAX_HEAD_BYTES = 16 * 1024;
const MAX_BODY_BYTES = 64 * 1024;

/**
 * Asks a provider once, over a connection of its own. Redirects are not followed: what is secret in a question is for
 * the host that was named alone.
 * @throws ChannelError `timeout`, `unreachable`, `tls`, `bad-answer` (no HTTP, cut off, endless), `settings` (redirect)
 */
export const ask = (question: HttpQuestion, signal: AbortSignal): Promise<HttpAnswer> =>
  withPatience(PATIENCE_MS, signal, (patience) => exchange(question, patience));

async function exchange(question: HttpQuestion, patience: AbortSignal): Promise<HttpAnswer> {
  const { method, url, headers = {}, body, ca } = question;
  const isTls = url.protocol === 'https:';
  const options: RequestOptions & { ca?: string } = {
    agent: false,
    method,
    headers: {
      accept: 'application/json, text/plain;q=0.9, */*;q=0.1',
      'user-agent': 'simpul',
      ...headers,
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    },
    maxHeaderSize: MAX_HEAD_BYTES,
    ...(isTls && ca !== undefined ? { ca } : {}),
  };
  let sent: ClientRequest | undefined;
  try {
    return await new Promise<HttpAnswer>((resolve, reject) => {
      const stop = (): void => reject(new ChannelError('timeout', 'no answer in time'));
      if (patience.aborted) return stop();
      patience.addEventListener('abort', stop, { once: true });
      const outgoing = isTls ? requestTls(url, options) : requestPlain(url, options);
      sent = outgoing;
      outgoing.on('error', (error) => reject(failureOfConnection(codeOf(error))));
      let isAnswered = false;
      outgoing.on('close', () => {
        // The rest of an answer can still be on its way through our own buffers.
        if (!isAnswered) reject(new ChannelError('bad-answer', 'connection closed without an answer'));
      });
      outgoing.on('response', (answer) => {
        isAnswered = true;
        const status = answer.statusCode ?? 0;
        if (status >= 300 && status < 400) reject(new ChannelError('settings', `http ${status} redirect refused`));
        else readBody(answer, (text) => resolve({ status, headers: answer.headers, body: text }), reject);
      });
      outgoing.end(body);
    });
  } finally {
    sent?.on('error', () => {});
    sent?.destroy();
  }
}

function readBody(answer: IncomingMessage, done: (text: string) => void, fail: (error: ChannelError) => void): void {
  const parts: Buffer[] = [];
  let length = 0;
  answer.on('data', (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length > MAX_BODY_BYTES) fail(new ChannelError('bad-answer', 'answer too long'));
  });
  answer.on('end', () => done(Buffer.concat(parts).toString('utf8')));
  const cutOff = (): void => fail(new ChannelError('bad-answer', 'answer cut off'));
  answer.on('error', cutOff);
  answer.on('close', cutOff);
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** Whether anything speaks HTTP at the URL's host; what it says does not matter. @throws ChannelError as `ask` */
export async function reach(url: URL, ca: string | undefined, signal: AbortSignal): Promise<void> {
  await ask({ method: 'HEAD', url: new URL('/', url), ca }, signal).catch((error: unknown) => {
    if (!(error instanceof ChannelError && error.failure === 'settings')) throw error;
  });
}

/**
 * What a status that is no success means for a message, for providers that say nothing more exact.
 * @param now UTC ms, to which a date in Retry-After is compared
 */
export function failureOfStatus(
  { status, headers }: Pick<HttpAnswer, 'status' | 'headers'>,
  now: number,
): ChannelError {
  const detail = `http ${status}`;
  const wait = { retryAfterMs: retryAfterOf(headers['retry-after'], now) };
  if (status === 429) return new ChannelError('rate-limited', detail, wait);
  if (status === 408 || status === 425 || status >= 500) return new ChannelError('provider-fault', detail, wait);
  if (status === 401 || status === 403 || status === 407) return new ChannelError('sign-in', detail);
  if (status === 404 || status === 405 || status === 410) return new ChannelError('settings', detail);
  return new ChannelError('refused', detail);
}

const LONGEST_WAIT_MS = 60 * MINUTE;

/** Retry-After is seconds or a date (RFC 9110, 10.2.3). */
function retryAfterOf(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * SECOND : Date.parse(header) - now;
  return Number.isFinite(wait) && wait >= 0 ? Math.min(wait, LONGEST_WAIT_MS) : undefined;
}

/** A JSON object out of an answer; null for anything else. */
export function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

export const asObject = (value: unknown): Readonly<Record<string, unknown>> | null => (isObject(value) ? value : null);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A provider's name for a message, as far as it is fit to be kept. */
export const providerIdOf = (value: unknown): string | null =>
  typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value).slice(0, 200) : null;
