import { randomFillSync } from 'node:crypto';
import { MAX_REQUEST_ID, MIN_REQUEST_ID } from './message.ts';

/** Ids that nobody can guess, so that nobody can answer for a device without having heard the question. */
export function createRequestIds(): () => number {
  const pool = new Uint32Array(1024);
  let used = pool.length;
  return () => {
    if (used >= pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    return MIN_REQUEST_ID + ((pool[used++] ?? 0) % (MAX_REQUEST_ID - MIN_REQUEST_ID));
  };
}
