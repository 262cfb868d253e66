import { createHash } from 'node:crypto';

/**
 * Gives the same object for the same content. What is shared must not be changed by anyone.
 * @param content plain JSON that tells values apart; the value itself when absent
 * @param owner values of different owners are never the same
 */
export type Share = <Value extends object>(value: Value, content?: unknown, owner?: object) => Value;

/** So many different contents are kept; devices come in far fewer kinds. */
const MOST = 4_000;

/**
 * Thousands of devices of one model are asked for the same objects: sharing what says so keeps memory small, and what
 * the processor needs for the next device near at hand.
 */
export function createSharing(): Share {
  const kept = new Map<string, object>();
  const owners = new WeakMap<object, number>();
  let lastOwner = 0;
  function numberOf(owner: object): number {
    const number = owners.get(owner) ?? ++lastOwner;
    owners.set(owner, number);
    return number;
  }
  return <Value extends object>(value: Value, content: unknown = value, owner?: object): Value => {
    const digest = createHash('sha1').update(JSON.stringify(content)).digest('base64');
    const key = owner === undefined ? digest : `${numberOf(owner)}/${digest}`;
    const known = kept.get(key);
    // The same content has the same shape.
    if (known !== undefined) return known as Value;
    if (kept.size >= MOST) kept.clear();
    kept.set(key, value);
    return value;
  };
}
