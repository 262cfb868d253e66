import { randomBytes } from 'node:crypto';
import { BadReadingError } from '../bad-reading.ts';
import { BerReader, encodeInteger, encodeLength, encodeOid, TAG } from '../ber.ts';
import type { UsmSecurity } from '../client.ts';
import { digestOf, encrypt, SALT_BYTES, usmKeys } from '../usm/keys.ts';
import { decodeHead, FLAG, MAX_MESSAGE_BYTES, REPORT_PDU, USM, type UsmHead, VERSION } from '../usm/message.ts';
import type { Oid } from '../value.ts';
import type { EngineClock } from './engine.ts';

/** A message of SNMPv3 with the user-based security model (RFC 3412, RFC 3414), before it is trusted. */
export type UsmMessage = Omit<UsmHead, 'flags' | 'user' | 'data'> & {
  readonly isAuthenticated: boolean;
  readonly isEncrypted: boolean;
  /** The sender waits for an answer, be it a report. */
  readonly isReportable: boolean;
  readonly user: string;
  /** The scoped PDU: as it stands, or its encrypted octets. */
  readonly data: Uint8Array;
};

/** @throws BadReadingError */
export function decodeUsmMessage(datagram: Buffer): UsmMessage {
  const { flags, user, data, ...head } = decodeHead(datagram);
  const isEncrypted = (flags & FLAG.priv) !== 0;
  const isAuthenticated = (flags & FLAG.auth) !== 0;
  // RFC 3412, 7.2.5: privacy without authentication is no level.
  if (head.messageId < 0 || (isEncrypted && !isAuthenticated)) throw new BadReadingError('wrong-type');
  return {
    ...head,
    isAuthenticated,
    isEncrypted,
    isReportable: (flags & FLAG.reportable) !== 0,
    user: Buffer.from(user).toString('utf8'),
    data: isEncrypted ? data.octets() : data.bytes.subarray(data.at, data.end),
  };
}

export type ScopedPdu = {
  readonly contextName: string;
  /** Stands at the PDU. */
  readonly pdu: BerReader;
};

/** @throws BadReadingError */
export function decodeScopedPdu(data: Uint8Array): ScopedPdu {
  const scoped = new BerReader(data).enter(TAG.sequence);
  scoped.octets();
  const contextName = Buffer.from(scoped.octets()).toString('utf8');
  return { contextName, pdu: scoped };
}

/** What a report tells of (usmStats of RFC 3414, section 5). */
export const USM_STATS = {
  notInTimeWindows: '1.3.6.1.6.3.15.1.1.2.0',
  unknownEngineIds: '1.3.6.1.6.3.15.1.1.4.0',
} as const;

/** @param counted how often that has happened */
export function reportPdu(engineId: Uint8Array, oid: Oid, counted: number): Buffer {
  const counter = integer(counted);
  counter[0] = TAG.counter32;
  const binding = part(TAG.sequence, part(TAG.oid, encodeOid(oid)), counter);
  const pdu = part(REPORT_PDU, integer(0), integer(0), integer(0), part(TAG.sequence, binding));
  return part(TAG.sequence, part(TAG.octets, engineId), part(TAG.octets), pdu);
}

/**
 * A message of ours as the authoritative engine: an answer, or a report.
 * @param security null: neither authenticated nor encrypted
 */
export function encodeUsmMessage(
  { messageId, user, scopedPdu }: { readonly messageId: number; readonly user: string; readonly scopedPdu: Buffer },
  security: UsmSecurity | null,
  clock: EngineClock,
): Buffer {
  const { auth, priv } = security === null ? NO_KEYS : usmKeys(security, clock.engineId);
  const salt = priv === null ? Buffer.alloc(0) : randomBytes(SALT_BYTES);
  const encrypted = priv === null ? null : encrypt(priv, scopedPdu, clock.boots, clock.time, salt);
  const digest = Buffer.alloc(auth?.digestBytes ?? 0);
  const flags = (auth === null ? 0 : FLAG.auth) | (priv === null ? 0 : FLAG.priv);
  const header = part(
    TAG.sequence,
    integer(messageId),
    integer(MAX_MESSAGE_BYTES),
    part(TAG.octets, Buffer.from([flags])),
    integer(USM),
  );
  const beforeDigest = Buffer.concat([
    part(TAG.octets, clock.engineId),
    integer(clock.boots),
    integer(clock.time),
    part(TAG.octets, Buffer.from(user, 'utf8')),
  ]);
  const afterDigest = part(TAG.octets, salt);
  const parameters = part(TAG.sequence, beforeDigest, part(TAG.octets, digest), afterDigest);
  const data = encrypted === null ? scopedPdu : part(TAG.octets, encrypted);
  const message = part(TAG.sequence, integer(VERSION), header, part(TAG.octets, parameters), data);
  if (auth !== null)
    digestOf(auth, message).copy(message, message.length - data.length - afterDigest.length - digest.length);
  return message;
}

const NO_KEYS = { auth: null, priv: null };
const integer = (value: number): Buffer => Buffer.from(encodeInteger(value));

function part(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const length = content.reduce((sum, { length: octets }) => sum + octets, 0);
  return Buffer.concat([Buffer.from([tag, ...encodeLength(length)]), ...content]);
}
