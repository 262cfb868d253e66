import { Secret } from '../../core/config/secret.ts';
import type { OpenCredential } from '../../core/stores/inventory/credentials.ts';
import { AUTH_PROTOCOLS, PRIV_PROTOCOLS, type SnmpSecurity } from './client.ts';

const known = new WeakMap<OpenCredential, SnmpSecurity>();
export const SNMP_CREDENTIALS: readonly string[] = ['snmp-v1', 'snmp-v2c', 'snmp-v3'];

/** Null for credentials of other protocols. The same credential gives the same object, whose encodings can be kept. */
export function securityOf(credential: OpenCredential | null): SnmpSecurity | null {
  if (credential === null) return null;
  const found = known.get(credential) ?? toSecurity(credential);
  if (found !== null) known.set(credential, found);
  return found;
}

function toSecurity({ kind, settings }: OpenCredential): SnmpSecurity | null {
  const text = (name: string): string => {
    const value = settings[name];
    return value instanceof Secret ? value.reveal() : String(value ?? '');
  };
  const secret = (name: string): Secret => {
    const value = settings[name];
    return value instanceof Secret ? value : new Secret(String(value ?? ''));
  };
  switch (kind) {
    case 'snmp-v1':
      return { version: '1', community: secret('community') };
    case 'snmp-v2c':
      return { version: '2c', community: secret('community') };
    case 'snmp-v3': {
      const base = { version: '3', user: text('user'), context: text('context') } as const;
      const authProtocol = AUTH_PROTOCOLS.find((protocol) => protocol === text('authProtocol'));
      const privProtocol = PRIV_PROTOCOLS.find((protocol) => protocol === text('privProtocol'));
      if (text('level') === 'noAuthNoPriv' || authProtocol === undefined) return { ...base, level: 'noAuthNoPriv' };
      const auth = { ...base, authProtocol, authKey: secret('authKey') };
      if (text('level') === 'authNoPriv' || privProtocol === undefined) return { ...auth, level: 'authNoPriv' };
      return { ...auth, level: 'authPriv', privProtocol, privKey: secret('privKey') };
    }
    default:
      return null;
  }
}
