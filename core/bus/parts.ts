import { gunzipSync, gzipSync } from 'node:zlib';

/** Fits an event of the bus with room for the rest of it. */
const PART_CHARS = 6_000;
const MOST_PARTS = 60;
const MOST_BYTES = 2 * 1024 * 1024;

/** Plain JSON as texts that each fit the bus; null where it is too large for it. */
export function toParts(value: unknown): readonly string[] | null {
  const text = gzipSync(JSON.stringify(value)).toString('base64');
  const count = Math.ceil(text.length / PART_CHARS);
  if (count > MOST_PARTS) return null;
  return Array.from({ length: count }, (_, part) => text.slice(part * PART_CHARS, (part + 1) * PART_CHARS));
}

/** Puts parts together in whatever order they come, and again where one comes twice. */
export type Gathering = {
  /** @returns the value once it is whole; undefined until then, and for ever where it is nonsense */
  add(part: number, parts: number, text: string): unknown;
};

export function gatherParts(): Gathering {
  const texts = new Map<number, string>();
  return {
    add(part, parts, text) {
      const isOurs = parts >= 1 && parts <= MOST_PARTS && part >= 0 && part < parts && text.length <= PART_CHARS;
      if (!isOurs) return undefined;
      texts.set(part, text);
      if (texts.size < parts) return undefined;
      const whole = Array.from({ length: parts }, (_, at) => texts.get(at) ?? '').join('');
      try {
        return JSON.parse(gunzipSync(Buffer.from(whole, 'base64'), { maxOutputLength: MOST_BYTES }).toString());
      } catch {
        return undefined;
      }
    },
  };
}
