import { Secret } from '../core/config/secret.ts';
import type { OpenCredential } from '../core/stores/inventory/credentials.ts';

export const PASSWORD_CREDENTIALS: readonly string[] = ['password'];
export type PasswordLogin = { readonly user: string; readonly password: Secret };

/** Null for credentials of other kinds. */
export function passwordOf(credential: OpenCredential | null): PasswordLogin | null {
  if (credential === null || !PASSWORD_CREDENTIALS.includes(credential.kind)) return null;
  const { user = '', password } = credential.settings;
  return { user: String(user), password: password instanceof Secret ? password : new Secret(String(password ?? '')) };
}

/** Value of an Authorization header of the scheme Basic (RFC 7617). */
export const basicAuthorization = ({ user, password }: PasswordLogin): Secret =>
  new Secret(`Basic ${Buffer.from(`${user}:${password.reveal()}`, 'utf8').toString('base64')}`);
