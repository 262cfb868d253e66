import type * as links from '../../core/contract/account-security.ts';
import type { Account, SignInStep } from '../../core/contract/session.ts';
import type * as steps from '../../core/contract/sign-in-steps.ts';
import { endpoint } from './endpoint.ts';
import { signIn } from './endpoints.ts';

/** Steps of signing in, and the link that sets a password. */
export const getSignInWays = endpoint<typeof steps.getSignInWays>('GET', '/api/v1/session/ways');
export const giveSecondFactor = endpoint<typeof steps.giveSecondFactor>('POST', '/api/v1/session/code');
export const beginRequiredFactor = endpoint<typeof steps.beginRequiredFactor>('POST', '/api/v1/session/second-factor');
export const confirmRequiredFactor = endpoint<typeof steps.confirmRequiredFactor>(
  'POST',
  '/api/v1/session/second-factor/confirm',
);
export const readPasswordLink = endpoint<typeof links.readPasswordLink>('POST', '/api/v1/password-link/read');
export const setPasswordByLink = endpoint<typeof links.setPasswordByLink>('POST', '/api/v1/password-link');

/** Where the identity provider is left for: a page, not a call. */
export const oidcAddress = (to: string | undefined): string =>
  `/api/v1/session/oidc${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`;

/** What the session says after a password: somebody is in, or has a second step to take. */
export async function enter(body: { readonly name: string; readonly password: string }): Promise<{
  readonly account: Account | null;
  readonly step: SignInStep | null;
}> {
  const answer = (await signIn({ body })) as Account | { readonly step: SignInStep };
  return 'step' in answer ? { account: null, step: answer.step } : { account: answer, step: null };
}
