import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { CODE, TYPE } from './codes.ts';
import { type Attribute, encodePacket, HEADER_OCTETS, MAX_PACKET_OCTETS, type Packet } from './packet.ts';

/** A shared secret as octets. */
export type Key = Buffer;

const NOTHING = Buffer.alloc(16);
/** Code, id, length, authenticator, then type and length of the first attribute. */
const FIRST_VALUE = HEADER_OCTETS + 2;

/** Holds what is hashed: the largest packet, and any secret in front of or behind it. */
const scratch = Buffer.alloc(2 * MAX_PACKET_OCTETS);

/** MD5 of the parts one after another; they come out of one copy, which costs half of what joining them does. */
export function md5(...parts: readonly Buffer[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  const all = length <= scratch.length ? scratch : Buffer.alloc(length);
  let at = 0;
  for (const part of parts) at += part.copy(all, at);
  return Buffer.from(hash('md5', all.subarray(0, length), 'binary'), 'binary');
}

/** What became of a Message-Authenticator (RFC 3579 section 3.2). */
export type Signed = 'right' | 'wrong' | 'absent';

/**
 * Checks the Message-Authenticator of a request. In requests whose authenticator is computed itself (accounting,
 * Disconnect, CoA) that field counts as zero (RFC 5176 section 3.5).
 */
export const requestSigned = (key: Key, packet: Packet): Signed =>
  signed(key, packet, isComputed(packet.code) ? NOTHING : packet.authenticator);

/** Checks the Message-Authenticator of an answer, over the authenticator of its request. */
export const answerSigned = (key: Key, answer: Packet, requestAuthenticator: Buffer): Signed =>
  signed(key, answer, requestAuthenticator);

function signed(key: Key, packet: Packet, authenticator: Buffer): Signed {
  let found: Buffer | null = null;
  for (const { type, value } of packet.attributes) {
    if (type !== TYPE.messageAuthenticator) continue;
    if (found !== null || value.length !== 16) return 'wrong';
    found = value;
  }
  if (found === null) return 'absent';
  const copy = Buffer.from(packet.octets);
  authenticator.copy(copy, 4);
  copy.fill(0, found.byteOffset - packet.octets.byteOffset, found.byteOffset - packet.octets.byteOffset + 16);
  return timingSafeEqual(createHmac('md5', key).update(copy).digest(), found) ? 'right' : 'wrong';
}

const isComputed = (code: number): boolean =>
  code === CODE.accountingRequest || code === CODE.disconnectRequest || code === CODE.coaRequest;

/** Whether the authenticator of an accounting, Disconnect or CoA request is right (RFC 2866 section 3, RFC 5176 3.5). */
export function isRequestAuthentic(key: Key, { octets, authenticator }: Packet): boolean {
  return timingSafeEqual(md5(octets.subarray(0, 4), NOTHING, octets.subarray(HEADER_OCTETS), key), authenticator);
}

/** Whether an answer was made by who knows the secret, for the request of that authenticator (RFC 2865 section 3). */
export function isAnswerAuthentic(key: Key, answer: Packet, requestAuthenticator: Buffer): boolean {
  const { octets, authenticator } = answer;
  const body = octets.subarray(HEADER_OCTETS);
  return timingSafeEqual(md5(octets.subarray(0, 4), requestAuthenticator, body, key), authenticator);
}

/** With room for it in front: as the first attribute it leaves a forger no prefix to choose (CVE-2024-3596). */
const withMessageAuthenticator = (attributes: readonly Attribute[]): readonly Attribute[] => [
  { type: TYPE.messageAuthenticator, value: NOTHING },
  ...attributes,
];

/**
 * The answer to a request, its Message-Authenticator first. Only an Accounting-Response to an accounting request has
 * none: RFC 2866 section 4.2 gives it no such attribute, and FreeRADIUS, which computes one there in its own way, drops
 * what others put in. That answer has nothing to forge but itself.
 * @throws RangeError where the attributes do not fit
 */
export function signAnswer(key: Key, request: Packet, code: number, attributes: readonly Attribute[]): Buffer {
  const isSigned = request.code !== CODE.accountingRequest;
  const all = isSigned ? withMessageAuthenticator(attributes) : attributes;
  const octets = encodePacket(code, request.id, request.authenticator, all);
  if (isSigned) createHmac('md5', key).update(octets).digest().copy(octets, FIRST_VALUE);
  md5(octets, key).copy(octets, 4);
  return octets;
}

/**
 * A request whose authenticator is computed: accounting, Disconnect, CoA. Its Message-Authenticator is first.
 * @throws RangeError where the attributes do not fit
 */
export function signRequest(key: Key, code: number, id: number, attributes: readonly Attribute[]): Buffer {
  const octets = encodePacket(code, id, NOTHING, withMessageAuthenticator(attributes));
  createHmac('md5', key).update(octets).digest().copy(octets, FIRST_VALUE);
  md5(octets, key).copy(octets, 4);
  return octets;
}

/**
 * An Access-Request or Status-Server with an authenticator of the caller's (16 unpredictable octets), its
 * Message-Authenticator first.
 */
export function signQuestion(
  key: Key,
  code: number,
  id: number,
  authenticator: Buffer,
  attributes: readonly Attribute[],
): Buffer {
  const octets = encodePacket(code, id, authenticator, withMessageAuthenticator(attributes));
  createHmac('md5', key).update(octets).digest().copy(octets, FIRST_VALUE);
  return octets;
}
