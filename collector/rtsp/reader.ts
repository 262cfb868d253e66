import { ProbeError } from '../../core/domain/errors.ts';

/** What goes over a connection of RTSP (RFC 2326): responses, requests of either side, media between (section 10.12). */
export type RtspMessage =
  | {
      readonly type: 'response';
      readonly status: number;
      readonly headers: RtspHeaders;
      readonly body: Buffer;
    }
  | {
      readonly type: 'request';
      readonly method: string;
      readonly url: string;
      readonly headers: RtspHeaders;
      readonly body: Buffer;
    }
  | { readonly type: 'media'; readonly channel: number; readonly packet: Buffer };

/** By name in small letters; a header can stand several times. */
export type RtspHeaders = ReadonlyMap<string, readonly string[]>;
export const headerOf = (headers: RtspHeaders, name: string): string | undefined => headers.get(name)?.[0];

export type RtspProblem = 'not-rtsp' | 'head-too-large' | 'body-too-large' | 'bad-header';
/** What came is not RTSP, or more of it than any camera has reason to send. */
export class RtspError extends ProbeError {
  constructor(problem: RtspProblem) {
    super('bad-answer', `what came over RTSP is not usable: ${problem}`, { detail: problem });
  }
}

const MAX_HEAD_BYTES = 16 * 1024;
const MAX_HEADERS = 100;
const MAX_BODY_BYTES = 64 * 1024;
const DOLLAR = 0x24;
const CR = 0x0d;
const LF = 0x0a;
const MEDIA_HEADER_BYTES = 4;
/** What a first line can begin with: `RTSP/1.0 200 OK`, or a request's method. */
const RESPONSE_LINE = /^RTSP\/\d\.\d (\d{3})(?: |$)/;
const REQUEST_LINE = /^([A-Z_]{1,30}) (\S+) RTSP\/\d\.\d$/;
const FIRST_CHARACTER = /[A-Z]/;

type Head =
  | { readonly type: 'response'; readonly status: number }
  | { readonly type: 'request'; readonly method: string; readonly url: string };

export type RtspReader = {
  /** Takes the next piece. @throws RtspError, after which the reader must not be used any more */
  push(piece: Buffer): void;
  /** Gives out the message whose head is there and whose body is shorter than it says; for when no more comes. */
  flush(): void;
};

/** Cuts a stream of bytes into messages, however it comes in pieces. It holds no more than the largest message. */
export function createRtspReader(take: (message: RtspMessage) => void): RtspReader {
  let left: Buffer = Buffer.alloc(0);
  let searchedTo = 0;
  let pending: { readonly head: Head; readonly headers: RtspHeaders; readonly bodyBytes: number } | null = null;

  function cut(bytes: number): Buffer {
    const part = left.subarray(0, bytes);
    left = left.subarray(bytes);
    searchedTo = 0;
    return part;
  }

  /** Null where the rest of it has not come yet. */
  function next(): RtspMessage | null {
    if (pending !== null) {
      if (left.length < pending.bodyBytes) return null;
      const { head, headers, bodyBytes } = pending;
      pending = null;
      return { ...head, headers, body: Buffer.from(cut(bodyBytes)) };
    }
    // Some servers end a body with one more line than they counted.
    let blank = 0;
    while (left[blank] === CR || left[blank] === LF) blank++;
    if (blank > 0) cut(blank);
    const first = left[0];
    if (first === undefined) return null;
    if (first === DOLLAR) return media();
    if (!FIRST_CHARACTER.test(String.fromCharCode(first))) throw new RtspError('not-rtsp');
    return head();
  }

  function media(): RtspMessage | null {
    if (left.length < MEDIA_HEADER_BYTES) return null;
    const length = left.readUInt16BE(2);
    if (left.length < MEDIA_HEADER_BYTES + length) return null;
    const whole = cut(MEDIA_HEADER_BYTES + length);
    return { type: 'media', channel: whole[1] ?? 0, packet: Buffer.from(whole.subarray(MEDIA_HEADER_BYTES)) };
  }

  function head(): RtspMessage | null {
    const firstEnd = left.indexOf(LF);
    if (firstEnd >= 0) readFirstLine(lineOf(left.subarray(0, firstEnd)));
    else if (left.length > MAX_HEAD_BYTES) throw new RtspError('not-rtsp');
    const end = endOfHead(left, searchedTo);
    if (end === null) {
      if (left.length > MAX_HEAD_BYTES) throw new RtspError('head-too-large');
      searchedTo = Math.max(0, left.length - 3);
      return null;
    }
    if (end > MAX_HEAD_BYTES) throw new RtspError('head-too-large');
    const [firstLine = '', ...lines] = cut(end)
      .toString('utf8')
      .split('\n')
      .map((line) => line.replace(/\r$/, ''));
    const headers = readHeaders(lines);
    pending = { head: readFirstLine(firstLine), headers, bodyBytes: bodyLength(headers) };
    return next();
  }

  return {
    push(piece) {
      left = left.length === 0 ? piece : Buffer.concat([left, piece]);
      for (let message = next(); message !== null; message = next()) take(message);
    },
    flush() {
      if (pending === null) return;
      const { head, headers } = pending;
      pending = null;
      take({ ...head, headers, body: Buffer.from(cut(left.length)) });
    },
  };
}

const lineOf = (bytes: Buffer): string => bytes.toString('utf8').replace(/\r$/, '');

function readFirstLine(line: string): Head {
  const status = RESPONSE_LINE.exec(line)?.[1];
  if (status !== undefined) return { type: 'response', status: Number(status) };
  const [, method, url] = REQUEST_LINE.exec(line) ?? [];
  if (method === undefined || url === undefined) throw new RtspError('not-rtsp');
  return { type: 'request', method, url };
}

/** Behind the empty line; lines end in CR LF, and in LF alone from some cameras. Null where it has not come. */
function endOfHead(bytes: Buffer, from: number): number | null {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3;
  }
  return null;
}

function readHeaders(lines: readonly string[]): RtspHeaders {
  const headers = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const line of lines) {
    if (line === '') break;
    // A line that begins with a blank goes on with the one before (RFC 2068, section 2.2).
    if (/^[ \t]/.test(line) && last !== undefined) {
      last.push(`${last.pop() ?? ''} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) throw new RtspError('bad-header');
    const name = line.slice(0, colon).trim().toLowerCase();
    last = headers.get(name) ?? [];
    last.push(line.slice(colon + 1).trim());
    headers.set(name, last);
    if (headers.size > MAX_HEADERS) throw new RtspError('head-too-large');
  }
  return headers;
}

function bodyLength(headers: RtspHeaders): number {
  const text = headerOf(headers, 'content-length');
  if (text === undefined) return 0;
  if (!/^\d{1,9}$/.test(text)) throw new RtspError('bad-header');
  const length = Number(text);
  if (length > MAX_BODY_BYTES) throw new RtspError('body-too-large');
  return length;
}
