import { InvalidArgumentError, Option } from 'commander';
import { probeHost } from '../../../collector/probe-host.ts';
import { loadProfiles } from '../../../collector/profile.ts';
import { createResolver } from '../../../collector/resolve.ts';
import {
  AUTH_PROTOCOLS,
  type AuthProtocol,
  PRIV_PROTOCOLS,
  type PrivProtocol,
  type SnmpSecurity,
} from '../../../collector/snmp/client.ts';
import { Secret } from '../../../core/config/secret.ts';
import type { ProbeOptions, ProbeProtocol } from './protocol.ts';

export type SnmpOptions = ProbeOptions & {
  readonly snmpVersion: '1' | '2c' | '3';
  readonly snmpCommunity: string;
  readonly snmpUser?: string;
  readonly snmpLevel?: 'noAuthNoPriv' | 'authNoPriv' | 'authPriv';
  readonly authProtocol: AuthProtocol;
  readonly authKey?: string;
  readonly privProtocol: PrivProtocol;
  readonly privKey?: string;
  readonly context: string;
};

const LEVELS = ['noAuthNoPriv', 'authNoPriv', 'authPriv'] as const;
const PORT = 161;

/** What is asked where no other protocol is named. */
export const snmp: ProbeProtocol<SnmpOptions> = {
  addOptions: (command) =>
    void command
      .addOption(new Option('--snmp-version <version>', 'version of SNMP').choices(['1', '2c', '3']).default('2c'))
      .option('--snmp-community <community>', 'community (versions 1 and 2c)', 'public')
      .option('--snmp-user <name>', 'user (version 3)')
      .addOption(new Option('--snmp-level <level>', 'version 3; follows from the keys when absent').choices(LEVELS))
      .addOption(new Option('--auth-protocol <protocol>').choices(AUTH_PROTOCOLS).default('sha'))
      .option('--auth-key <passphrase>', 'passphrase that signs (version 3)')
      .addOption(new Option('--priv-protocol <protocol>').choices(PRIV_PROTOCOLS).default('aes'))
      .option('--priv-key <passphrase>', 'passphrase that encrypts (version 3)')
      .option('--context <name>', 'context (version 3)', ''),
  isChosen: () => true,
  async ask(host, options) {
    const address = await createResolver(Date.now)(host);
    const { port = PORT, timeout, retries } = options;
    const target = { address, port, security: securityOf(options), timeoutMs: timeout, retries };
    return await probeHost(target, await loadProfiles());
  },
  explain(error, host, { port = PORT, snmpVersion, timeout }) {
    switch (error.failure) {
      case 'timeout':
        return snmpVersion === '3'
          ? `${host} port ${port} did not answer within ${timeout} ms: is an agent there, and is the privacy key right?`
          : `${host} port ${port} did not answer within ${timeout} ms: is an agent there, and is the community right?`;
      case 'auth':
        return `${host} refuses: user, keys, protocols, level or context are not those of its agent`;
      case 'no-such-host':
        return `no address is known for ${host}`;
      case 'unreachable':
      case 'refused':
        return `${host} cannot be reached`;
      case 'bad-answer':
        return `${host} answered what cannot be read (${error.detail ?? 'unknown'})`;
      case 'not-supported':
        return error.message;
    }
  },
};

function securityOf(options: SnmpOptions): SnmpSecurity {
  const { snmpVersion: version, snmpUser: user, context, authKey, privKey, authProtocol, privProtocol } = options;
  if (version !== '3') return { version, community: new Secret(options.snmpCommunity) };
  if (user === undefined) throw new InvalidArgumentError('version 3 needs --snmp-user');
  const level =
    options.snmpLevel ?? (privKey !== undefined ? 'authPriv' : authKey !== undefined ? 'authNoPriv' : 'noAuthNoPriv');
  if (level === 'noAuthNoPriv') return { version, user, context, level };
  if (authKey === undefined) throw new InvalidArgumentError(`${level} needs --auth-key`);
  const auth = { version, user, context, authProtocol, authKey: new Secret(authKey) } as const;
  if (level === 'authNoPriv') return { ...auth, level };
  if (privKey === undefined) throw new InvalidArgumentError('authPriv needs --priv-key');
  return { ...auth, level, privProtocol, privKey: new Secret(privKey) };
}
