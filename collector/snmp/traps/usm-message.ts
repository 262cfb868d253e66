import { BadReadingError } from '../bad-reading.ts';
import { BerReader, encodeInteger, encodeLength, encodeOid, TAG } from '../ber.ts';
import type { UsmSecurity } from '../client.ts';
import type { Oid } from '../value.ts';
import { digestBytes, digestOf, type EngineClock, encrypt } from './usm-keys.ts';

/** Bits of msgFlags (RFC 3412, section 6.4). */
const FLAG = { auth: 1, priv: 2, reportable: 4 } as const;
const USM = 3;
const VERSION = 3;
const REPORT_PDU = 0xa8;
/** What we take in one datagram. */
const MAX_MESSAGE_BYTES = 65_507;

/** A message of SNMPv3 with the user-based security model (RFC 3412, RFC 3414), before it is trusted. */
export type UsmMessage = EngineClock & {
  readonly messageId: number;
  readonly isAuthenticated: boolean;
  readonly isEncrypted: boolean;
  /** The sender waits for an answer, be it a report. */
  readonly isReportable: boolean;
  readonly user: string;
  readonly digest: Uint8Array;
  /** Where the digest stands in the datagram. */
  readonly digestAt: number;
  readonly salt: Uint8Array;
  /** The scoped PDU: as it stands, or its encrypted octets. */
  readonly data: Uint8Array;
};

/** @throws BadReadingError */
export function decodeUsmMessage(datagram: Buffer): UsmMessage {
  const message = new BerReader(datagram).enter(TAG.sequence);
  if (message.integer() !== VERSION) throw new BadReadingError('wrong-version');
  const header = message.enter(TAG.sequence);
  const messageId = header.integer();
  header.integer();
  const flags = header.octets();
  if (flags.length !== 1 || header.integer() !== USM) throw new BadReadingError('wrong-type');
  const bits = flags[0] ?? 0;
  const security = message.enter(TAG.octets).enter(TAG.sequence);
  const engineId = security.octets();
  const boots = security.integer();
  const time = security.integer();
  const user = Buffer.from(security.octets()).toString('utf8');
  const digest = security.octets();
  const digestAt = security.at - digest.length;
  const salt = security.octets();
  const isEncrypted = (bits & FLAG.priv) !== 0;
  const isAuthenticated = (bits & FLAG.auth) !== 0;
  // RFC 3412, 7.2.5: privacy without authentication is no level.
  if (messageId < 0 || boots < 0 || time < 0 || (isEncrypted && !isAuthenticated))
    throw new BadReadingError('wrong-type');
  const data = isEncrypted ? message.octets() : message.bytes.subarray(message.at, message.end);
  return {
    messageId,
    isAuthenticated,
    isEncrypted,
    isReportable: (bits & FLAG.reportable) !== 0,
    engineId,
    boots,
    time,
    user,
    digest,
    digestAt,
    salt,
    data,
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
  const isAuthenticated = security !== null && security.level !== 'noAuthNoPriv';
  const secured = security?.level === 'authPriv' ? encrypt(scopedPdu, security, clock) : null;
  const digest = Buffer.alloc(isAuthenticated ? digestBytes(security.authProtocol) : 0);
  const flags = (isAuthenticated ? FLAG.auth : 0) | (secured === null ? 0 : FLAG.priv);
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
  const afterDigest = part(TAG.octets, secured?.salt ?? Buffer.alloc(0));
  const parameters = part(TAG.sequence, beforeDigest, part(TAG.octets, digest), afterDigest);
  const data = secured === null ? scopedPdu : part(TAG.octets, secured.encrypted);
  const message = part(TAG.sequence, integer(VERSION), header, part(TAG.octets, parameters), data);
  if (isAuthenticated) {
    const digestAt = message.length - data.length - afterDigest.length - digest.length;
    digestOf(message, security, clock.engineId).copy(message, digestAt);
  }
  return message;
}

const integer = (value: number): Buffer => Buffer.from(encodeInteger(value));

function part(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const length = content.reduce((sum, { length: octets }) => sum + octets, 0);
  return Buffer.concat([Buffer.from([tag, ...encodeLength(length)]), ...content]);
}
