import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Log } from '../../core/log/log.ts';

/**
 * When each device was last seen, as a file of its own: the store is told too seldom to date an outage by after the
 * process was killed in the middle of it.
 */
export type Sightings = {
  /** UTC ms by id of the device; empty where nothing usable is there. */
  read(): Promise<ReadonlyMap<string, number>>;
  /** Takes the place of what was there, in one piece. Never rejects: without it outages are only dated less well. */
  save(seen: ReadonlyMap<string, number>): Promise<void>;
};

/** Of some hundred thousand devices; what is larger is not ours. */
const MOST_BYTES = 64 * 1024 * 1024;

/** @param file in a directory that is there; no two collectors may share it */
export function sightingsIn(file: string, log: Log): Sightings {
  let isFailing = false;
  return {
    async read() {
      try {
        const bytes = await readFile(file);
        if (bytes.length > MOST_BYTES) throw new RangeError('too large');
        const seen: unknown = JSON.parse(bytes.toString());
        if (typeof seen !== 'object' || seen === null) throw new TypeError('not an object');
        return new Map(Object.entries(seen).filter((entry): entry is [string, number] => Number.isFinite(entry[1])));
      } catch (error) {
        if (!isMissing(error)) log.warn({ err: error }, 'when devices were last seen could not be read');
        return new Map();
      }
    },
    async save(seen) {
      try {
        await writeFile(`${file}.new`, JSON.stringify(Object.fromEntries(seen)));
        await rename(`${file}.new`, file);
        isFailing = false;
      } catch (error) {
        if (!isFailing) log.warn({ err: error }, 'when devices were last seen could not be kept');
        isFailing = true;
      }
    },
  };
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** For a collector without a directory. */
export const NO_SIGHTINGS: Sightings = { read: async () => new Map(), save: async () => {} };
