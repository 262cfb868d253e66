import { ProbeError } from '../../core/domain/errors.ts';
import { openTcp } from '../connecting.ts';
import type { PasswordLogin } from '../password-of.ts';
import { authorizationFor, type Challenge, challengeOf } from './authorization.ts';
import { createRtspReader, headerOf, type RtspMessage } from './reader.ts';

export type RtspResponse = Extract<RtspMessage, { type: 'response' }>;

/** A connection to a server of RTSP: one question at a time, and media in between. */
export type RtspSession = {
  /**
   * Asks, and where the server wants to know who asks, asks once more with that.
   * @throws ProbeError `timeout`, or `bad-answer` with `closed` or what was wrong with the answer
   */
  ask(method: string, url: string, headers: Readonly<Record<string, string>>, limitMs: number): Promise<RtspResponse>;
  /** Hears each packet that comes between the answers. */
  onMedia(hear: (channel: number, packet: Buffer) => void): void;
  /** Resolves when it has failed or was closed. */
  readonly ended: Promise<ProbeError>;
  close(): void;
};

/** More than any answer and the packets that are waited for; who sends on and on is cut off. */
const MAX_BYTES = 2 * 1024 * 1024;
const UNAUTHORIZED = 401;

export async function openRtsp(
  { address, port, login }: { address: string; port: number; login: PasswordLogin | null },
  signal: AbortSignal,
): Promise<RtspSession> {
  const where = `${address}:${port}`;
  const socket = await openTcp({ address, port }, signal);
  const reader = createRtspReader(take);
  let waiting: { readonly cseq: number; settle(result: RtspResponse | ProbeError): void } | null = null;
  let hear: (channel: number, packet: Buffer) => void = () => {};
  let failure: ProbeError | null = null;
  let end: (error: ProbeError) => void = () => {};
  const ended = new Promise<ProbeError>((done) => {
    end = done;
  });
  let bytes = 0;
  let cseq = 0;
  let challenge: Challenge | null = null;
  let uses = 0;

  function fail(error: ProbeError): void {
    failure ??= error;
    socket.destroy();
    waiting?.settle(failure);
    end(failure);
  }

  function take(message: RtspMessage): void {
    if (message.type === 'media') {
      hear(message.channel, message.packet);
      return;
    }
    // A server may ask us things as well; nothing depends on an answer.
    if (message.type === 'request' || waiting === null) return;
    const told = headerOf(message.headers, 'cseq');
    // An answer to an earlier question, that came too late; without a number it is to this one.
    if (told !== undefined && Number.parseInt(told, 10) !== waiting.cseq) return;
    waiting.settle(message);
  }

  /** Some cameras count the octets of a body wrong: what came of it by then must do. */
  function takeRest(): void {
    if (failure === null) reader.flush();
  }

  const closed = (): void => {
    takeRest();
    fail(new ProbeError('bad-answer', `${where} closed the connection`, { detail: 'closed' }));
  };
  socket.on('data', (piece: Buffer) => {
    if (failure !== null) return;
    bytes += piece.length;
    if (bytes > MAX_BYTES)
      return fail(new ProbeError('bad-answer', `${where} sends without an end`, { detail: 'endless' }));
    try {
      reader.push(piece);
    } catch (error) {
      if (!(error instanceof ProbeError)) throw error;
      fail(error);
    }
  });
  socket.on('end', closed);
  socket.on('close', closed);
  const abort = (): void => fail(new ProbeError('timeout', `${where} did not answer in time`));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();

  function askOnce(
    method: string,
    url: string,
    headers: Readonly<Record<string, string>>,
    limitMs: number,
  ): Promise<RtspResponse> {
    const own = ++cseq;
    const authorization =
      challenge === null || login === null
        ? {}
        : { Authorization: authorizationFor(challenge, login, { method, uri: url, count: ++uses }) };
    const lines = Object.entries({ CSeq: String(own), 'User-Agent': 'Simpul', ...authorization, ...headers });
    return new Promise((resolve, reject) => {
      if (failure !== null) return reject(failure);
      const settle = (result: RtspResponse | ProbeError): void => {
        clearTimeout(timer);
        waiting = null;
        if (result instanceof ProbeError) reject(result);
        else resolve(result);
      };
      const giveUp = (): void => {
        takeRest();
        settle(new ProbeError('timeout', `${where} did not answer ${method}`));
      };
      const timer = setTimeout(giveUp, Math.max(0, limitMs));
      waiting = { cseq: own, settle };
      socket.write(
        `${method} ${url} RTSP/1.0\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
      );
    });
  }

  return {
    ended,
    onMedia(listener) {
      hear = listener;
    },
    async ask(method, url, headers, limitMs) {
      const until = performance.now() + limitMs;
      const hadChallenge = challenge !== null;
      let answer = await askOnce(method, url, headers, limitMs);
      // Once with a first nonce, once more where that one is stale.
      for (let again = hadChallenge ? 1 : 2; again > 0 && answer.status === UNAUTHORIZED && login !== null; again--) {
        const offered = challengeOf(answer.headers.get('www-authenticate') ?? []);
        const isNew = challenge === null || (offered?.scheme === 'digest' && (offered.isStale || hadChallenge));
        if (offered === null || !isNew) break;
        challenge = offered;
        uses = 0;
        answer = await askOnce(method, url, headers, until - performance.now());
      }
      return answer;
    },
    close() {
      signal.removeEventListener('abort', abort);
      fail(new ProbeError('timeout', `${where} is not asked any more`));
    },
  };
}
