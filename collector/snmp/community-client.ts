import type { RemoteInfo } from 'node:dgram';
import type { Secret } from '../../core/config/secret.ts';
import { ProbeError } from '../../core/domain/errors.ts';
import type { AnswerSlots, SlotQuestion } from './answer-slots.ts';
import { BadReadingError } from './bad-reading.ts';
import type { CommunitySecurity, SnmpClient, SnmpClientOptions, SnmpTarget } from './client.ts';
import { type Asking, createExchanges, isFrom } from './exchanges.ts';
import {
  type CommunityVersion,
  copyWithId,
  decodeValues,
  decodeVarBinds,
  type EncodedOids,
  encodeOids,
  encodeRequest,
  PDU,
  type Request,
  type Response,
} from './message.ts';
import { ResponseHead, readHead, readSlots, responseOf } from './slot-decoder.ts';
import type { Oid, SnmpValue, VarBind } from './value.ts';

/** Objects in one GET: with names and values of usual size the answer fits an unfragmented datagram. */
const OBJECTS_PER_GET = 40;
/** error-status of RFC 3416. */
const TOO_BIG = 1;
const NO_SUCH_NAME = 2;
const GEN_ERR = 5;
const NO_ACCESS = 6;
const AUTHORIZATION_ERROR = 16;

type Target = SnmpTarget<CommunitySecurity>;
type Question = Asking & {
  readonly target: Target;
  readonly community: Uint8Array;
  readonly succeed: (response: Response) => void;
};
/** A list of objects as octets, and the last GET that was made of it. */
type Encoding = {
  readonly encoded: EncodedOids;
  get: { readonly version: CommunityVersion; readonly community: Uint8Array; readonly message: Buffer } | null;
};

/** SNMP v1 and v2c over sockets that all devices share. */
export function createCommunityClient({ count }: SnmpClientOptions): SnmpClient<CommunitySecurity> {
  const communities = new WeakMap<Secret, Uint8Array>();
  const encodings = new WeakMap<readonly Oid[], Encoding>();
  const head = new ResponseHead();
  const exchanges = createExchanges<Question>(receive);

  function receive(datagram: Buffer, from: RemoteInfo, slot: number) {
    try {
      readHead(datagram, head);
    } catch (error) {
      if (!(error instanceof BadReadingError)) throw error;
      count(error.reason);
      return;
    }
    // Whatever does not belong to a question is dropped, and the question goes on waiting for its true answer.
    const asked = exchanges.find(head.requestId, slot);
    if (asked === undefined) return count('wrong-request-id');
    if (!isFrom(from, asked.target)) return count('wrong-peer');
    if (head.version !== (asked.target.security.version === '1' ? 0 : 1)) return count('wrong-version');
    if (!holds(datagram, head.communityAt, head.communityEnd, asked.community)) return count('wrong-community');
    if (exchanges.end(asked)) asked.succeed(responseOf(datagram, head));
  }

  function ask(
    target: Target,
    message: Uint8Array,
    id: number,
    succeed: Question['succeed'],
    fail: Question['fail'],
  ): void {
    const community = communityOf(target.security.community);
    exchanges.begin({ id, target, community, message, left: target.retries, succeed, fail });
  }

  function exchange(
    target: Target,
    pdu: Request['pdu'],
    encoded: EncodedOids,
    repetitions: number,
  ): Promise<Response> {
    const { version, community: secret } = target.security;
    const requestId = exchanges.newId();
    const { bindings } = encoded;
    const message = encodeRequest({ version, community: communityOf(secret), pdu, requestId, repetitions, bindings });
    return new Promise((resolve, reject) => ask(target, message, requestId, resolve, reject));
  }

  function communityOf(secret: Secret): Uint8Array {
    const known = communities.get(secret) ?? Buffer.from(secret.reveal(), 'utf8');
    communities.set(secret, known);
    return known;
  }

  function encodingOf(oids: readonly Oid[]): Encoding {
    const known = encodings.get(oids);
    if (known !== undefined) return known;
    const made = { encoded: encodeOids(oids), get: null };
    encodings.set(oids, made);
    return made;
  }

  /** The same GET as the last of these objects but for its id, where the community is the same. */
  function getMessage(encoding: Encoding, { version, community: secret }: CommunitySecurity, id: number): Buffer {
    const community = communityOf(secret);
    if (encoding.get?.community !== community || encoding.get.version !== version) {
      const { bindings } = encoding.encoded;
      const request = { version, community, pdu: PDU.get, requestId: id, repetitions: 0, bindings };
      encoding.get = { version, community, message: encodeRequest(request) };
    }
    return copyWithId(encoding.get.message, encoding.encoded, id);
  }

  function read(
    target: Target,
    question: SlotQuestion,
    slots: AnswerSlots,
    first: number,
    done: (error: unknown) => void,
  ): void {
    const encoding = encodingOf(question.oids);
    const id = exchanges.newId();
    const succeed = (response: Response): void => {
      if (response.errorStatus !== 0) {
        valuesOf(target, question.oids, response).then((values) => {
          for (const [place, value] of values.entries()) slots.setValue(first + place, value);
          done(null);
        }, done);
        return;
      }
      try {
        readSlots(response.bindings, encoding.encoded, question, slots, first);
      } catch (error) {
        if (error instanceof BadReadingError) count(error.reason);
        return done(error);
      }
      done(null);
    };
    ask(target, getMessage(encoding, target.security, id), id, succeed, done);
  }

  async function getPart(target: Target, oids: readonly Oid[]): Promise<readonly (SnmpValue | null)[]> {
    return valuesOf(target, oids, await exchange(target, PDU.get, encodingOf(oids).encoded, 0));
  }

  async function valuesOf(
    target: Target,
    oids: readonly Oid[],
    response: Response,
  ): Promise<readonly (SnmpValue | null)[]> {
    if (response.errorStatus === 0) return counted(() => decodeValues(response.bindings, encodingOf(oids).encoded));
    if (response.errorStatus === TOO_BIG && oids.length > 1)
      return getInParts(target, oids, Math.ceil(oids.length / 2));
    const missing = missingIndex(response, oids.length);
    const rest = oids.toSpliced(missing, 1);
    const values = rest.length === 0 ? [] : await getPart(target, rest);
    return values.toSpliced(missing, 0, null);
  }

  async function getInParts(
    target: Target,
    oids: readonly Oid[],
    size: number,
  ): Promise<readonly (SnmpValue | null)[]> {
    const values: (SnmpValue | null)[] = [];
    for (let at = 0; at < oids.length; at += size) values.push(...(await getPart(target, oids.slice(at, at + size))));
    return values;
  }

  /** v1 refuses the whole request for one object that is missing. */
  function missingIndex(response: Response, asked: number): number {
    const { errorStatus, errorIndex } = response;
    if (errorStatus === AUTHORIZATION_ERROR || errorStatus === NO_ACCESS)
      throw new ProbeError('auth', 'the agent refuses access');
    const isMissing = errorStatus === NO_SUCH_NAME || errorStatus === GEN_ERR;
    if (isMissing && errorIndex >= 1 && errorIndex <= asked) return errorIndex - 1;
    return counted(() => {
      throw new BadReadingError(errorStatus === TOO_BIG ? 'too-big' : 'error-status');
    });
  }

  async function getNext(target: Target, oids: readonly Oid[]): Promise<readonly VarBind[]> {
    const response = await exchange(target, PDU.getNext, encodeOids(oids), 0);
    if (response.errorStatus === 0) return counted(() => decodeVarBinds(response.bindings, oids.length));
    const ended = missingIndex(response, oids.length);
    const rest = oids.toSpliced(ended, 1);
    const varBinds = rest.length === 0 ? [] : await getNext(target, rest);
    return varBinds.toSpliced(ended, 0, { oid: oids[ended] ?? '', value: null });
  }

  function counted<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      if (error instanceof BadReadingError) count(error.reason);
      throw error;
    }
  }

  return {
    read,
    get: (target, oids) =>
      oids.length <= OBJECTS_PER_GET ? getPart(target, oids) : getInParts(target, oids, OBJECTS_PER_GET),
    async next(target, oids, repetitions) {
      if (target.security.version === '1' || repetitions === 0) return getNext(target, oids);
      const response = await exchange(target, PDU.getBulk, encodeOids(oids), repetitions);
      if (response.errorStatus === 0)
        return counted(() => decodeVarBinds(response.bindings, oids.length * repetitions));
      missingIndex(response, 0);
      return [];
    },
    close: () => exchanges.close(),
  };
}

function holds(bytes: Uint8Array, from: number, to: number, wanted: Uint8Array): boolean {
  if (to - from !== wanted.length) return false;
  for (let at = 0; at < wanted.length; at++) if (bytes[from + at] !== wanted[at]) return false;
  return true;
}
