/** Longest word that a length can announce (five bytes of length). */
const MAX_WORD = 0xffff_ffff;
const EMPTY = new Uint8Array(0);

/**
 * The prefix of a word: its length in bytes, one to five bytes, big-endian, the width in the first bits.
 * @throws RangeError beyond 2^32 - 1
 */
export function encodeLength(length: number): Uint8Array {
  if (!Number.isInteger(length) || length < 0 || length > MAX_WORD)
    throw new RangeError(`no word has length ${length}`);
  if (length < 0x80) return Uint8Array.of(length);
  const low = [length >>> 24, length >>> 16, length >>> 8, length].map((part) => part & 0xff);
  if (length < 0x4000) return marked(low.slice(2), 0x80);
  if (length < 0x20_0000) return marked(low.slice(1), 0xc0);
  if (length < 0x1000_0000) return marked(low, 0xe0);
  return Uint8Array.from([0xf0, ...low]);
}

function marked(bytes: readonly number[], mark: number): Uint8Array {
  const [first = 0, ...others] = bytes;
  return Uint8Array.from([first | mark, ...others]);
}

/**
 * How many bytes of length follow a prefix's first byte, and which of its bits belong to the length.
 * @returns null for a first byte that is reserved
 */
export function lengthPrefix(first: number): { readonly more: number; readonly bits: number } | null {
  if (first < 0x80) return { more: 0, bits: first };
  if (first < 0xc0) return { more: 1, bits: first & 0x3f };
  if (first < 0xe0) return { more: 2, bits: first & 0x1f };
  if (first < 0xf0) return { more: 3, bits: first & 0x0f };
  return first === 0xf0 ? { more: 4, bits: 0 } : null;
}

/** Words with their lengths, and the empty word that ends them. */
export function encodeSentence(words: readonly string[]): Buffer {
  const lengths = words.map((word) => Buffer.byteLength(word));
  const prefixes = lengths.map((length) => encodeLength(length));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length, at) => sum + length + (prefixes[at]?.length ?? 0), 1));
  let end = 0;
  for (const [at, word] of words.entries()) {
    const prefix = prefixes[at] ?? EMPTY;
    bytes.set(prefix, end);
    end += prefix.length;
    end += bytes.write(word, end, 'utf8');
  }
  bytes[end] = 0;
  return bytes;
}
