import { BadReadingError } from './bad-reading.ts';

/** Dotted numbers without a leading dot. */
export type Oid = string;

/** A value as SMIv2 (RFC 2578) types it; `float` is net-snmp's in an Opaque. */
export type SnmpValue =
  | { readonly type: 'integer' | 'counter32' | 'gauge32' | 'timeticks' | 'float'; readonly value: number }
  | { readonly type: 'counter64'; readonly value: bigint }
  /** `text` where it is known already: what is kept from poll to poll is made into text once. */
  | { readonly type: 'octets' | 'opaque'; readonly value: Uint8Array; readonly text?: string }
  | { readonly type: 'oid' | 'address'; readonly value: string };

/** An object and its value; null where the agent has no such object, or its MIB ends here. */
export type VarBind = { readonly oid: Oid; readonly value: SnmpValue | null };

/** Null for a missing object. @throws BadReadingError `not-a-number` */
export function numberOf(value: SnmpValue | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  switch (value.type) {
    case 'integer':
    case 'counter32':
    case 'gauge32':
    case 'timeticks':
    case 'float':
      if (Number.isFinite(value.value)) return value.value;
      break;
    case 'counter64':
      return Number(value.value);
    case 'octets': {
      // Some agents tell figures as text.
      const text = latin1(value.value).trim();
      if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
      break;
    }
    case 'opaque':
    case 'oid':
    case 'address':
      break;
  }
  throw new BadReadingError('not-a-number', { value });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Printable text, empty for a missing object. Texts that are not UTF-8 are read as Latin-1. */
export function textOf(value: SnmpValue | null | undefined): string {
  if (value === null || value === undefined) return '';
  switch (value.type) {
    case 'octets':
    case 'opaque':
      return value.text ?? decodeText(value.value);
    default:
      return String(value.value);
  }
}

function decodeText(bytes: Uint8Array): string {
  // C strings often come with their end.
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  const used = bytes.subarray(0, end);
  // What nearly all of them are.
  if (isPlain(used)) return latin1(used);
  try {
    return printable(utf8.decode(used));
  } catch {
    return printable(latin1(used));
  }
}

/** Printable ASCII. */
function isPlain(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte < 0x20 || byte > 0x7e) return false;
  return true;
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const printable = (text: string): string => text.replace(CONTROL, '');

/** A hardware address as `b8:69:f4:80:2f:c1`; null unless it has 6 octets. */
export function macOf(value: SnmpValue | null | undefined): string | null {
  if (value?.type !== 'octets' || value.value.length !== 6) return null;
  return Array.from(value.value, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

const DOT = 46;
const ZERO = 48;

/** Order of the MIB tree: negative where `a` comes first. */
export function compareOids(a: Oid, b: Oid): number {
  let inA = 0;
  let inB = 0;
  // Without splitting: a walk compares each of its rows.
  while (inA < a.length && inB < b.length) {
    let left = 0;
    for (; inA < a.length && a.charCodeAt(inA) !== DOT; inA++) left = left * 10 + a.charCodeAt(inA) - ZERO;
    let right = 0;
    for (; inB < b.length && b.charCodeAt(inB) !== DOT; inB++) right = right * 10 + b.charCodeAt(inB) - ZERO;
    if (left !== right) return left - right;
    inA++;
    inB++;
  }
  return Math.max(0, a.length - inA) - Math.max(0, b.length - inB);
}
