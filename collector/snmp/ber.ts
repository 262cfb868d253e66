import { BadReadingError } from './bad-reading.ts';
import type { Oid, SnmpValue } from './value.ts';

/** Tags of the basic encoding rules as SNMP uses them (RFC 3417, RFC 3416). */
export const TAG = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  address: 0x40,
  counter32: 0x41,
  gauge32: 0x42,
  timeticks: 0x43,
  opaque: 0x44,
  counter64: 0x46,
  unsigned32: 0x47,
  noSuchObject: 0x80,
  noSuchInstance: 0x81,
  endOfMibView: 0x82,
} as const;

/** RFC 2578: an object identifier has at most 128 parts. */
const MAX_OID_PARTS = 128;
const UINT32 = 0x1_0000_0000;

/**
 * Reads one datagram from front to back and never past its end. Every method throws BadReadingError for what it
 * cannot read; nothing it is given makes it loop or allocate more than the datagram's own size.
 */
export class BerReader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  byte(): number {
    const byte = this.at < this.end ? this.bytes[this.at] : undefined;
    if (byte === undefined) throw new BadReadingError('truncated');
    this.at++;
    return byte;
  }

  /** Length of the part that follows; checked against what is left. */
  length(): number {
    const first = this.byte();
    let length = first;
    if (first > 0x7f) {
      const count = first & 0x7f;
      if (count === 0 || count > 4) throw new BadReadingError('wrong-type');
      length = 0;
      for (let read = 0; read < count; read++) length = length * 256 + this.byte();
    }
    if (length > this.end - this.at) throw new BadReadingError('truncated');
    return length;
  }

  /** Enters a part of the given tag: a reader over its inside; this one stands behind it. */
  enter(tag: number): BerReader {
    if (this.byte() !== tag) throw new BadReadingError('wrong-type');
    const length = this.length();
    const inside = new BerReader(this.bytes, this.at, this.at + length);
    this.at += length;
    return inside;
  }

  /**
   * As `enter`, without a reader of its own: for the innermost loops.
   * @returns where the part ends; whoever reads on must stop there
   */
  open(tag: number): number {
    if (this.byte() !== tag) throw new BadReadingError('wrong-type');
    const length = this.length();
    return this.at + length;
  }

  /** INTEGER of at most 32 bits. */
  integer(): number {
    if (this.byte() !== TAG.integer) throw new BadReadingError('wrong-type');
    return this.integerBody(this.length());
  }

  octets(): Uint8Array {
    if (this.byte() !== TAG.octets) throw new BadReadingError('wrong-type');
    return this.body(this.length());
  }

  oid(): Oid {
    if (this.byte() !== TAG.oid) throw new BadReadingError('wrong-type');
    return this.oidBody(this.length());
  }

  /** Value of a variable binding; null for NULL and for the three exceptions. */
  value(): SnmpValue | null {
    const tag = this.byte();
    const length = this.length();
    switch (tag) {
      case TAG.integer:
        return { type: 'integer', value: this.integerBody(length) };
      case TAG.octets:
        return { type: 'octets', value: this.body(length) };
      case TAG.oid:
        return { type: 'oid', value: this.oidBody(length) };
      case TAG.counter32:
        return { type: 'counter32', value: this.unsignedBody(length) };
      case TAG.gauge32:
      case TAG.unsigned32:
        return { type: 'gauge32', value: this.unsignedBody(length) };
      case TAG.timeticks:
        return { type: 'timeticks', value: this.unsignedBody(length) };
      case TAG.counter64:
        return { type: 'counter64', value: this.counter64Body(length) };
      case TAG.address: {
        if (length !== 4) throw new BadReadingError('wrong-type');
        return { type: 'address', value: this.body(length).join('.') };
      }
      case TAG.opaque:
        return opaque(this.body(length));
      case TAG.null:
      case TAG.noSuchObject:
      case TAG.noSuchInstance:
      case TAG.endOfMibView:
        this.at += length;
        return null;
      default:
        throw new BadReadingError('wrong-type');
    }
  }

  private body(length: number): Uint8Array {
    const body = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return body;
  }

  private integerBody(length: number): number {
    if (length === 0 || length > 5) throw new BadReadingError('wrong-type');
    const value = this.unsigned(length);
    const first = this.bytes[this.at - length] ?? 0;
    const signed = first > 0x7f ? value - 256 ** length : value;
    // Five octets are for agents that give an unsigned number as INTEGER.
    if (signed < -UINT32 / 2 || signed >= UINT32) throw new BadReadingError('wrong-type');
    return signed;
  }

  /** Some agents leave out the zero octet in front of a value of 2^31 or more, which then looks negative. */
  private unsignedBody(length: number): number {
    if (length === 0 || length > 5) throw new BadReadingError('wrong-type');
    const value = this.unsigned(length);
    if (value >= UINT32) throw new BadReadingError('wrong-type');
    return value;
  }

  private unsigned(length: number): number {
    let value = 0;
    for (let read = 0; read < length; read++) value = value * 256 + this.byte();
    return value;
  }

  private counter64Body(length: number): bigint {
    if (length === 0 || length > 9) throw new BadReadingError('wrong-type');
    if (length === 9 && this.byte() !== 0) throw new BadReadingError('wrong-type');
    const rest = Math.min(length, 8);
    const high = this.unsigned(Math.max(0, rest - 4));
    const low = this.unsigned(Math.min(rest, 4));
    return high === 0 ? BigInt(low) : (BigInt(high) << 32n) | BigInt(low);
  }

  private oidBody(length: number): Oid {
    const end = this.at + length;
    if (length === 0) return '0.0';
    const first = this.subIdentifier(end);
    const head = Math.min(2, Math.floor(first / 40));
    let text = `${head}.${first - head * 40}`;
    for (let parts = 2; this.at < end; parts++) {
      if (parts >= MAX_OID_PARTS) throw new BadReadingError('oversized');
      text += `.${this.subIdentifier(end)}`;
    }
    return text;
  }

  private subIdentifier(end: number): number {
    let value = 0;
    for (let read = 0; read < 5; read++) {
      if (this.at >= end) throw new BadReadingError('truncated');
      const byte = this.byte();
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) {
        if (value >= UINT32 + 80) throw new BadReadingError('wrong-type');
        return value;
      }
    }
    throw new BadReadingError('wrong-type');
  }
}

/** net-snmp wraps a float or double in an Opaque: tag 0x9f78 or 0x9f79 inside. */
function opaque(bytes: Uint8Array): SnmpValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[0] === 0x9f && bytes[1] === 0x78 && bytes.length === 7) return { type: 'float', value: view.getFloat32(3) };
  if (bytes[0] === 0x9f && bytes[1] === 0x79 && bytes.length === 11)
    return { type: 'float', value: view.getFloat64(3) };
  return { type: 'opaque', value: bytes };
}

/** Length octets of a part of this many bytes. */
export function encodeLength(length: number): number[] {
  if (length < 0x80) return [length];
  if (length < 0x100) return [0x81, length];
  return [0x82, length >> 8, length & 0xff];
}

/** INTEGER with its header; for values that are not negative. */
export function encodeInteger(value: number): number[] {
  const body: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 256)) {
    body.unshift(rest & 0xff);
    if (rest < 0x80) break;
  }
  return [TAG.integer, body.length, ...body];
}

/** Room for the longest identifier: each part takes up to five octets. */
const scratch = new Uint8Array(MAX_OID_PARTS * 5);

/** Content octets of an OBJECT IDENTIFIER. @throws TypeError for a text that is no OID */
export function encodeOid(oid: Oid): Uint8Array {
  const parts = oid.split('.');
  if (parts.length < 2 || parts.length > MAX_OID_PARTS) throw notAnOid(oid);
  let length = 0;
  let first = 0;
  for (const [at, text] of parts.entries()) {
    let part = text === '' ? Number.NaN : Number(text);
    if (!Number.isInteger(part) || part < 0 || part >= UINT32 || (at === 0 && part > 2)) throw notAnOid(oid);
    if (at === 0) {
      first = part;
      continue;
    }
    // The first two parts share a number.
    if (at === 1) part += first * 40;
    if (part >= 2 ** 28) scratch[length++] = 0x80 + Math.floor(part / 2 ** 28);
    if (part >= 2 ** 21) scratch[length++] = 0x80 + (Math.floor(part / 2 ** 21) % 128);
    if (part >= 2 ** 14) scratch[length++] = 0x80 + (Math.floor(part / 2 ** 14) % 128);
    if (part >= 2 ** 7) scratch[length++] = 0x80 + (Math.floor(part / 2 ** 7) % 128);
    scratch[length++] = part % 128;
  }
  return scratch.slice(0, length);
}

const notAnOid = (oid: Oid): TypeError => new TypeError(`not an object identifier: ${oid}`);
