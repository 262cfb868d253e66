import { type IncomingMessage, request } from 'node:http';
import { ProbeError } from '../../core/domain/errors.ts';
import { codeOf } from '../connecting.ts';
import type { Connection } from './connection.ts';

export type HttpQuestion = {
  readonly method: 'GET' | 'HEAD';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** At most `MAX_BODY_BYTES` of it; empty where it was not wanted. */
  readonly body: Buffer;
  /** Whether all of the body came; false where it is longer than the limit. */
  readonly isWhole: boolean;
  /** From the question to the first of the answer, and to the last that was read. */
  readonly firstByteMs: number;
  readonly wholeMs: number;
};

const MAX_HEAD_BYTES = 32 * 1024;
export const MAX_BODY_BYTES = 1024 * 1024;

/** What the parser says of an answer that is not HTTP, or too much of it. */
const DETAILS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'head-too-large',
  HPE_INVALID_CONSTANT: 'not-http',
  HPE_INVALID_VERSION: 'not-http',
  ECONNRESET: 'closed',
};

/**
 * Asks once over a connection, which is closed in every case.
 * @param wantsBody tells from the status whether the body is read
 * @throws ProbeError `timeout` (`first-byte`, `body`); `bad-answer` (`not-http`, `head-too-large`, `closed` before any
 *   answer, `truncated` in the middle of one)
 */
export async function exchange(
  { socket }: Pick<Connection, 'socket'>,
  { method, url, headers }: HttpQuestion,
  wantsBody: (status: number) => boolean,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const startedAt = performance.now();
  const question = request({
    // The connection is ours alone: no agent keeps it.
    createConnection: () => socket,
    method,
    path: `${url.pathname}${url.search}`,
    headers: { host: url.host, connection: 'close', ...headers },
    setHost: false,
    maxHeaderSize: MAX_HEAD_BYTES,
  });
  let isAnswered = false;
  try {
    return await new Promise<HttpAnswer>((resolve, reject) => {
      const stop = (): void => reject(late(url, isAnswered));
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop, { once: true });
      question.on('error', (cause) => reject(bad(url, isAnswered, cause)));
      question.on('close', () => {
        // The rest of an answer can still be on its way through our own buffers.
        if (!isAnswered) reject(bad(url, false, null));
      });
      question.on('response', (answer) => {
        isAnswered = true;
        const { statusCode: status = 0 } = answer;
        const firstByteMs = performance.now() - startedAt;
        const settle = (body: Buffer, isWhole: boolean): void => {
          const wholeMs = performance.now() - startedAt;
          resolve({ status, headers: answer.headers, body, isWhole, firstByteMs, wholeMs });
        };
        answer.on('error', (cause) => reject(bad(url, true, cause)));
        answer.on('close', () => reject(bad(url, true, null)));
        if (!wantsBody(status)) return settle(Buffer.alloc(0), true);
        readBody(answer, settle);
      });
      question.end();
    });
  } finally {
    question.on('error', () => {});
    question.destroy();
    socket.destroy();
  }
}

function readBody(answer: IncomingMessage, settle: (body: Buffer, isWhole: boolean) => void): void {
  const parts: Buffer[] = [];
  let length = 0;
  answer.on('data', (part: Buffer) => {
    parts.push(part.subarray(0, MAX_BODY_BYTES - length));
    length += part.length;
    if (length < MAX_BODY_BYTES) return;
    answer.pause();
    settle(Buffer.concat(parts), length === MAX_BODY_BYTES && answer.complete);
  });
  answer.on('end', () => settle(Buffer.concat(parts), true));
}

const late = (url: URL, isAnswered: boolean): ProbeError =>
  new ProbeError('timeout', `${url.host} did not answer in time`, { detail: isAnswered ? 'body' : 'first-byte' });

function bad(url: URL, isAnswered: boolean, cause: unknown): ProbeError {
  const code = codeOf(cause);
  const detail = isAnswered ? 'truncated' : (DETAILS[code] ?? (code.startsWith('HPE_') ? 'not-http' : 'closed'));
  return new ProbeError('bad-answer', `${url.host} gave no whole answer`, { cause, detail });
}
