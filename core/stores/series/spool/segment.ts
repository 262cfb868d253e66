import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Sample } from '../../../domain/sample.ts';

/** Length, count of samples and CRC-32 of the payload, each 32 bits, little end first. */
const HEADER_BYTES = 12;
/** A longer frame was never written: its length is nonsense. */
const MAX_FRAME_BYTES = 8 * 1024 * 1024;
/** Samples in one frame, so that reading one back stays small. */
export const FRAME_SAMPLES = 5_000;

type Packed = [string, string, string, number, 0 | 1, number];

export type Frame = { readonly payload: Buffer; readonly count: number; readonly bytes: number };

export function encodeFrame(samples: readonly Sample[]): Buffer {
  const packed = samples.map(
    ({ deviceId, metric, instance, value, kind, at }): Packed => [
      deviceId,
      metric,
      instance,
      value,
      kind === 'counter' ? 1 : 0,
      at,
    ],
  );
  const payload = Buffer.from(JSON.stringify(packed));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(payload.length, 0);
  header.writeUInt32LE(samples.length, 4);
  header.writeUInt32LE(crc32(payload), 8);
  return Buffer.concat([header, payload]);
}

export const decodeFrame = ({ payload }: Frame): Sample[] =>
  (JSON.parse(payload.toString()) as Packed[]).map(([deviceId, metric, instance, value, kind, at]) => ({
    deviceId,
    metric,
    instance,
    value,
    kind: kind === 1 ? 'counter' : 'gauge',
    at,
  }));

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

/** What a segment holds that can be read back. The oldest is taken from its first frame, where it nearly always is. */
export async function measure(
  path: string,
): Promise<{ readonly samples: number; readonly bytes: number; readonly oldestAt: number | null }> {
  let samples = 0;
  let bytes = 0;
  let oldestAt: number | null = null;
  for await (const frame of readFrames(path, 0)) {
    oldestAt ??= oldestOf(decodeFrame(frame));
    samples += frame.count;
    bytes += frame.bytes;
  }
  return { samples, bytes, oldestAt };
}

export function oldestOf(samples: readonly Sample[]): number | null {
  let oldest: number | null = null;
  for (const { at } of samples) oldest = Math.min(oldest ?? at, at);
  return oldest;
}
