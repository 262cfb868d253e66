import { TYPE } from './codes.ts';
import type { Attribute, Packet } from './packet.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/g;

/** The first value of a type; null where there is none. */
export function rawOf({ attributes }: Pick<Packet, 'attributes'>, type: number): Buffer | null {
  for (const attribute of attributes) if (attribute.type === type) return attribute.value;
  return null;
}

export const hasAttribute = ({ attributes }: Pick<Packet, 'attributes'>, type: number): boolean =>
  attributes.some((attribute) => attribute.type === type);

/**
 * Text that any store takes: NULs at the end fall away, octets that are no UTF-8 and other control characters become
 * U+FFFD.
 */
export function readText(value: Buffer): string {
  let end = value.length;
  while (end > 0 && value[end - 1] === 0) end--;
  return value.toString('utf8', 0, end).replace(CONTROL, '\ufffd');
}

export function textOf(packet: Pick<Packet, 'attributes'>, type: number): string | null {
  const value = rawOf(packet, type);
  return value === null ? null : readText(value);
}

/** An unsigned number of 32 bits; null also where its length is another. */
export function integerOf(packet: Pick<Packet, 'attributes'>, type: number): number | null {
  const value = rawOf(packet, type);
  return value?.length === 4 ? value.readUInt32BE(0) : null;
}

export const readAddress = (value: Buffer): string => Array.from(value).join('.');

/** An IPv4 address; null also for the two values that ask for one (RFC 2865 section 5.8). */
export function addressOf(packet: Pick<Packet, 'attributes'>, type: number): string | null {
  const value = rawOf(packet, type);
  if (value?.length !== 4) return null;
  return value.readUInt32BE(0) >= 0xffff_fffe ? null : readAddress(value);
}

/** What a vendor put into one attribute 26 (RFC 2865 section 5.26); null where it is not in the usual form. */
export function vendorParts(value: Buffer): { readonly vendor: number; readonly parts: readonly Attribute[] } | null {
  if (value.length < 7) return null;
  const parts: Attribute[] = [];
  for (let at = 4; at < value.length; ) {
    const size = value[at + 1] ?? 0;
    if (size < 2 || at + size > value.length) return null;
    parts.push({ type: value[at] ?? 0, value: value.subarray(at + 2, at + size) });
    at += size;
  }
  return { vendor: value.readUInt32BE(0), parts };
}

/** One attribute of a vendor, wrapped as attribute 26. */
export function vendorAttribute(vendor: number, type: number, value: Buffer): Attribute {
  const whole = Buffer.allocUnsafe(6 + value.length);
  whole.writeUInt32BE(vendor, 0);
  whole[4] = type;
  whole[5] = 2 + value.length;
  value.copy(whole, 6);
  return { type: TYPE.vendorSpecific, value: whole };
}
