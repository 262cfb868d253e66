import { crc32, createInflateRaw } from 'node:zlib';
import { AppError } from '../../domain/errors.ts';
import { FILE_LIMITS } from '../limits.ts';

export type ZipEntry = {
  readonly name: string;
  /** The bytes, unpacked piece by piece. @throws AppError `bad-input` where they are not what the directory says */
  unpack(): AsyncIterable<Uint8Array>;
};

const END = 0x06054b50;
const END_BYTES = 22;
const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const MOST_ENTRIES = 2_000;
const STORED = 0;
const DEFLATED = 8;

export const broken = (what: string, cause?: unknown): AppError =>
  new AppError('bad-input', `the XLSX is damaged: ${what}`, cause === undefined ? {} : { cause });

/**
 * The entries of a zip (PKWARE APPNOTE 4.3), by its directory. How much all of them unpack to is known and bounded
 * before a byte is unpacked, and no entry may become more than its own size there.
 * @throws AppError `bad-input`, `too-large`
 */
export function readZip(bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = endOf(buffer);
  const count = buffer.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) throw new AppError('too-large', 'the XLSX has too many parts');
  const entries = new Map<string, ZipEntry>();
  let at = buffer.readUInt32LE(end + 16);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_BYTES > buffer.length || buffer.readUInt32LE(at) !== CENTRAL) throw broken('its directory is cut');
    const part = {
      isEncrypted: (buffer.readUInt16LE(at + 8) & 1) === 1,
      method: buffer.readUInt16LE(at + 10),
      crc: buffer.readUInt32LE(at + 16),
      packed: buffer.readUInt32LE(at + 20),
      unpacked: buffer.readUInt32LE(at + 24),
      local: buffer.readUInt32LE(at + 42),
    };
    const nameLength = buffer.readUInt16LE(at + 28);
    const name = buffer.toString('utf8', at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength).replace(/^\//, '');
    total += part.unpacked;
    if (total > FILE_LIMITS.unpackedBytes)
      throw new AppError('too-large', `the XLSX unpacks to more than ${FILE_LIMITS.unpackedBytes / 1024 / 1024} MB`);
    entries.set(name, { name, unpack: () => unpack(buffer, part) });
    at += CENTRAL_BYTES + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return entries;
}

function endOf(buffer: Buffer): number {
  const earliest = Math.max(0, buffer.length - END_BYTES - 0xffff);
  for (let at = buffer.length - END_BYTES; at >= earliest; at -= 1) {
    if (buffer.readUInt32LE(at) === END) return at;
  }
  throw broken('its end is missing');
}

type Part = {
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly local: number;
};

async function* unpack(buffer: Buffer, part: Part): AsyncGenerator<Uint8Array> {
  const { isEncrypted, method, packed, local } = part;
  if (isEncrypted) throw new AppError('bad-input', 'the file is protected with a password: save it without one');
  if (local + LOCAL_BYTES > buffer.length || buffer.readUInt32LE(local) !== LOCAL) throw broken('a part is missing');
  const from = local + LOCAL_BYTES + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
  if (from + packed > buffer.length) throw broken('a part is cut');
  const body = buffer.subarray(from, from + packed);
  if (method !== STORED && method !== DEFLATED) throw broken('a part is packed in an unknown way');
  let length = 0;
  let crc = 0;
  for await (const piece of method === STORED ? [body] : inflated(body)) {
    length += piece.length;
    crc = crc32(piece, crc);
    if (length > part.unpacked) break;
    yield piece;
  }
  if (length !== part.unpacked || crc !== part.crc) throw broken('a part is not what it should be');
}

async function* inflated(body: Uint8Array): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  inflate.end(body);
  try {
    for await (const piece of inflate as AsyncIterable<Buffer>) yield piece;
  } catch (cause) {
    throw broken('a part cannot be unpacked', cause);
  } finally {
    inflate.destroy();
  }
}
