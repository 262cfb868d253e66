import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** How what waits is written; whoever changes it must still read what older versions wrote. */
export type Codec<Item> = {
  encode(items: readonly Item[]): Buffer;
  decode(payload: Buffer): Item[];
  /** UTC ms. */
  momentOf(item: Item): number;
};

/** Length, count of items and CRC-32 of the payload, each 32 bits, little end first. */
const HEADER_BYTES = 12;
/** A longer frame was never written: its length is nonsense. */
const MAX_FRAME_BYTES = 8 * 1024 * 1024;

export type Frame = { readonly payload: Buffer; readonly count: number; readonly bytes: number };

export function frameOf(payload: Buffer, count: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(payload.length, 0);
  header.writeUInt32LE(count, 4);
  header.writeUInt32LE(crc32(payload), 8);
  return Buffer.concat([header, payload]);
}

async function readFully(file: FileHandle, length: number, position: number): Promise<Buffer | null> {
  const buffer = Buffer.alloc(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await file.read(buffer, got, length - got, position + got);
    if (bytesRead === 0) return null;
    got += bytesRead;
  }
  return buffer;
}

/** Frames from a position on, one at a time. Ends at the first that is cut off or damaged, as a kill leaves it. */
export async function* readFrames(path: string, from: number): AsyncGenerator<Frame> {
  const file = await open(path, 'r');
  try {
    for (let position = from; ; ) {
      const header = await readFully(file, HEADER_BYTES, position);
      const length = header?.readUInt32LE(0) ?? 0;
      if (header === null || length === 0 || length > MAX_FRAME_BYTES) return;
      const payload = await readFully(file, length, position + HEADER_BYTES);
      if (payload === null || crc32(payload) !== header.readUInt32LE(8)) return;
      yield { payload, count: header.readUInt32LE(4), bytes: HEADER_BYTES + length };
      position += HEADER_BYTES + length;
    }
  } finally {
    await file.close();
  }
}

type Measured = { readonly items: number; readonly bytes: number; readonly oldestAt: number | null };

/** What a segment holds that can be read back. The oldest is taken from its first frame, where it nearly always is. */
export async function measure<Item>(path: string, codec: Codec<Item>): Promise<Measured> {
  let items = 0;
  let bytes = 0;
  let oldestAt: number | null = null;
  for await (const frame of readFrames(path, 0)) {
    oldestAt ??= oldestOf(codec.decode(frame.payload), codec);
    items += frame.count;
    bytes += frame.bytes;
  }
  return { items, bytes, oldestAt };
}

export function oldestOf<Item>(items: readonly Item[], { momentOf }: Pick<Codec<Item>, 'momentOf'>): number | null {
  let oldest: number | null = null;
  for (const item of items) oldest = Math.min(oldest ?? momentOf(item), momentOf(item));
  return oldest;
}
