import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { ROLES, type Role } from '../contract/contract.ts';
import { AppError } from '../domain/errors.ts';
import { DEFAULT_RETENTION, type Resolution, type Retention } from '../stores/series/series-store.ts';
import { type OidcConfig, readOidc } from './oidc.ts';
import { Secret } from './secret.ts';

export type Config = {
  readonly dataDir: string;
  readonly bind: string;
  readonly httpPort: number;
  readonly portalPort: number;
  readonly radiusAuthPort: number;
  readonly radiusAcctPort: number;
  /** RADIUS over TLS; null without certificates. */
  readonly radsec: {
    readonly port: number;
    readonly certFile: string;
    readonly keyFile: string;
    readonly caFile: string;
  } | null;
  /** Door for FreeRADIUS (`rlm_rest`), which then answers gateways in our place; null: we answer them. */
  readonly radiusRest: { readonly port: number; readonly token: Secret } | null;
  readonly mqttPort: number;
  /** Where our own broker listens with TLS too; null without a certificate. */
  readonly mqttTls: { readonly port: number; readonly certFile: string; readonly keyFile: string } | null;
  /** Where SNMP traps are heard. */
  readonly snmpTrapPort: number;
  /** Encrypts device credentials at rest; absent until someone stores a credential. */
  readonly secretKey: Secret | null;
  /** May hold a password, as may the two below. */
  readonly databaseUrl: Secret | null;
  readonly influxUrl: Secret | null;
  readonly mqttUrl: Secret | null;
  /** Reverse proxies whose `X-Forwarded-*` is believed: addresses, CIDR blocks or `loopback`. Empty: none. */
  readonly trustProxy: readonly string[];
  /** Hosts that answer as long as the collector's own way out is open: `HOST` (pinged) or `tcp://HOST:PORT`. */
  readonly sentinels: readonly string[];
  /** What people know the collector of this process by. */
  readonly collectorName: string;
  /** Days that samples and their roll-ups are kept. */
  readonly retention: Retention;
  /** Where people reach the web, without a slash at its end: what links in messages begin with. */
  readonly publicUrl: string | null;
  /** Where citizens' browsers reach the captive portal, without a slash at its end; null = `http://bind:portalPort`. */
  readonly portalUrl: string | null;
  /** Whom a village officer calls; shown as it is written. */
  readonly helpPhone: string | null;
  /** Browsers report how screens feel; null = they are not asked to. Sent on to Grafana Alloy where it is named. */
  readonly rum: { readonly alloyUrl: Secret | null } | null;
  /** Days that the audit log is kept. */
  readonly auditDays: number;
  /** Roles whose accounts must have a second factor. */
  readonly requireTotp: readonly Role[];
  /** Signing in at an identity provider; null: only here. */
  readonly oidc: OidcConfig | null;
};

type Environment = Readonly<Record<string, string | undefined>>;

function fail(name: string, takes: string): never {
  throw new AppError('config', `${name} takes ${takes}`);
}

function port(env: Environment, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) fail(name, 'a port number from 0 to 65535 (0 = any free port)');
  return value;
}

function mqttTls(env: Environment): Config['mqttTls'] {
  const [certFile, keyFile] = [env['SIMPUL_MQTT_TLS_CERT'] ?? '', env['SIMPUL_MQTT_TLS_KEY'] ?? ''];
  if ((certFile === '') !== (keyFile === ''))
    fail(certFile === '' ? 'SIMPUL_MQTT_TLS_CERT' : 'SIMPUL_MQTT_TLS_KEY', 'a PEM file, as the other of the two does');
  return certFile === '' ? null : { port: port(env, 'SIMPUL_MQTT_TLS_PORT', 8883), certFile, keyFile };
}

function radsec(env: Environment): Config['radsec'] {
  const names = ['SIMPUL_RADSEC_CERT', 'SIMPUL_RADSEC_KEY', 'SIMPUL_RADSEC_CA'] as const;
  const [certFile = '', keyFile = '', caFile = ''] = names.map((name) => env[name] ?? '');
  if (certFile === '' && keyFile === '' && caFile === '') return null;
  const missing = names.find((name) => (env[name] ?? '') === '');
  if (missing !== undefined) fail(missing, 'a PEM file, as the other two of certificate, key and authority do');
  return { port: port(env, 'SIMPUL_RADSEC_PORT', 2083), certFile, keyFile, caFile };
}

function radiusRest(env: Environment): Config['radiusRest'] {
  const token = env['SIMPUL_RADIUS_TOKEN'] ?? '';
  if (token === '') return null;
  if (token.length < 16) fail('SIMPUL_RADIUS_TOKEN', 'at least 16 characters');
  return { port: port(env, 'SIMPUL_RADIUS_DOOR_PORT', 8092), token: new Secret(token) };
}

function url(env: Environment, name: string, protocols: readonly string[]): Secret | null {
  const text = env[name];
  if (text === undefined || text === '') return null;
  const takes = `a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`;
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) fail(name, takes);
  return new Secret(text);
}

function origin(env: Environment, name: string, takes: string): string | null {
  const text = env[name];
  if (text === undefined || text === '') return null;
  if (!URL.canParse(text)) fail(name, takes);
  const { protocol, username, search, hash, origin, pathname } = new URL(text);
  const isPlain = /^https?:$/.test(protocol) && username === '' && search === '' && hash === '' && pathname === '/';
  return isPlain ? origin : fail(name, takes);
}

const publicUrl = (env: Environment): string | null =>
  origin(env, 'SIMPUL_PUBLIC_URL', 'the address of the web as people open it, e.g. https://simpul.example.go.id');

const portalUrl = (env: Environment): string | null =>
  origin(
    env,
    'SIMPUL_PORTAL_URL',
    "the captive portal's address as browsers reach it, e.g. https://wifi.example.go.id",
  );

function helpPhone(env: Environment): string | null {
  const text = env['SIMPUL_HELP_PHONE']?.trim() ?? '';
  if (text !== '' && !/^\+?\d(?:[ -]?\d){4,17}$/.test(text))
    fail('SIMPUL_HELP_PHONE', 'a telephone number, e.g. 0711-351000');
  return text === '' ? null : text;
}

function rum(env: Environment): Config['rum'] {
  const text = env['SIMPUL_RUM'] ?? '';
  const alloyUrl = url(env, 'SIMPUL_ALLOY_URL', ['http:', 'https:']);
  if (text !== '' && text !== 'on' && text !== 'off') fail('SIMPUL_RUM', 'on or off');
  return text === 'on' ? { alloyUrl } : null;
}

function auditDays(env: Environment): number {
  const text = env['SIMPUL_AUDIT_DAYS'] ?? '';
  if (text !== '' && !/^[1-9]\d{1,4}$/.test(text)) fail('SIMPUL_AUDIT_DAYS', 'a number of days from 10 to 99999');
  return text === '' ? 730 : Number(text);
}

function secretKey(env: Environment): Secret | null {
  const text = env['SIMPUL_SECRET_KEY'];
  if (text === undefined || text === '') return null;
  if (text.length < 16) fail('SIMPUL_SECRET_KEY', 'at least 16 characters');
  return new Secret(text);
}

const list = (env: Environment, name: string): readonly string[] =>
  (env[name] ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function requireTotp(env: Environment): readonly Role[] {
  const names = list(env, 'SIMPUL_REQUIRE_TOTP');
  const roles = ROLES.filter((role) => names.includes(role));
  if (roles.length !== new Set(names).size) fail('SIMPUL_REQUIRE_TOTP', `roles of ${ROLES.join(', ')}, by commas`);
  if (roles.length > 0 && secretKey(env) === null) fail('SIMPUL_REQUIRE_TOTP', 'a SIMPUL_SECRET_KEY beside it');
  return roles;
}

const SENTINEL = /^(?:[\w.:-]{1,253}|tcp:\/\/[\w.-]{1,253}:\d{1,5})$/;

function sentinels(env: Environment): readonly string[] {
  const hosts = list(env, 'SIMPUL_SENTINELS');
  if (!hosts.every((host) => SENTINEL.test(host))) fail('SIMPUL_SENTINELS', 'hosts, or tcp://HOST:PORT, by commas');
  return hosts;
}

function collectorName(env: Environment): string {
  const text = env['SIMPUL_COLLECTOR_NAME']?.trim() ?? '';
  if (text === '') return hostname().slice(0, 63);
  if (text.length > 63 || !/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(text))
    fail('SIMPUL_COLLECTOR_NAME', 'a name of up to 63 letters, digits, spaces, dots, lines and underscores');
  return text;
}

function trustProxy(env: Environment): readonly string[] {
  const proxies = list(env, 'SIMPUL_TRUST_PROXY');
  const isProxy = (name: string): boolean => {
    const [address = '', bits, ...rest] = name.split('/');
    const family = isIP(address);
    const isBits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
    return name === 'loopback' || (family !== 0 && isBits && rest.length === 0);
  };
  if (!proxies.every(isProxy))
    fail('SIMPUL_TRUST_PROXY', 'addresses or CIDR blocks of proxies, or loopback, by commas');
  return proxies;
}

function retention(env: Environment): Retention {
  const days = (resolution: Resolution): number | null => {
    const name = `SIMPUL_RETENTION_${resolution.toUpperCase()}_DAYS`;
    const text = env[name];
    if (text === undefined || text === '') return DEFAULT_RETENTION[resolution];
    if (text === 'forever') return null;
    if (!/^[1-9]\d{0,4}$/.test(text)) fail(name, 'a number of days from 1 to 99999, or forever');
    return Number(text);
  };
  return { raw: days('raw'), '1m': days('1m'), '1h': days('1h'), '1d': days('1d') };
}

/**
 * Reads the environment once, into one frozen object.
 * @throws AppError `config` with one line that names the variable and what it takes, never its value
 */
export function readConfig(env: Environment, defaults: { bind: string }): Config {
  return Object.freeze({
    dataDir: env['SIMPUL_DATA_DIR'] || './data',
    bind: env['SIMPUL_BIND'] || defaults.bind,
    httpPort: port(env, 'SIMPUL_HTTP_PORT', 8080),
    portalPort: port(env, 'SIMPUL_PORTAL_PORT', 8081),
    radiusAuthPort: port(env, 'SIMPUL_RADIUS_AUTH_PORT', 1812),
    radiusAcctPort: port(env, 'SIMPUL_RADIUS_ACCT_PORT', 1813),
    radsec: radsec(env),
    radiusRest: radiusRest(env),
    mqttPort: port(env, 'SIMPUL_MQTT_PORT', 1883),
    mqttTls: mqttTls(env),
    snmpTrapPort: port(env, 'SIMPUL_SNMP_TRAP_PORT', 162),
    secretKey: secretKey(env),
    databaseUrl: url(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    influxUrl: url(env, 'INFLUX_URL', ['http:', 'https:']),
    mqttUrl: url(env, 'MQTT_URL', ['mqtt:', 'mqtts:']),
    trustProxy: trustProxy(env),
    sentinels: sentinels(env),
    collectorName: collectorName(env),
    retention: retention(env),
    publicUrl: publicUrl(env),
    portalUrl: portalUrl(env),
    helpPhone: helpPhone(env),
    rum: rum(env),
    auditDays: auditDays(env),
    requireTotp: requireTotp(env),
    oidc: readOidc(env, publicUrl(env), fail),
  });
}
