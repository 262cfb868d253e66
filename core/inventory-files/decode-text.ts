import { AppError } from '../domain/errors.ts';

const ENCODINGS = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
] as const;
const LOOKED_AT = 4_096;

/**
 * Text of a CSV: UTF-8, or UTF-16 as Excel's "Unicode text" is, told by the byte order mark or by the zero bytes.
 * @throws AppError `bad-input`
 */
export function decodeText(bytes: Uint8Array): string {
  const marked = ENCODINGS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  const encoding = marked?.[0] ?? guess(bytes.subarray(0, LOOKED_AT));
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    const hint = 'the file is not UTF-8 text: save it as "CSV UTF-8", or as XLSX';
    throw new AppError('bad-input', hint, { cause });
  }
}

/** Latin letters and signs of a header have a zero byte as the half of each pair. */
function guess(bytes: Uint8Array): (typeof ENCODINGS)[number][0] {
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = bytes.length / 4;
  return odd > many && odd > 4 * even ? 'utf-16le' : even > many && even > 4 * odd ? 'utf-16be' : 'utf-8';
}
