import { createHash } from 'node:crypto';

/** A number below 2^32 from any text: the seed of a device, a village, a metric. */
export function seedOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of parts.join('\u0000')) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  return mix(hash, 0);
}

/** Repeatable noise in [0, 1): the same seed and position always give the same value. */
export const noise = (seed: number, position: number): number => mix(seed, position) / 2 ** 32;

/** The same, changing smoothly from one whole position to the next. */
export function smoothNoise(seed: number, position: number): number {
  const left = Math.floor(position);
  const share = position - left;
  const eased = share * share * (3 - 2 * share);
  const from = noise(seed, left);
  return from + eased * (noise(seed, left + 1) - from);
}

/** A stream of numbers in [0, 1), for drawing events one after another. */
export function randomStream(seed: number): () => number {
  let position = 0;
  return () => noise(seed, position++);
}

/** Finaliser of MurmurHash3 over two words. */
function mix(seed: number, position: number): number {
  let hash = (seed ^ Math.imul(position | 0, 0x9e3779b1)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The lab's own UUIDs (version 5, RFC 9562): the same name always has the same id, so that seeding twice is one seeding. */
export function labUuid(name: string): string {
  const bytes = createHash('sha1').update(`simpul-lab\u0000${name}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
