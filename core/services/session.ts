import { createHash, randomBytes } from 'node:crypto';
import type { Account } from '../contract/session.ts';
import { type Clock, DAY, HOUR, MINUTE } from '../domain/clock.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';

/** A session ends so long after its last request, and in any case so long after the sign-in. */
export const SESSION_IDLE_MS = 12 * HOUR;
export const SESSION_MAX_MS = 30 * DAY;
/** The moment of the last request is written at most this often. */
const TOUCH_EVERY_MS = MINUTE;

export type SessionDeps = { readonly sessions: Inventory['sessions']; readonly clock: Clock };
export type OpenedSession = { readonly token: string; readonly expiresAt: number };

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const expiry = (createdAt: number, now: number): number => Math.min(createdAt + SESSION_MAX_MS, now + SESSION_IDLE_MS);

/** @returns the token for the cookie, 32 random bytes: the store keeps only its hash */
export async function openSession({ sessions, clock }: SessionDeps, accountId: string): Promise<OpenedSession> {
  const token = randomBytes(32).toString('base64url');
  const now = clock();
  await sessions.removeExpired(now);
  await sessions.create({ tokenHash: hashOf(token), accountId, createdAt: now, expiresAt: expiry(now, now) });
  return { token, expiresAt: now + SESSION_MAX_MS };
}

/**
 * Whose session this is; null where it is unknown, over, or its account disabled.
 * @param options.touch whether looking counts as being there
 */
export async function readSession(
  { sessions, clock }: SessionDeps,
  token: string,
  options: { readonly touch: boolean } = { touch: true },
): Promise<Account | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const tokenHash = hashOf(token);
  const now = clock();
  const session = await sessions.find(tokenHash, now);
  if (session === null || session.createdAt + SESSION_MAX_MS <= now) return null;
  if (options.touch && now - session.lastSeenAt >= TOUCH_EVERY_MS) {
    await sessions.touch(tokenHash, now, expiry(session.createdAt, now));
  }
  return session.account;
}

export const endSession = ({ sessions }: Pick<SessionDeps, 'sessions'>, token: string): Promise<void> =>
  sessions.remove(hashOf(token));
