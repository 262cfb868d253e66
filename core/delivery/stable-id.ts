import { createHash } from 'node:crypto';

/**
 * A UUID that follows from what it names (RFC 9562, 5.8): whoever writes the same message down again, after a restart in
 * the middle, writes the same id.
 * @param parts such as the incident, what happened to it, the channel and the recipient
 */
export function stableId(...parts: readonly (string | number)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
