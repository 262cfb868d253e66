import { TAG } from '../../../../collector/snmp/ber.ts';

/**
 * What an object of the lab holds: a tag of the basic encoding rules and a value that fits it. Integers may be negative;
 * counters and gauges are whole numbers below 2^53, cut to the width of their type when written.
 */
export type MibValue =
  | {
      readonly tag: (typeof TAG)['integer' | 'counter32' | 'gauge32' | 'timeticks' | 'counter64'];
      readonly value: number;
    }
  | { readonly tag: (typeof TAG)['octets' | 'oid' | 'null']; readonly value: Uint8Array };

/** Written from back to front, so that every length is known when it is needed. */
export class BackwardWriter {
  private buffer: Buffer;
  private start: number;

  constructor(size: number) {
    this.buffer = Buffer.allocUnsafe(size);
    this.start = size;
  }

  /** Octets written so far. */
  get length(): number {
    return this.buffer.length - this.start;
  }

  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.start -= bytes.length;
    this.buffer.set(bytes, this.start);
  }

  byte(byte: number): void {
    this.reserve(1);
    this.buffer[--this.start] = byte;
  }

  /** Tag and length in front of all that was written since the writer held `lengthBefore` octets. */
  header(tag: number, lengthBefore: number): void {
    const length = this.length - lengthBefore;
    if (length < 0x80) this.byte(length);
    else {
      let octets = 0;
      for (let rest = length; rest > 0; rest >>>= 8, octets++) this.byte(rest & 0xff);
      this.byte(0x80 | octets);
    }
    this.byte(tag);
  }

  integer(value: number): void {
    this.number(TAG.integer, value);
  }

  value({ tag, value }: MibValue): void {
    if (typeof value === 'number') {
      this.number(tag, value);
      return;
    }
    const before = this.length;
    this.bytes(value);
    this.header(tag, before);
  }

  /** The whole message; the writer starts afresh. */
  take(): Buffer {
    const message = Buffer.from(this.buffer.subarray(this.start));
    this.start = this.buffer.length;
    return message;
  }

  private number(tag: number, value: number): void {
    const before = this.length;
    const whole = Number.isSafeInteger(value) ? value : 0;
    let rest = tag === TAG.counter64 || tag === TAG.integer ? whole : whole % 0x1_0000_0000;
    // Two's complement, shortest form: stops when the octets left are all sign.
    for (;;) {
      const octet = rest - Math.floor(rest / 256) * 256;
      this.byte(octet);
      rest = Math.floor(rest / 256);
      if ((rest === 0 && octet < 0x80) || (rest === -1 && octet >= 0x80)) break;
    }
    this.header(tag, before);
  }

  private reserve(octets: number): void {
    if (this.start >= octets) return;
    const larger = Buffer.allocUnsafe(2 * (this.buffer.length + octets));
    const used = this.buffer.subarray(this.start);
    larger.set(used, larger.length - used.length);
    this.start = larger.length - used.length;
    this.buffer = larger;
  }
}
