import { createHash } from 'node:crypto';

/** Gives the same object for the same content. What is shared must not be changed by anyone. */
export type Share = <Value extends object>(value: Value) => Value;

/** So many different contents are kept; devices come in far fewer kinds. */
const MOST = 4_000;

/**
 * Thousands of devices of one model are asked for the same objects: sharing what says so keeps memory small, and what
 * the processor needs for the next device near at hand.
 */
export function createSharing(): Share {
  const kept = new Map<string, object>();
  return <Value extends object>(value: Value): Value => {
    const key = createHash('sha1').update(JSON.stringify(value)).digest('base64');
    const known = kept.get(key);
    // The same content has the same shape.
    if (known !== undefined) return known as Value;
    if (kept.size >= MOST) kept.clear();
    kept.set(key, value);
    return value;
  };
}
