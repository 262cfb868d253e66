import { Command, InvalidArgumentError, Option } from 'commander';
import { type ProbeReport, probeHost } from '../../collector/probe-host.ts';
import { loadProfiles } from '../../collector/profile.ts';
import { createResolver } from '../../collector/resolve.ts';
import {
  AUTH_PROTOCOLS,
  type AuthProtocol,
  PRIV_PROTOCOLS,
  type PrivProtocol,
  type SnmpSecurity,
} from '../../collector/snmp/client.ts';
import { Secret } from '../../core/config/secret.ts';
import { ProbeError } from '../../core/domain/errors.ts';

type Options = {
  readonly port: number;
  readonly snmpVersion: '1' | '2c' | '3';
  readonly snmpCommunity: string;
  readonly snmpUser?: string;
  readonly snmpLevel?: 'noAuthNoPriv' | 'authNoPriv' | 'authPriv';
  readonly authProtocol: AuthProtocol;
  readonly authKey?: string;
  readonly privProtocol: PrivProtocol;
  readonly privKey?: string;
  readonly context: string;
  readonly timeout: number;
  readonly retries: number;
  readonly json?: true;
};

const LEVELS = ['noAuthNoPriv', 'authNoPriv', 'authPriv'] as const;

/** `simpul probe HOST`: asks one device once and prints all that its profile understands. */
export function probeCommand(
  { print }: { readonly print: (text: string) => void } = { print: (text) => void process.stdout.write(text) },
): Command {
  return new Command('probe')
    .description('ask one device once over SNMP and print what its profile understands')
    .argument('<host>', 'name or address of the device')
    .option('--port <port>', 'UDP port of its agent', whole(1, 65_535), 161)
    .addOption(new Option('--snmp-version <version>', 'version of SNMP').choices(['1', '2c', '3']).default('2c'))
    .option('--snmp-community <community>', 'community (versions 1 and 2c)', 'public')
    .option('--snmp-user <name>', 'user (version 3)')
    .addOption(new Option('--snmp-level <level>', 'version 3; follows from the keys when absent').choices(LEVELS))
    .addOption(new Option('--auth-protocol <protocol>').choices(AUTH_PROTOCOLS).default('sha'))
    .option('--auth-key <passphrase>', 'passphrase that signs (version 3)')
    .addOption(new Option('--priv-protocol <protocol>').choices(PRIV_PROTOCOLS).default('aes'))
    .option('--priv-key <passphrase>', 'passphrase that encrypts (version 3)')
    .option('--context <name>', 'context (version 3)', '')
    .option('--timeout <ms>', 'how long to wait for one answer', whole(50, 60_000), 2_000)
    .option('--retries <count>', 'how often a question is repeated', whole(0, 10), 1)
    .option('--json', 'print one JSON object')
    .action(async (host: string, options: Options, command: Command) => {
      try {
        const address = await createResolver(Date.now)(host);
        const { port, timeout, retries } = options;
        const target = { address, port, security: securityOf(options), timeoutMs: timeout, retries };
        const report = await probeHost(target, await loadProfiles());
        print(options.json ? `${JSON.stringify(report)}\n` : `${table(report)}\n`);
      } catch (error) {
        if (error instanceof ProbeError) command.error(`error: ${explain(error, host, options)}`);
        if (error instanceof InvalidArgumentError) command.error(`error: ${error.message}`);
        throw error;
      }
    });
}

const whole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
  return value;
};

function securityOf(options: Options): SnmpSecurity {
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

/** One line that says what to look at. */
function explain(error: ProbeError, host: string, { port, snmpVersion, timeout }: Options): string {
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
}

function table({ device, interfaces, readings }: ProbeReport): string {
  const head = Object.entries(device).map(([key, value]) => [key, String(value ?? '–')]);
  const ports = interfaces.map((port) => [
    String(port.index),
    port.name,
    port.type,
    port.operStatus ?? '–',
    port.speedBps === null ? '–' : `${port.speedBps / 1_000_000} Mbit/s`,
    port.inOctets ?? '–',
    port.outOctets ?? '–',
  ]);
  const values = readings.map(({ group, class: kind, index, value, unit, label }) => [
    group,
    kind,
    index,
    `${value}${unit === '' ? '' : ` ${unit}`}`,
    label,
  ]);
  return [
    align(head),
    align([['index', 'interface', 'type', 'state', 'speed', 'in octets', 'out octets'], ...ports]),
    align([['group', 'class', 'index', 'value', 'label'], ...values]),
  ].join('\n\n');
}

function align(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
