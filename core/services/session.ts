import { createHash, randomBytes } from 'node:crypto';
import type { Account } from '../contract/session.ts';
import { type Clock, DAY, HOUR, MINUTE } from '../domain/clock.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import type { Session, SessionPlace, SessionStage, SessionWay } from '../stores/inventory/sessions.ts';

/** A session ends so long after its last request, and in any case so long after the sign-in. */
export const SESSION_IDLE_MS = 12 * HOUR;
export const SESSION_MAX_MS = 30 * DAY;
/** The moment of the last request is written at most this often. */
const TOUCH_EVERY_MS = MINUTE;
/** For the second step of a sign-in. */
const STEP_MS = 10 * MINUTE;

export type SessionDeps = { readonly sessions: Inventory['sessions']; readonly clock: Clock };
export type OpenedSession = { readonly token: string; readonly expiresAt: number };

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const expiry = (createdAt: number, now: number): number => Math.min(createdAt + SESSION_MAX_MS, now + SESSION_IDLE_MS);

/** What is known of a session that is opened. */
export type SessionOpening = Partial<SessionPlace> & { readonly stage?: SessionStage; readonly way?: SessionWay };

/** @returns the token for the cookie, 32 random bytes: the store keeps only its hash */
export async function openSession(
  { sessions, clock }: SessionDeps,
  accountId: string,
  opening: SessionOpening = {},
): Promise<OpenedSession> {
  const token = randomBytes(32).toString('base64url');
  const now = clock();
  const isFull = (opening.stage ?? 'full') === 'full';
  await sessions.removeExpired(now);
  await sessions.create({
    ...opening,
    tokenHash: hashOf(token),
    accountId,
    createdAt: now,
    expiresAt: isFull ? expiry(now, now) : now + STEP_MS,
  });
  return { token, expiresAt: now + SESSION_MAX_MS };
}

/** A session in whatever stage; null where it is unknown, over, or its account disabled. */
export async function findSession({ sessions, clock }: SessionDeps, token: string): Promise<Session | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const now = clock();
  const session = await sessions.find(hashOf(token), now);
  return session === null || session.createdAt + SESSION_MAX_MS <= now ? null : session;
}

/**
 * Whose session this is; null where it is unknown, over, or its account disabled, and while its second step is open.
 * @param options.touch whether looking counts as being there
 */
export async function readSession(
  deps: SessionDeps,
  token: string,
  options: { readonly touch: boolean } = { touch: true },
): Promise<Account | null> {
  const session = await findSession(deps, token);
  if (session === null || session.stage !== 'full') return null;
  const now = deps.clock();
  if (options.touch && now - session.lastSeenAt >= TOUCH_EVERY_MS) {
    await deps.sessions.touch(hashOf(token), now, expiry(session.createdAt, now));
  }
  return session.account;
}

export const endSession = ({ sessions }: Pick<SessionDeps, 'sessions'>, token: string): Promise<void> =>
  sessions.remove(hashOf(token));

/** @returns how many sessions of the account ended: all but the one of `token` */
export const endOtherSessions = (
  { sessions }: Pick<SessionDeps, 'sessions'>,
  accountId: string,
  token: string | null,
): Promise<number> => sessions.removeAll(accountId, token === null ? '' : hashOf(token));
