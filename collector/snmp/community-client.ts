import type { RemoteInfo } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Secret } from '../../core/config/secret.ts';
import { ProbeError } from '../../core/domain/errors.ts';
import { BadReadingError } from './bad-reading.ts';
import type { CommunitySecurity, SnmpClient, SnmpClientOptions, SnmpTarget } from './client.ts';
import {
  decodeResponse,
  decodeValues,
  decodeVarBinds,
  type EncodedOids,
  encodeOids,
  encodeRequest,
  PDU,
  type Request,
  type Response,
} from './message.ts';
import { createRequestIds } from './request-ids.ts';
import { openSharedSockets, slotOf } from './shared-sockets.ts';
import type { Oid, SnmpValue, VarBind } from './value.ts';

/** Objects in one GET: with names and values of usual size the answer fits an unfragmented datagram. */
const OBJECTS_PER_GET = 40;
/** error-status of RFC 3416. */
const TOO_BIG = 1;
const NO_SUCH_NAME = 2;
const GEN_ERR = 5;
const NO_ACCESS = 6;
const AUTHORIZATION_ERROR = 16;

type Waiting = {
  readonly target: SnmpTarget<CommunitySecurity>;
  readonly community: Uint8Array;
  readonly slot: number;
  readonly settle: (result: Response | Error) => void;
};

/** SNMP v1 and v2c over sockets that all devices share. */
export function createCommunityClient({ count }: SnmpClientOptions): SnmpClient<CommunitySecurity> {
  const waiting = new Map<number, Waiting>();
  const nextId = createRequestIds();
  const communities = new WeakMap<Secret, Uint8Array>();
  const encodings = new WeakMap<readonly Oid[], EncodedOids>();
  const sockets = openSharedSockets(receive);
  let isClosed = false;

  function receive(datagram: Buffer, from: RemoteInfo, slot: number) {
    let response: Response;
    try {
      response = decodeResponse(datagram);
    } catch (error) {
      if (!(error instanceof BadReadingError)) throw error;
      count(error.reason);
      return;
    }
    // Whatever does not belong to a question is dropped, and the question goes on waiting for its true answer.
    const asked = waiting.get(response.requestId);
    if (asked === undefined || asked.slot !== slot) return count('wrong-request-id');
    if (from.port !== asked.target.port || !isSameAddress(from.address, asked.target.address))
      return count('wrong-peer');
    if (response.version !== asked.target.security.version) return count('wrong-version');
    if (!isEqual(response.community, asked.community)) return count('wrong-community');
    asked.settle(response);
  }

  function exchange(
    target: SnmpTarget<CommunitySecurity>,
    pdu: Request['pdu'],
    encoded: EncodedOids,
    repetitions: number,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      if (isClosed) return reject(new ProbeError('timeout', 'the SNMP client is closed'));
      let requestId = nextId();
      while (waiting.has(requestId)) requestId = nextId();
      const slot = slotOf(requestId);
      const community = communityOf(target.security.community);
      const { version } = target.security;
      const message = encodeRequest({ version, community, pdu, requestId, repetitions, bindings: encoded.bindings });
      let left = target.retries;
      let timer: NodeJS.Timeout;

      const settle = (result: Response | Error): void => {
        if (!waiting.delete(requestId)) return;
        clearTimeout(timer);
        if (result instanceof Error) reject(result);
        else resolve(result);
      };
      const transmit = (): void => {
        timer = setTimeout(expire, target.timeoutMs);
        sockets.send(slot, message, target.port, target.address, (cause) =>
          settle(new ProbeError('unreachable', `${target.address} cannot be reached`, { cause })),
        );
      };
      // Timers run before sockets are read: where the process was held up, the answer may already lie there.
      const expire = (): NodeJS.Immediate => setImmediate(giveUpOrRepeat);
      const giveUpOrRepeat = () => {
        if (!waiting.has(requestId)) return;
        if (left-- > 0) return transmit();
        settle(new ProbeError('timeout', `${target.address}:${target.port} did not answer over SNMP`));
      };
      waiting.set(requestId, { target, community, slot, settle });
      transmit();
    });
  }

  function communityOf(secret: Secret): Uint8Array {
    const known = communities.get(secret) ?? Buffer.from(secret.reveal(), 'utf8');
    communities.set(secret, known);
    return known;
  }

  function encodingOf(oids: readonly Oid[]): EncodedOids {
    const known = encodings.get(oids) ?? encodeOids(oids);
    encodings.set(oids, known);
    return known;
  }

  async function getPart(
    target: SnmpTarget<CommunitySecurity>,
    oids: readonly Oid[],
  ): Promise<readonly (SnmpValue | null)[]> {
    const encoded = encodingOf(oids);
    const response = await exchange(target, PDU.get, encoded, 0);
    if (response.errorStatus === 0) return counted(() => decodeValues(response.bindings, encoded));
    if (response.errorStatus === TOO_BIG && oids.length > 1)
      return getInParts(target, oids, Math.ceil(oids.length / 2));
    const missing = missingIndex(response, oids.length);
    const rest = oids.toSpliced(missing, 1);
    const values = rest.length === 0 ? [] : await getPart(target, rest);
    return values.toSpliced(missing, 0, null);
  }

  async function getInParts(
    target: SnmpTarget<CommunitySecurity>,
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

  async function nextV1(target: SnmpTarget<CommunitySecurity>, oids: readonly Oid[]): Promise<readonly VarBind[]> {
    const response = await exchange(target, PDU.getNext, encodeOids(oids), 0);
    if (response.errorStatus === 0) return counted(() => decodeVarBinds(response.bindings, oids.length));
    const ended = missingIndex(response, oids.length);
    const rest = oids.toSpliced(ended, 1);
    const varBinds = rest.length === 0 ? [] : await nextV1(target, rest);
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
    get: (target, oids) =>
      oids.length <= OBJECTS_PER_GET ? getPart(target, oids) : getInParts(target, oids, OBJECTS_PER_GET),
    async next(target, oids, repetitions) {
      if (target.security.version === '1') return nextV1(target, oids);
      const response = await exchange(target, PDU.getBulk, encodeOids(oids), repetitions);
      if (response.errorStatus === 0)
        return counted(() => decodeVarBinds(response.bindings, oids.length * repetitions));
      missingIndex(response, 0);
      return [];
    },
    async close() {
      isClosed = true;
      for (const { settle } of [...waiting.values()]) settle(new ProbeError('timeout', 'the SNMP client is closed'));
      await sockets.close();
    },
  };
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** IPv6 addresses have several spellings. */
function isSameAddress(seen: string, asked: string): boolean {
  if (seen === asked) return true;
  if (!isIPv6(asked)) return false;
  const canonical = (address: string): string => {
    const [plain = '', zone] = address.split('%');
    const host = new URL(`http://[${plain}]`).hostname;
    return zone === undefined ? host : `${host}%${zone}`;
  };
  return canonical(seen) === canonical(asked);
}
