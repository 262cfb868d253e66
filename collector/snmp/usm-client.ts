import type { RemoteInfo } from 'node:dgram';
import { ProbeError } from '../../core/domain/errors.ts';
import { type BadReading, BadReadingError } from './bad-reading.ts';
import { BerReader, TAG } from './ber.ts';
import type { SnmpClient, SnmpClientOptions, SnmpTarget, UsmSecurity } from './client.ts';
import { type Asking, createExchanges, isFrom } from './exchanges.ts';
import type { EncodedOids, Request } from './message.ts';
import { type Answer, askBy } from './questions.ts';
import { Engine } from './usm/engine.ts';
import { createSalts, decrypt, isAuthentic, type UsmKeys, usmKeys } from './usm/keys.ts';
import { createUsmEncoder, decodeHead, decodeScopedPdu, FLAG, type UsmHead, type UsmResponse } from './usm/message.ts';
import type { Oid } from './value.ts';

/** usmStats of RFC 3414, section 5: what a report tells of. */
const USM_STATS = '1.3.6.1.6.3.15.1.1';
const NOT_IN_TIME_WINDOWS: Oid = `${USM_STATS}.2.0`;
const UNKNOWN_ENGINE_IDS: Oid = `${USM_STATS}.4.0`;
/** Times that one question is put right after a report: a new engine, then its clock. */
const MAX_CORRECTIONS = 3;
/** Engines that are remembered; those longest unheard of give way. */
const MAX_PEERS = 400_000;
const FLAGS = { noAuthNoPriv: 0, authNoPriv: FLAG.auth, authPriv: FLAG.auth | FLAG.priv } as const;

type Target = SnmpTarget<UsmSecurity>;
/** An agent, as far as it is known; its keys are those of the user who asked last. */
type Peer = { engine: Engine | null; security: UsmSecurity | null; keys: UsmKeys | null };
type Question = Asking & {
  readonly target: Target;
  readonly peer: Peer;
  readonly pdu: Request['pdu'];
  readonly asked: EncodedOids;
  readonly repetitions: number;
  readonly user: Uint8Array;
  readonly context: Uint8Array;
  /** What this message itself asks: the engine's name alone, or the question. */
  readonly isDiscovery: boolean;
  readonly corrections: number;
  readonly succeed: (answer: Answer) => void;
};

/** SNMPv3 with the user-based security model (RFC 3412, RFC 3414) over sockets that all devices share. */
export function createUsmClient(options: SnmpClientOptions): SnmpClient<UsmSecurity> {
  const { count } = options;
  const peers = new Map<string, Peer>();
  const encoder = createUsmEncoder(createSalts());
  const names = new WeakMap<UsmSecurity, { readonly user: Uint8Array; readonly context: Uint8Array }>();
  const exchanges = createExchanges<Question>(receive);
  const now = (): number => performance.now();

  function peerOf({ address, port }: Target): Peer {
    const key = `${address}/${port}`;
    const known = peers.get(key);
    if (known !== undefined) return known;
    if (peers.size >= MAX_PEERS) for (const oldest of peers.keys()) if (peers.delete(oldest)) break;
    const peer = { engine: null, security: null, keys: null };
    peers.set(key, peer);
    return peer;
  }

  function namesOf(security: UsmSecurity): { readonly user: Uint8Array; readonly context: Uint8Array } {
    const known = names.get(security);
    if (known !== undefined) return known;
    const made = { user: Buffer.from(security.user, 'utf8'), context: Buffer.from(security.context, 'utf8') };
    names.set(security, made);
    return made;
  }

  function keysOf(peer: Peer, engine: Engine, security: UsmSecurity): UsmKeys {
    if (peer.keys !== null && peer.security === security) return peer.keys;
    peer.security = security;
    peer.keys = usmKeys(security, engine.id);
    return peer.keys;
  }

  function setEngine(peer: Peer, engine: Engine | null): void {
    if (engine !== null && (peer.engine === null || !equal(peer.engine.id, engine.id))) peer.keys = null;
    peer.engine = engine;
  }

  type Inquiry = Omit<Question, 'id' | 'message' | 'isDiscovery'>;

  function send(inquiry: Inquiry): void {
    const id = exchanges.newId();
    const { peer, target, asked, pdu, repetitions, user, context } = inquiry;
    const { engine } = peer;
    if (engine === null) {
      exchanges.begin({ ...inquiry, id, isDiscovery: true, message: encoder.discovery(id) });
      return;
    }
    const keys = keysOf(peer, engine, target.security);
    const request = { id, pdu, repetitions, bindings: asked.bindings, user, context };
    const message = encoder.request(request, engine, engine.time(now()), keys);
    exchanges.begin({ ...inquiry, id, isDiscovery: false, message });
  }

  function receive(datagram: Buffer, from: RemoteInfo, slot: number): void {
    try {
      // Whatever does not belong to a question is dropped, and the question goes on waiting for its true answer.
      const reason = take(datagram, from, slot);
      if (reason !== null) count(reason);
    } catch (error) {
      if (!(error instanceof BadReadingError)) throw error;
      count(error.reason);
    }
  }

  /** @returns why it was dropped. @throws BadReadingError */
  function take(datagram: Buffer, from: RemoteInfo, slot: number): BadReading | null {
    const head = decodeHead(datagram);
    const asked = exchanges.find(head.messageId, slot);
    if (asked === undefined) return 'wrong-request-id';
    if (!isFrom(from, asked.target)) return 'wrong-peer';
    const response = open(asked, head, datagram);
    if (response === null) return 'weak-security';
    if (response.isReport) return correct(asked, head, response);
    if (response.requestId !== asked.id) return 'wrong-request-id';
    const wanted = FLAGS[asked.target.security.level];
    if (asked.isDiscovery || (head.flags & wanted) !== wanted) return 'weak-security';
    if (!equal(response.context, asked.context)) return 'wrong-community';
    if (exchanges.end(asked)) asked.succeed(response);
    return null;
  }

  /** What a message holds; null where it is not what it claims to be. @throws BadReadingError */
  function open({ peer, target, user }: Question, head: UsmHead, datagram: Buffer): UsmResponse | null {
    const { flags, boots, time } = head;
    if ((flags & FLAG.auth) === 0) return (flags & FLAG.priv) === 0 ? decodeScopedPdu(head.data) : null;
    const { engine } = peer;
    if (engine === null || !equal(head.engineId, engine.id) || !equal(head.user, user)) return null;
    const { auth, priv } = keysOf(peer, engine, target.security);
    if (auth === null || !isAuthentic(auth, datagram, head.digestAt, head.digestEnd)) return null;
    if (!engine.follow(boots, time, now())) return null;
    if ((flags & FLAG.priv) === 0) return decodeScopedPdu(head.data);
    const plain = priv === null ? null : decrypt(priv, head.data.octets(), boots, time, head.salt);
    return plain === null ? null : decodeScopedPdu(new BerReader(plain));
  }

  /** A report says why the agent did not answer (RFC 3414, section 3.2), and with it what it goes by. */
  function correct(asked: Question, head: UsmHead, { bindings }: UsmResponse): BadReading | null {
    const { peer, corrections, target } = asked;
    bindings.open(TAG.sequence);
    const oid = bindings.oid();
    const isAuthenticated = (head.flags & FLAG.auth) !== 0;
    if (oid === UNKNOWN_ENGINE_IDS || (oid === NOT_IN_TIME_WINDOWS && !isAuthenticated)) {
      if (head.engineId.length === 0 || head.engineId.length > MAX_ENGINE_ID_BYTES) return 'wrong-type';
      if (!exchanges.end(asked)) return null;
      setEngine(peer, new Engine(head.engineId, head.boots, head.time, now()));
    } else if (!exchanges.end(asked)) return null;
    else if (oid !== NOT_IN_TIME_WINDOWS) {
      const refuses = `${target.address}:${target.port} does not accept the user, the keys or the protocols`;
      asked.fail(new ProbeError('auth', refuses));
      return null;
    }
    // The clock of an authenticated report is taken already.
    if (corrections >= MAX_CORRECTIONS) asked.fail(new BadReadingError('error-status'));
    else send({ ...asked, corrections: corrections + 1 });
    return null;
  }

  return {
    ...askBy((target, { pdu, asked, repetitions }, succeed, fail) => {
      const peer = peerOf(target);
      send({
        target,
        peer,
        pdu,
        asked,
        repetitions,
        ...namesOf(target.security),
        left: target.retries,
        corrections: 0,
        succeed,
        fail(error) {
          // It may have started again as another engine, and be too old to say so.
          if (error.failure === 'timeout') setEngine(peer, null);
          fail(error);
        },
      });
    }, options),
    close: () => exchanges.close(),
  };
}

/** RFC 3411, SnmpEngineID. */
const MAX_ENGINE_ID_BYTES = 32;

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
