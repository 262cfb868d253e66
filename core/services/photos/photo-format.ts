export type PhotoFormat = 'jpeg' | 'png' | 'webp';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PNG_CHUNK_HEAD = 8;
const PNG_CHUNK_TAIL = 4;

/** By the first bytes; null for anything else. */
export function photoFormat(bytes: Uint8Array): PhotoFormat | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 12));
  if (head.subarray(0, PNG.length).equals(PNG)) return 'png';
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg';
  return head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP' ? 'webp' : null;
}

/** APNG: a chunk `acTL` before the first of the picture itself (PNG, third edition, 11.3.6). */
export function isAnimatedPng(bytes: Uint8Array): boolean {
  if (photoFormat(bytes) !== 'png') return false;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = PNG.length;
  while (at + PNG_CHUNK_HEAD <= file.length) {
    const type = file.toString('latin1', at + 4, at + 8);
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
    at += PNG_CHUNK_HEAD + file.readUInt32BE(at) + PNG_CHUNK_TAIL;
  }
  return false;
}
