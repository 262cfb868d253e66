import type { Account, SignInStep } from '../contract/session.ts';
import type { Clock } from '../domain/clock.ts';
import { AppError } from '../domain/errors.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import { type AttemptLimiter, attemptLimiter } from './attempt-limiter.ts';
import { hashPassword, needsRehash, verifyPassword } from './password.ts';
import { type OpenedSession, openSession, type SessionOpening } from './session.ts';
import { turns } from './turns.ts';

export type Credentials = {
  readonly name: string;
  readonly password: string;
  /** Where the attempt comes from, for the limit per address. */
  readonly address: string;
  /** What its owner recognises the session by. */
  readonly place?: Pick<SessionOpening, 'network' | 'browser'>;
};
export type SignedIn = {
  readonly account: Account;
  readonly session: OpenedSession;
  /** What has to follow before anybody is signed in; null: nothing. */
  readonly step: SignInStep | null;
};

/** Each check of a password takes 32 MiB and a thread: more at once would only be a way to stop the server. */
const CHECKS_AT_ONCE = 2;
const CHECKS_WAITING = 32;

/**
 * Signing in by name and password. A name that does not exist costs the same work as one that does, and a wrong name,
 * a wrong password and a disabled account are told apart nowhere.
 * @returns a function that throws AppError `not-signed-in`, or `too-many-requests` with the time to wait
 */
export function createSignIn(deps: {
  readonly inventory: Pick<Inventory, 'accounts' | 'sessions'>;
  readonly clock: Clock;
  readonly limiter?: AttemptLimiter;
  /** What an account owes after its password; without it nothing. */
  readonly stepFor?: (account: Account) => Promise<SignInStep | null>;
}): (credentials: Credentials) => Promise<SignedIn> {
  const { clock } = deps;
  const { accounts, sessions } = deps.inventory;
  const limiter = deps.limiter ?? attemptLimiter(clock);
  const inTurn = turns(CHECKS_AT_ONCE, CHECKS_WAITING, 'too many sign-ins at once');
  let nobody: Promise<string> | undefined;

  return async (credentials) => {
    const name = credentials.name.trim().toLowerCase();
    const waitMs = limiter.take(name, credentials.address);
    if (waitMs > 0) {
      throw new AppError('too-many-requests', 'too many failed attempts to sign in', { retryAfterMs: waitMs });
    }
    const found = await accounts.forSignIn(name);
    nobody ??= hashPassword('nobody has this password');
    // An account that only its link or its provider opens has no password.
    const stored = found?.passwordHash || (await nobody);
    const isRight = await inTurn(() => verifyPassword(credentials.password, stored));
    if (found === null || found.passwordHash === '' || !isRight || found.disabled) {
      throw new AppError('not-signed-in', 'the name or the password is wrong');
    }
    if (needsRehash(stored)) {
      await accounts.update(found.id, { passwordHash: await inTurn(() => hashPassword(credentials.password)) });
    }
    const { passwordHash: _, ...account } = found;
    const step = (await deps.stepFor?.(account)) ?? null;
    // A password without its second step is not forgiven: guessing one is not a way to try more of the other.
    if (step !== 'code') limiter.forgive(name, credentials.address);
    const session = await openSession({ sessions, clock }, account.id, {
      ...credentials.place,
      stage: step ?? 'full',
    });
    return { account, session, step };
  };
}
