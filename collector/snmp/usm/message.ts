import { BadReadingError } from '../bad-reading.ts';
import { BerReader, TAG } from '../ber.ts';
import { PDU, type Request } from '../message.ts';
import type { Engine } from './engine.ts';
import { digestOf, encrypt, type UsmKeys } from './keys.ts';

/** Bits of msgFlags (RFC 3412, section 6.4). */
export const FLAG = { auth: 1, priv: 2, reportable: 4 } as const;
/** msgSecurityModel, and msgVersion. */
export const USM = 3;
export const VERSION = 3;
/** What we take in one datagram. */
export const MAX_MESSAGE_BYTES = 65_507;
export const REPORT_PDU = 0xa8;

/** Head of a message (RFC 3412, section 6, RFC 3414, section 2.4), before any of it is believed. */
export type UsmHead = {
  readonly messageId: number;
  readonly flags: number;
  readonly engineId: Uint8Array;
  readonly boots: number;
  readonly time: number;
  readonly user: Uint8Array;
  /** Where the digest stands in the datagram. */
  readonly digestAt: number;
  readonly digestEnd: number;
  readonly salt: Uint8Array;
  /** Stands at what follows: the scoped PDU, or the octets that it is encrypted in. */
  readonly data: BerReader;
};

/** @throws BadReadingError */
export function decodeHead(datagram: Uint8Array): UsmHead {
  const message = new BerReader(datagram).enter(TAG.sequence);
  if (message.integer() !== VERSION) throw new BadReadingError('wrong-version');
  const header = message.enter(TAG.sequence);
  const messageId = header.integer();
  header.integer();
  const [flags, ...more] = header.octets();
  if (flags === undefined || more.length > 0 || header.integer() !== USM) throw new BadReadingError('wrong-type');
  const security = message.enter(TAG.octets).enter(TAG.sequence);
  const engineId = security.octets();
  const boots = security.integer();
  const time = security.integer();
  if (boots < 0 || time < 0) throw new BadReadingError('wrong-type');
  const user = security.octets();
  const digest = security.octets();
  const digestEnd = security.at;
  const salt = security.octets();
  return {
    messageId,
    flags,
    engineId,
    boots,
    time,
    user,
    digestAt: digestEnd - digest.length,
    digestEnd,
    salt,
    data: message,
  };
}

export type UsmResponse = {
  readonly isReport: boolean;
  readonly context: Uint8Array;
  readonly requestId: number;
  readonly errorStatus: number;
  readonly errorIndex: number;
  readonly bindings: BerReader;
};

/** @param data stands at the scoped PDU. @throws BadReadingError */
export function decodeScopedPdu(data: BerReader): UsmResponse {
  const scoped = data.enter(TAG.sequence);
  scoped.octets();
  const context = scoped.octets();
  const isReport = scoped.bytes[scoped.at] === REPORT_PDU;
  const pdu = scoped.enter(isReport ? REPORT_PDU : PDU.response);
  const requestId = pdu.integer();
  const errorStatus = pdu.integer();
  const errorIndex = pdu.integer();
  return { isReport, context, requestId, errorStatus, errorIndex, bindings: pdu.enter(TAG.sequence) };
}

/** Writes from the end to the front, so that the length of each part is known when its header comes. */
class BackwardWriter {
  readonly #bytes = Buffer.allocUnsafeSlow(MAX_MESSAGE_BYTES);
  #at = MAX_MESSAGE_BYTES;

  /** Octets written. */
  get length(): number {
    return MAX_MESSAGE_BYTES - this.#at;
  }
  clear(): void {
    this.#at = MAX_MESSAGE_BYTES;
  }
  /** What was written; holds until the next is. */
  view(): Buffer {
    return this.#bytes.subarray(this.#at);
  }

  byte(value: number): void {
    this.#bytes[--this.#at] = value;
  }
  raw(bytes: Uint8Array): void {
    this.#at -= bytes.length;
    this.#bytes.set(bytes, this.#at);
  }
  /** Header of what was written since there were `before` octets. */
  header(tag: number, before: number): void {
    const length = this.length - before;
    if (length < 0x80) this.byte(length);
    else {
      this.byte(length & 0xff);
      if (length > 0xff) this.byte(length >> 8);
      this.byte(length > 0xff ? 0x82 : 0x81);
    }
    this.byte(tag);
  }
  octets(bytes: Uint8Array): void {
    const before = this.length;
    this.raw(bytes);
    this.header(TAG.octets, before);
  }
  /** Of values that are not negative. */
  integer(value: number): void {
    const before = this.length;
    let rest = value;
    for (;;) {
      this.byte(rest & 0xff);
      if (rest < 0x80) break;
      rest = Math.floor(rest / 256);
    }
    this.header(TAG.integer, before);
  }
}

export type UsmRequest = {
  readonly id: number;
  readonly pdu: Request['pdu'];
  readonly repetitions: number;
  readonly bindings: Uint8Array;
  readonly user: Uint8Array;
  readonly context: Uint8Array;
};

const NOTHING = new Uint8Array(0);
/** A list of no objects. */
const NO_BINDINGS = Uint8Array.from([TAG.sequence, 0]);

export function createUsmEncoder(salt: (priv: NonNullable<UsmKeys['priv']>, boots: number) => Buffer) {
  const writer = new BackwardWriter();

  function scopedPdu(
    { id, pdu, repetitions, bindings, context }: Omit<UsmRequest, 'user'>,
    engineId: Uint8Array,
  ): void {
    const before = writer.length;
    writer.raw(bindings);
    writer.integer(pdu === PDU.getBulk ? repetitions : 0);
    writer.integer(0);
    writer.integer(id);
    writer.header(pdu, before);
    writer.octets(context);
    writer.octets(engineId);
    writer.header(TAG.sequence, before);
  }

  return {
    /** @param now engine time, seconds */
    request(request: UsmRequest, { id: engineId, boots }: Engine, now: number, { auth, priv }: UsmKeys): Buffer {
      writer.clear();
      let salted: Uint8Array = NOTHING;
      if (priv === null) scopedPdu(request, engineId);
      else {
        scopedPdu(request, engineId);
        salted = salt(priv, boots);
        const encrypted = encrypt(priv, writer.view(), boots, now, salted);
        writer.clear();
        writer.octets(encrypted);
      }
      const before = writer.length;
      writer.octets(salted);
      const afterDigest = writer.length;
      writer.octets(auth === null ? NOTHING : Buffer.alloc(auth.digestBytes));
      writer.octets(request.user);
      writer.integer(now);
      writer.integer(boots);
      writer.octets(engineId);
      const flags = FLAG.reportable | (auth === null ? 0 : FLAG.auth) | (priv === null ? 0 : FLAG.priv);
      const message = finished(request.id, flags, before);
      if (auth !== null) digestOf(auth, message).copy(message, message.length - afterDigest - auth.digestBytes);
      return message;
    },

    /** What makes an engine tell its name and its clock (RFC 3414, section 4). */
    discovery(id: number): Buffer {
      writer.clear();
      scopedPdu({ id, pdu: PDU.get, repetitions: 0, bindings: NO_BINDINGS, context: NOTHING }, NOTHING);
      const before = writer.length;
      writer.octets(NOTHING);
      writer.octets(NOTHING);
      writer.octets(NOTHING);
      writer.integer(0);
      writer.integer(0);
      writer.octets(NOTHING);
      return finished(id, FLAG.reportable, before);
    },
  };

  /** Closes the security parameters, which began behind `before` octets, and puts the rest in front. */
  function finished(id: number, flags: number, before: number): Buffer {
    writer.header(TAG.sequence, before);
    writer.header(TAG.octets, before);
    const behindHeader = writer.length;
    writer.integer(USM);
    writer.byte(flags);
    writer.byte(1);
    writer.byte(TAG.octets);
    writer.integer(MAX_MESSAGE_BYTES);
    writer.integer(id);
    writer.header(TAG.sequence, behindHeader);
    writer.integer(VERSION);
    writer.header(TAG.sequence, 0);
    return Buffer.from(writer.view());
  }
}
