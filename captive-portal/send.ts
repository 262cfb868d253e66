import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Answer } from './flow/answer.ts';
import { pagePolicy } from './pages/layout.ts';

/** Below this a compressed answer is no smaller on the wire. */
const WORTH_BYTES = 500;
/** Half the time of the usual level, for sixty bytes more of a page of 2,600. */
const GZIP = { level: 3, windowBits: 14 };

const COMMON = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
} as const;

const acceptsGzip = ({ headers }: IncomingMessage): boolean =>
  /(?:^|[,\s])(?:gzip|\*)(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(String(headers['accept-encoding'] ?? ''));

/** Writes an answer. What may not stand in a header makes no header: Node refuses it, and the caller answers 500. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  switch (answer.kind) {
    case 'redirect':
      response.writeHead(answer.status, { ...COMMON, location: answer.location, 'content-length': 0 });
      response.end();
      return;
    case 'text': {
      const body = Buffer.from(answer.body);
      const { contentType, location } = answer;
      response.writeHead(answer.status, {
        ...COMMON,
        'content-type': contentType,
        'content-length': body.length,
        ...(location === undefined ? {} : { location }),
      });
      end(request, response, body);
      return;
    }
    case 'page': {
      const plain = Buffer.from(answer.page.markup);
      const isGzip = plain.length >= WORTH_BYTES && acceptsGzip(request);
      const body = isGzip ? gzipSync(plain, GZIP) : plain;
      response.writeHead(answer.status, {
        ...COMMON,
        'content-type': 'text/html; charset=utf-8',
        'content-length': body.length,
        'content-security-policy': pagePolicy(answer.formHosts ?? []),
        vary: 'accept-encoding',
        ...(isGzip ? { 'content-encoding': 'gzip' } : {}),
        ...(answer.retryAfterS === undefined ? {} : { 'retry-after': String(answer.retryAfterS) }),
      });
      end(request, response, body);
    }
  }
}

function end(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  if (request.method === 'HEAD') response.end();
  else response.end(body);
}
