import { Secret } from '../../core/config/secret.ts';
import type { OpenCredential } from '../../core/stores/inventory/credentials.ts';
import type { RouterOsTarget } from './target.ts';
import { defaultPort, TLS_MODES } from './tls.ts';

export const ROUTEROS_CREDENTIAL = 'routeros';

/** How to sign in to a router. @returns null for credentials of other protocols */
export function signInOf(credential: OpenCredential | null): Omit<RouterOsTarget, 'address' | 'host'> | null {
  if (credential?.kind !== ROUTEROS_CREDENTIAL) return null;
  const { user, password, tls: mode, port, ca } = credential.settings;
  const tls = TLS_MODES.find((known) => known === mode) ?? 'off';
  return {
    user: String(user ?? ''),
    password: password instanceof Secret ? password : new Secret(String(password ?? '')),
    tls,
    port: typeof port === 'number' ? port : defaultPort(tls),
    ca: typeof ca === 'string' && ca !== '' ? ca : null,
  };
}
