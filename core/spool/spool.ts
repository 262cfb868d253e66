import { type FileHandle, mkdir, open, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../domain/errors.ts';
import type { Log } from '../log/log.ts';
import { type Codec, frameOf, measure, oldestOf, readFrames } from './segment.ts';

const MAX_SEGMENT_BYTES = 8 * 1024 * 1024;
/** Items in one frame, so that reading one back stays small. */
const FRAME_ITEMS = 5_000;
const NAME = /^(\d{12})\.spool$/;

export type SpoolStatus = {
  /** Items that wait. */
  readonly items: number;
  readonly bytes: number;
  /** Items that were taken and given up since the start: the spool was full, or damaged, or the store refused. */
  readonly dropped: number;
  /** Moment of the oldest item that waits, about. */
  readonly oldestAt: number | null;
};

type SpoolOptions<Item> = {
  /** Made where it is missing. No two spools may share one. */
  readonly dir: string;
  readonly maxBytes: number;
  readonly codec: Codec<Item>;
  readonly log: Log;
};

type Segment = {
  readonly number: number;
  readonly path: string;
  items: number;
  bytes: number;
  /** How far it has been taken out; begins anew after a restart, since storing an item twice does no harm. */
  takenBytes: number;
  oldestAt: number | null;
};

/** Items in order, on disk, at most so many bytes. The oldest give way to the newest, and are counted. */
export class Spool<Item> {
  readonly #dir: string;
  readonly #maxBytes: number;
  readonly #codec: Codec<Item>;
  readonly #log: Log;
  readonly #segments: Segment[] = [];
  #dropped = 0;
  #next = 1;
  #active: { readonly segment: Segment; readonly file: FileHandle } | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor({ dir, maxBytes, codec, log }: SpoolOptions<Item>) {
    this.#dir = dir;
    this.#maxBytes = maxBytes;
    this.#codec = codec;
    this.#log = log;
  }

  /** @throws AppError `store-unavailable` where the directory cannot be made or read */
  static async open<Item>(options: SpoolOptions<Item>): Promise<Spool<Item>> {
    const { dir, codec } = options;
    const spool = new Spool(options);
    try {
      await mkdir(dir, { recursive: true });
      for (const name of (await readdir(dir)).sort()) {
        const number = Number(NAME.exec(name)?.[1] ?? Number.NaN);
        if (Number.isNaN(number)) continue;
        const path = join(dir, name);
        spool.#segments.push({ number, path, takenBytes: 0, ...(await measure(path, codec)) });
        spool.#next = number + 1;
      }
    } catch (error) {
      throw new AppError('store-unavailable', `the spool directory ${dir} cannot be used`, { cause: error });
    }
    return spool;
  }

  get isEmpty(): boolean {
    return this.#segments.length === 0;
  }

  status(): SpoolStatus {
    let items = 0;
    let bytes = 0;
    let oldestAt: number | null = null;
    for (const segment of this.#segments) {
      items += segment.items;
      bytes += segment.bytes;
      oldestAt ??= segment.oldestAt;
    }
    return { items, bytes, dropped: this.#dropped, oldestAt };
  }

  /** One after the other, so that a segment is never written, closed and taken away at once. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }

  /**
   * Resolves when the items are on disk.
   * @throws AppError `store-unavailable` where they cannot be written: they are still the caller's then
   */
  put(items: readonly Item[]): Promise<void> {
    return this.#inTurn(async () => {
      for (let i = 0; i < items.length; i += FRAME_ITEMS) {
        const part = items.slice(i, i + FRAME_ITEMS);
        try {
          await this.#write(part);
        } catch (error) {
          this.#log.error({ reason: error instanceof Error ? error.message : String(error) }, 'spool failed');
          // What was written of the frame must not stand before another one.
          await this.#closeActive();
          throw new AppError('store-unavailable', 'neither the store nor its spool takes anything', {
            cause: error,
          });
        }
      }
    });
  }

  async #write(items: readonly Item[]): Promise<void> {
    const frame = frameOf(this.#codec.encode(items), items.length);
    if (frame.length > this.#maxBytes) throw new Error('the spool is too small for one batch');
    await this.#makeRoom(frame.length);
    const { segment, file } = this.#active ?? (await this.#startSegment());
    await file.write(frame, 0, frame.length, segment.bytes);
    await file.datasync();
    segment.bytes += frame.length;
    segment.items += items.length;
    segment.oldestAt ??= oldestOf(items, this.#codec);
    if (segment.bytes >= Math.min(MAX_SEGMENT_BYTES, this.#maxBytes / 4)) await this.#closeActive();
  }

  async #makeRoom(bytes: number): Promise<void> {
    for (let oldest = this.#segments[0]; oldest !== undefined; oldest = this.#segments[0]) {
      if (this.status().bytes + bytes <= this.#maxBytes) return;
      this.#dropped += oldest.items;
      this.#log.error({ lost: oldest.items }, 'items lost: spool is full');
      await this.#remove(oldest);
    }
  }

  async #startSegment(): Promise<{ readonly segment: Segment; readonly file: FileHandle }> {
    const number = this.#next;
    const path = join(this.#dir, `${String(number).padStart(12, '0')}.spool`);
    const file = await open(path, 'w');
    this.#next += 1;
    const segment = { number, path, items: 0, bytes: 0, takenBytes: 0, oldestAt: null };
    this.#active = { segment, file };
    this.#segments.push(segment);
    // The file's name must last as well as its content.
    const dir = await open(this.#dir, 'r');
    await dir.sync().finally(() => dir.close());
    return this.#active;
  }

  async #closeActive(): Promise<void> {
    const { file } = this.#active ?? {};
    this.#active = null;
    await file?.close().catch(() => {});
  }

  async #remove(segment: Segment): Promise<void> {
    if (this.#active?.segment === segment) await this.#closeActive();
    const index = this.#segments.indexOf(segment);
    if (index >= 0) this.#segments.splice(index, 1);
    await unlink(segment.path).catch((error: unknown) => {
      this.#log.warn({ reason: String(error) }, 'spool segment cannot be removed');
    });
  }

  /**
   * Hands out what waits, oldest first, and takes away what `store` took. Ends when nothing waits, or with the error
   * with which `store` refused.
   */
  async takeAll(store: (items: readonly Item[]) => Promise<void>): Promise<void> {
    for (let segment = this.#segments[0]; segment !== undefined; segment = this.#segments[0]) {
      const current = segment;
      await this.#inTurn(async () => {
        if (this.#active?.segment === current) await this.#closeActive();
      });
      for await (const frame of readFrames(current.path, current.takenBytes)) {
        await store(this.#codec.decode(frame.payload));
        current.takenBytes += frame.bytes;
        current.items = Math.max(0, current.items - frame.count);
        if (this.#segments[0] !== current) break;
      }
      await this.#inTurn(async () => {
        // It may have been given up meanwhile, to make room.
        if (this.#segments[0] !== current) return;
        if (current.items > 0) {
          this.#dropped += current.items;
          this.#log.error({ lost: current.items }, 'items lost: spool segment is damaged');
        }
        await this.#remove(current);
      });
    }
  }

  countDropped(items: number): void {
    this.#dropped += items;
  }

  /** Everything that can be read back, oldest first; it goes on waiting. */
  async readAll(): Promise<Item[]> {
    const items: Item[] = [];
    for (const { path } of [...this.#segments]) {
      for await (const frame of readFrames(path, 0)) items.push(...this.#codec.decode(frame.payload));
    }
    return items;
  }

  /** Nothing of it is waited for any more. */
  clear(): Promise<void> {
    return this.#inTurn(async () => {
      for (const segment of [...this.#segments]) await this.#remove(segment);
    });
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#closeActive());
  }
}
