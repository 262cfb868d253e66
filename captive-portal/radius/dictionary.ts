import { isIPv4 } from 'node:net';
import type { ReplyAttribute } from '../gateway.ts';
import { readAddress, readText, vendorAttribute, vendorParts } from './attributes.ts';
import { TYPE } from './codes.ts';
import { standard } from './dictionary/standard.ts';
import { vendors } from './dictionary/vendors.ts';
import type { Entry, ValueType } from './dictionary/vocabulary.ts';
import type { Attribute } from './packet.ts';

type Word = { readonly vendor: number | null; readonly entry: Entry };

const words: readonly Word[] = [standard, ...vendors].flatMap(({ vendor, entries }) =>
  entries.map((entry) => ({ vendor, entry })),
);
const byName: ReadonlyMap<string, Word> = new Map(words.map((word) => [word.entry[1], word]));
const keyOf = (vendor: number | null, number: number): string => `${vendor ?? ''}/${number}`;
const byNumber: ReadonlyMap<string, Word> = new Map(words.map((word) => [keyOf(word.vendor, word.entry[0]), word]));

/** Of a vendor's attribute: 253 less vendor, type and length. */
const MAX_VENDOR_OCTETS = 247;
const MAX_OCTETS = 253;
const MAX_INTEGER = 0xffff_ffff;

/**
 * Attributes by their names, ready for a packet. Text longer than an attribute holds is cut between characters,
 * and empty text is left out (RFC 2865 section 5).
 * @throws TypeError for a name that the dictionary does not know, or a value that its type cannot hold
 */
export const encodeAttributes = (attributes: readonly ReplyAttribute[]): readonly Attribute[] =>
  attributes.flatMap(({ name, value }) => {
    const word = byName.get(name);
    if (word === undefined) throw new TypeError(`the dictionary has no attribute ${name}`);
    const [number, , type, values] = word.entry;
    const octets = encodeValue(word, type, values, value);
    if (octets.length === 0) return [];
    return word.vendor === null ? { type: number, value: octets } : vendorAttribute(word.vendor, number, octets);
  });

function encodeValue({ vendor, entry }: Word, type: ValueType, values: Entry[3], value: string | number): Buffer {
  const impossible = (): never => {
    // The value may be a person's: only the name is told.
    throw new TypeError(`${entry[1]} cannot hold that value`);
  };
  switch (type) {
    case 'integer':
    case 'time': {
      const number = typeof value === 'number' ? value : numberNamed(values, value);
      if (number === null || !Number.isInteger(number) || number < 0 || number > MAX_INTEGER) return impossible();
      const octets = Buffer.allocUnsafe(4);
      octets.writeUInt32BE(number);
      return octets;
    }
    case 'address':
      if (typeof value !== 'string' || !isIPv4(value)) return impossible();
      return Buffer.from(value.split('.').map(Number));
    case 'text':
    case 'octets':
      return cutText(String(value), vendor === null ? MAX_OCTETS : MAX_VENDOR_OCTETS);
    case 'secret':
      return impossible();
  }
}

function numberNamed(values: Entry[3], name: string): number | null {
  const found = Object.entries(values ?? {}).find(([, known]) => known === name);
  return found === undefined ? null : Number(found[0]);
}

/** The beginning of a text that fits, without half a character at its end. */
function cutText(text: string, maxOctets: number): Buffer {
  const octets = Buffer.from(text, 'utf8');
  if (octets.length <= maxOctets) return octets;
  let end = maxOctets;
  while (end > 0 && ((octets[end] ?? 0) & 0xc0) === 0x80) end--;
  return octets.subarray(0, end);
}

/** An attribute for people. Its value is a named integer, a number, text, an address, hex with `0x`, or `[secret]`. */
export type ReadAttribute = { readonly name: string; readonly value: string | number };

/** Attributes with their names and readable values; what the dictionary does not know keeps its number and octets. */
export const readAttributes = (attributes: readonly Attribute[]): readonly ReadAttribute[] =>
  attributes.flatMap(({ type, value }) => {
    const inside = type === TYPE.vendorSpecific ? vendorParts(value) : null;
    if (inside === null) return [readOne(null, type, value)];
    return inside.parts.map((part) => readOne(inside.vendor, part.type, part.value));
  });

function readOne(vendor: number | null, number: number, octets: Buffer): ReadAttribute {
  const word = byNumber.get(keyOf(vendor, number));
  if (word === undefined)
    return { name: `${vendor === null ? '' : `Vendor-${vendor}-`}Attr-${number}`, value: hex(octets) };
  const [, name, type, values] = word.entry;
  return { name, value: readValue(type, values, octets) };
}

function readValue(type: ValueType, values: Entry[3], octets: Buffer): string | number {
  switch (type) {
    case 'integer':
    case 'time': {
      if (octets.length !== 4) return hex(octets);
      const number = octets.readUInt32BE(0);
      return values?.[number] ?? number;
    }
    case 'address':
      return octets.length === 4 ? readAddress(octets) : hex(octets);
    case 'text':
      return readText(octets);
    case 'octets':
      return hex(octets);
    case 'secret':
      return '[secret]';
  }
}

const hex = (octets: Buffer): string => `0x${octets.toString('hex')}`;
