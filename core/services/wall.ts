import { createHash, randomBytes } from 'node:crypto';
import type { Wall, WallForm } from '../contract/walls.ts';
import { type Clock, MINUTE } from '../domain/clock.ts';
import { AppError } from '../domain/errors.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import { attemptLimiter } from './attempt-limiter.ts';

export type WallServiceDeps = { readonly walls: Inventory['walls']; readonly clock: Clock };

const WALLS_MOST = 100;
const WINDOW_MS = 15 * MINUTE;
/** A wall asks every five seconds, and one office has several behind one address. */
const ASKING = {
  pair: { attempts: 6_000, windowMs: WINDOW_MS },
  name: { attempts: 20_000, windowMs: WINDOW_MS },
  address: { attempts: 20_000, windowMs: WINDOW_MS },
};
/** Tokens that open nothing: a revoked wall goes on asking, slowly. */
const GUESSING = {
  pair: { attempts: 60, windowMs: WINDOW_MS },
  name: { attempts: 600, windowMs: WINDOW_MS },
  address: { attempts: 120, windowMs: WINDOW_MS },
};

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * @returns the token, which is kept nowhere: the store has its hash
 * @throws AppError `conflict` where there are too many
 */
export async function makeWall(
  { walls, clock }: WallServiceDeps,
  form: WallForm,
): Promise<{ readonly token: string; readonly wall: Wall }> {
  if ((await walls.list('')).length >= WALLS_MOST)
    throw new AppError('conflict', `there are at most ${WALLS_MOST} walls: revoke one first`);
  const token = randomBytes(32).toString('base64url');
  return { token, wall: await walls.create(form, hashOf(token), clock()) };
}

/** Lets in who has the token of a wall, so often and no more; the moment it was seen is written once a minute. */
export function wallDoor({ walls, clock }: WallServiceDeps) {
  const asking = attemptLimiter(clock, ASKING);
  const guessing = attemptLimiter(clock, GUESSING);
  /**
   * @param address of whoever asks
   * @throws AppError `not-found` for a token that is unknown or revoked; `too-many-requests`
   */
  return async (token: string, address: string): Promise<Wall> => {
    const hash = hashOf(token);
    const waitMs = Math.max(asking.take(hash, address), guessing.take(hash, address));
    if (waitMs > 0)
      throw new AppError('too-many-requests', 'this wall is asked for too often', { retryAfterMs: waitMs });
    const wall = await walls.find(hash);
    if (wall === null) throw new AppError('not-found', 'there is no such wall');
    guessing.forgive(hash, address);
    const now = clock();
    if (wall.seenAt === null || now - wall.seenAt >= MINUTE) await walls.touch(wall.id, now);
    return wall;
  };
}
