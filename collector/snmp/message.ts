import { BadReadingError } from './bad-reading.ts';
import { BerReader, encodeInteger, encodeLength, encodeOid, TAG } from './ber.ts';
import type { Oid, SnmpValue, VarBind } from './value.ts';

/** Messages of community-based SNMP: v1 (RFC 1157) and v2c (RFC 1901, RFC 3416). */
export type CommunityVersion = '1' | '2c';
const VERSION_NUMBER: Readonly<Record<CommunityVersion, number>> = { '1': 0, '2c': 1 };

export const PDU = { get: 0xa0, getNext: 0xa1, response: 0xa2, getBulk: 0xa5 } as const;

/** A list of objects to ask for, encoded once and used for every later request of the same list. */
export type EncodedOids = {
  readonly oids: readonly Oid[];
  /** Content octets of each identifier. */
  readonly bodies: readonly Uint8Array[];
  /** All identifiers with their headers, one after the other, and where each of them ends. */
  readonly names: Uint8Array;
  readonly nameEnds: readonly number[];
  /** The whole variable-bindings part, each value NULL. */
  readonly bindings: Uint8Array;
};

export function encodeOids(oids: readonly Oid[]): EncodedOids {
  const bodies = oids.map(encodeOid);
  const content: number[] = [];
  const names: number[] = [];
  const nameEnds: number[] = [];
  for (const body of bodies) {
    const name = [TAG.oid, ...encodeLength(body.length), ...body];
    content.push(TAG.sequence, ...encodeLength(name.length + 2), ...name, TAG.null, 0);
    names.push(...name);
    nameEnds.push(names.length);
  }
  const bindings = Uint8Array.from([TAG.sequence, ...encodeLength(content.length), ...content]);
  return { oids, bodies, names: Uint8Array.from(names), nameEnds, bindings };
}

/** Ids that always fill four octets, so that a request's length does not depend on its id. */
export const MIN_REQUEST_ID = 0x0100_0000;
export const MAX_REQUEST_ID = 0x7fff_ffff;

export type Request = {
  readonly version: CommunityVersion;
  readonly community: Uint8Array;
  readonly pdu: (typeof PDU)['get' | 'getNext' | 'getBulk'];
  readonly requestId: number;
  /** Rows wanted of each object (GETBULK). */
  readonly repetitions: number;
  readonly bindings: Uint8Array;
};

export function encodeRequest({ version, community, pdu, requestId, repetitions, bindings }: Request): Buffer {
  const second = encodeInteger(pdu === PDU.getBulk ? repetitions : 0);
  const pduLength = 6 + 3 + second.length + bindings.length;
  const pduHeader = encodeLength(pduLength);
  const communityHeader = encodeLength(community.length);
  const bodyLength = 3 + 1 + communityHeader.length + community.length + 1 + pduHeader.length + pduLength;
  const bodyHeader = encodeLength(bodyLength);

  const message = Buffer.allocUnsafe(1 + bodyHeader.length + bodyLength);
  let at = 0;
  const put = (byte: number): void => {
    message[at++] = byte;
  };
  put(TAG.sequence);
  bodyHeader.forEach(put);
  put(TAG.integer);
  put(1);
  put(VERSION_NUMBER[version]);
  put(TAG.octets);
  communityHeader.forEach(put);
  message.set(community, at);
  at += community.length;
  put(pdu);
  pduHeader.forEach(put);
  put(TAG.integer);
  put(4);
  at = message.writeUInt32BE(requestId, at);
  // error-status, or non-repeaters of a GETBULK: nought in both.
  put(TAG.integer);
  put(1);
  put(0);
  second.forEach(put);
  message.set(bindings, at);
  return message;
}

/** The same GET of the same objects under another id. */
export function copyWithId(message: Buffer, { bindings }: EncodedOids, requestId: number): Buffer {
  const copy = Buffer.allocUnsafe(message.length);
  copy.set(message);
  copy.writeUInt32BE(requestId, message.length - bindings.length - BYTES_AFTER_ID);
  return copy;
}
/** The id itself, error-status and error-index, each as a number of one octet. */
const BYTES_AFTER_ID = 10;

export type Response = {
  readonly version: CommunityVersion;
  readonly community: Uint8Array;
  readonly requestId: number;
  readonly errorStatus: number;
  /** 1-based; 0 where no single object is to blame. */
  readonly errorIndex: number;
  /** Stands at the first variable binding. */
  readonly bindings: BerReader;
};

/** Reads all but the variable bindings. @throws BadReadingError */
export function decodeResponse(datagram: Uint8Array): Response {
  const message = new BerReader(datagram).enter(TAG.sequence);
  const version = message.integer();
  if (version !== 0 && version !== 1) throw new BadReadingError('wrong-version');
  const community = message.octets();
  const pdu = message.enter(PDU.response);
  const requestId = pdu.integer();
  const errorStatus = pdu.integer();
  const errorIndex = pdu.integer();
  const bindings = pdu.enter(TAG.sequence);
  return { version: version === 0 ? '1' : '2c', community, requestId, errorStatus, errorIndex, bindings };
}

/**
 * Values in the order of the objects that were asked for, null where the agent has none.
 * @throws BadReadingError where the answer names other objects, or more, or fewer
 */
export function decodeValues(bindings: BerReader, asked: EncodedOids): (SnmpValue | null)[] {
  const values: (SnmpValue | null)[] = [];
  for (const body of asked.bodies) {
    if (bindings.isAtEnd) throw new BadReadingError('truncated');
    const end = bindings.open(TAG.sequence);
    const endOfName = bindings.open(TAG.oid);
    if (!holds(bindings, endOfName, body)) throw new BadReadingError('wrong-oid');
    bindings.at = endOfName;
    values.push(bindings.value());
    if (bindings.at !== end) throw new BadReadingError('wrong-type');
  }
  if (!bindings.isAtEnd) throw new BadReadingError('oversized');
  return values;
}

function holds({ bytes, at }: BerReader, end: number, body: Uint8Array): boolean {
  if (end - at !== body.length) return false;
  for (let octet = 0; octet < body.length; octet++) if (bytes[at + octet] !== body[octet]) return false;
  return true;
}

/** All variable bindings. @throws BadReadingError where there are more than `most` */
export function decodeVarBinds(bindings: BerReader, most: number): VarBind[] {
  const varBinds: VarBind[] = [];
  while (!bindings.isAtEnd) {
    if (varBinds.length >= most) throw new BadReadingError('oversized');
    const end = bindings.open(TAG.sequence);
    const oid = bindings.oid();
    const value = bindings.value();
    if (bindings.at !== end) throw new BadReadingError('wrong-type');
    varBinds.push({ oid, value });
  }
  return varBinds;
}
