import type { RemoteInfo } from 'node:dgram';
import type { Secret } from '../../core/config/secret.ts';
import { BadReadingError } from './bad-reading.ts';
import { BerReader } from './ber.ts';
import type { CommunitySecurity, SnmpClient, SnmpClientOptions, SnmpTarget } from './client.ts';
import { type Asking, createExchanges, isFrom } from './exchanges.ts';
import { type CommunityVersion, copyWithId, type EncodedOids, encodeRequest, PDU } from './message.ts';
import { type Answer, askBy } from './questions.ts';
import { ResponseHead, readHead } from './slot-decoder.ts';

type Question = Asking & {
  readonly target: SnmpTarget<CommunitySecurity>;
  readonly community: Uint8Array;
  readonly succeed: (answer: Answer) => void;
};
/** The last GET that was made of a list of objects. */
type Get = { readonly version: CommunityVersion; readonly community: Uint8Array; readonly message: Buffer };

/** SNMP v1 and v2c over sockets that all devices share. */
export function createCommunityClient(options: SnmpClientOptions): SnmpClient<CommunitySecurity> {
  const { count } = options;
  const communities = new WeakMap<Secret, Uint8Array>();
  const gets = new WeakMap<EncodedOids, Get>();
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
    const { requestId, version, errorStatus, errorIndex } = head;
    const asked = exchanges.find(requestId, slot);
    if (asked === undefined) return count('wrong-request-id');
    if (!isFrom(from, asked.target)) return count('wrong-peer');
    if (version !== (asked.target.security.version === '1' ? 0 : 1)) return count('wrong-version');
    if (!holds(datagram, head.communityAt, head.communityEnd, asked.community)) return count('wrong-community');
    const bindings = new BerReader(datagram, head.bindingsAt, head.bindingsEnd);
    if (exchanges.end(asked)) asked.succeed({ errorStatus, errorIndex, bindings });
  }

  function communityOf(secret: Secret): Uint8Array {
    const known = communities.get(secret);
    if (known !== undefined) return known;
    const made = Buffer.from(secret.reveal(), 'utf8');
    communities.set(secret, made);
    return made;
  }

  /** The same GET as the last of these objects but for its id, where the community is the same. */
  function getMessage(asked: EncodedOids, version: CommunityVersion, community: Uint8Array, requestId: number): Buffer {
    const last = gets.get(asked);
    if (last?.community === community && last.version === version) return copyWithId(last.message, asked, requestId);
    const { bindings } = asked;
    const message = encodeRequest({ version, community, pdu: PDU.get, requestId, repetitions: 0, bindings });
    gets.set(asked, { version, community, message });
    return message;
  }

  return {
    ...askBy((target, { pdu, asked, repetitions }, succeed, fail) => {
      const { version, community: secret } = target.security;
      const community = communityOf(secret);
      const id = exchanges.newId();
      const message =
        pdu === PDU.get
          ? getMessage(asked, version, community, id)
          : encodeRequest({ version, community, pdu, requestId: id, repetitions, bindings: asked.bindings });
      exchanges.begin({ id, target, community, message, left: target.retries, succeed, fail });
    }, options),
    close: () => exchanges.close(),
  };
}

function holds(bytes: Uint8Array, from: number, to: number, wanted: Uint8Array): boolean {
  if (to - from !== wanted.length) return false;
  for (let at = 0; at < wanted.length; at++) if (bytes[from + at] !== wanted[at]) return false;
  return true;
}
