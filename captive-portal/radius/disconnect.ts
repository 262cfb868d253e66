import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Secret } from '../../core/config/secret.ts';
import type { Clock } from '../../core/domain/clock.ts';
import { realTimers, type Timers } from '../../core/timers.ts';
import type { ReplyAttribute } from '../gateway.ts';
import { integerOf } from './attributes.ts';
import { answerSigned, isAnswerAuthentic, type Key, signRequest } from './authenticators.ts';
import { CODE, TYPE } from './codes.ts';
import { ERROR_CAUSE } from './dictionary/standard.ts';
import { encodeAttributes } from './dictionary.ts';
import { decodePacket } from './packet.ts';

/** Where a NAS takes Disconnect and CoA (RFC 5176): `radius_address` or the address its packets come from. */
export type DisconnectTarget = { readonly address: string; readonly port: number; readonly secret: Secret };

/** A session as its NAS told it; at least two of them find it (portal: User-Name alone can be another thing's name). */
export type SessionIdentity = {
  readonly userName: string;
  readonly acctSessionId: string | null;
  readonly framedIp: string | null;
  readonly callingStationId?: string | null;
};

export type DisconnectResult =
  /** The NAS did as asked. */
  | { readonly kind: 'ended' }
  /** It has no such session (503): nothing is left to end. */
  | { readonly kind: 'gone' }
  /** It refuses. `cause`: name of its Error-Cause, its number as text, or null where it gave none. */
  | { readonly kind: 'refused'; readonly cause: string | null }
  /** Silence: it listens to nobody, or the way is closed by NAT. */
  | { readonly kind: 'no-answer' };

export type DisconnectClient = {
  /** Disconnect-Request. */
  end(target: DisconnectTarget, session: SessionIdentity): Promise<DisconnectResult>;
  /** CoA-Request: `ended` means that the change is made. @throws TypeError for attributes that cannot be written */
  change(
    target: DisconnectTarget,
    session: SessionIdentity,
    attributes: readonly ReplyAttribute[],
  ): Promise<DisconnectResult>;
  /** What still waits ends as `no-answer`. */
  close(): Promise<void>;
};

export type DisconnectOptions = {
  readonly clock: Clock;
  /** Address to ask from: gateways take it from their RADIUS server only. */
  readonly bind?: string;
  /** Wait after each try, ms; the same packet is sent again (RFC 5080 section 2.2.1). */
  readonly waitsMs?: readonly number[];
  /** Asked at the same time; more wait their turn. */
  readonly atOnce?: number;
  readonly timers?: Timers;
};

const SESSION_CONTEXT_NOT_FOUND = 503;
/** Beyond this, nobody comes to a turn in a useful time. */
const MAX_WAITING = 2_000;

/** Ends and changes sessions at gateways (RFC 5176). Holds a socket only while it waits for an answer. */
export function disconnectClient(options: DisconnectOptions): DisconnectClient {
  const { clock, bind, waitsMs = [2_000, 4_000, 6_000], atOnce = 64, timers = realTimers } = options;
  const running = new Set<() => void>();
  const turns: (() => void)[] = [];
  const ends = new Set<Promise<unknown>>();
  let isClosed = false;

  async function ask(
    code: number,
    target: DisconnectTarget,
    session: SessionIdentity,
    changes: readonly ReplyAttribute[],
  ): Promise<DisconnectResult> {
    const said = encodeAttributes([...identityOf(session), ...changes]);
    if (isClosed || turns.length >= MAX_WAITING) return { kind: 'no-answer' };
    if (running.size >= atOnce) await new Promise<void>((resolve) => turns.push(resolve));
    if (isClosed) return { kind: 'no-answer' };
    const key = Buffer.from(target.secret.reveal(), 'utf8');
    const now = encodeAttributes([{ name: 'Event-Timestamp', value: Math.floor(clock() / 1_000) }]);
    const attributes = [...said, ...now];
    const request = signRequest(key, code, randomInt(256), attributes);
    const stopping = new AbortController();
    const stop = () => stopping.abort();
    running.add(stop);
    try {
      return await exchange(target, key, request, stopping.signal);
    } finally {
      running.delete(stop);
      turns.shift()?.();
    }
  }

  async function exchange(
    target: DisconnectTarget,
    key: Key,
    request: Buffer,
    signal: AbortSignal,
  ): Promise<DisconnectResult> {
    const socket = createSocket(isIPv6(target.address) ? 'udp6' : 'udp4');
    try {
      await open(socket, target, bind);
      return await new Promise<DisconnectResult>((resolve) => {
        let tries = 0;
        let cancel = () => {};
        const over = (result: DisconnectResult) => {
          cancel();
          resolve(result);
        };
        const again = () => {
          const waitMs = waitsMs[tries++];
          if (waitMs === undefined) return over({ kind: 'no-answer' });
          socket.send(request, () => {});
          cancel = timers.after(waitMs, again);
        };
        // A closed port is told by ICMP, which anybody on the way can forge: only time decides.
        socket.on('error', () => {});
        socket.on('message', (octets) => {
          const result = resultOf(octets, request, key);
          if (result !== null) over(result);
        });
        signal.addEventListener('abort', () => over({ kind: 'no-answer' }), { once: true });
        if (signal.aborted) over({ kind: 'no-answer' });
        else again();
      });
    } catch {
      // No such address, no way there.
      return { kind: 'no-answer' };
    } finally {
      socket.close();
    }
  }

  function track(asked: Promise<DisconnectResult>): Promise<DisconnectResult> {
    const ended = asked.then(
      () => {},
      () => {},
    );
    ends.add(ended);
    void ended.then(() => ends.delete(ended));
    return asked;
  }

  return {
    end: (target, session) => track(ask(CODE.disconnectRequest, target, session, [])),
    change: (target, session, attributes) => track(ask(CODE.coaRequest, target, session, attributes)),
    async close() {
      isClosed = true;
      for (const stop of running) stop();
      for (const turn of turns.splice(0)) turn();
      await Promise.all(ends);
    },
  };
}

async function open(socket: Socket, target: DisconnectTarget, bind: string | undefined): Promise<void> {
  // Connected, the system lets in only what comes from there.
  if (bind !== undefined && isIPv6(bind) === isIPv6(target.address)) {
    const bound = once(socket, 'listening');
    socket.bind({ address: bind, port: 0 });
    await bound;
  }
  const connected = once(socket, 'connect');
  socket.connect(target.port, target.address);
  await connected;
}

const identityOf = (session: SessionIdentity): readonly ReplyAttribute[] =>
  [
    { name: 'User-Name', value: session.userName },
    { name: 'Acct-Session-Id', value: session.acctSessionId },
    { name: 'Framed-IP-Address', value: session.framedIp },
    { name: 'Calling-Station-Id', value: session.callingStationId ?? null },
  ].flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));

/** @returns null for what is no answer to this request */
function resultOf(octets: Buffer, request: Buffer, key: Key): DisconnectResult | null {
  const answer = decodePacket(octets);
  if (typeof answer === 'string' || answer.id !== request[1]) return null;
  const asked = request.subarray(4, 20);
  if (!isAnswerAuthentic(key, answer, asked) || answerSigned(key, answer, asked) === 'wrong') return null;
  const ack = (request[0] ?? 0) + 1;
  if (answer.code === ack) return { kind: 'ended' };
  if (answer.code !== ack + 1) return null;
  const cause = integerOf(answer, TYPE.errorCause);
  if (cause === SESSION_CONTEXT_NOT_FOUND) return { kind: 'gone' };
  return { kind: 'refused', cause: cause === null ? null : (ERROR_CAUSE[cause] ?? String(cause)) };
}
