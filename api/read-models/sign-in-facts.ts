import type { OwnSession, SignInFacts } from '../../core/contract/security.ts';
import type { Account } from '../../core/contract/session.ts';
import type { SecondFactor } from '../../core/services/second-factor.ts';
import type { OwnSession as StoredSession } from '../../core/stores/inventory/sessions.ts';
import type { SignInFacts as StoredFacts } from '../../core/stores/inventory/sign-ins.ts';

/** What whoever it is about may know of how an account signs in. */
export const factsOf = (stored: StoredFacts, account: Account, { isRequired }: SecondFactor): SignInFacts => ({
  email: stored.email,
  isBound: stored.subject !== null,
  hasPassword: stored.hasPassword,
  secondFactorSince: stored.secondFactorSince,
  secondFactorRequired: isRequired(account, stored.secondFactorRequired),
  recoveryLeft: stored.recoveryLeft,
});

/** The one that asks first. */
export const sessionsOf = (stored: readonly StoredSession[], currentId: string | null): OwnSession[] =>
  stored
    .map((session) => ({ ...session, isThis: session.id === currentId }))
    .sort((a, b) => Number(b.isThis) - Number(a.isThis));
