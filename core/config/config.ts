import { AppError } from '../domain/errors.ts';
import { Secret } from './secret.ts';

export type Config = {
  readonly dataDir: string;
  readonly bind: string;
  readonly httpPort: number;
  readonly portalPort: number;
  readonly radiusAuthPort: number;
  readonly radiusAcctPort: number;
  readonly mqttPort: number;
  /** Encrypts device credentials at rest; absent until someone stores a credential. */
  readonly secretKey: Secret | null;
  /** May hold a password, as may the two below. */
  readonly databaseUrl: Secret | null;
  readonly influxUrl: Secret | null;
  readonly mqttUrl: Secret | null;
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

function url(env: Environment, name: string, protocols: readonly string[]): Secret | null {
  const text = env[name];
  if (text === undefined || text === '') return null;
  const takes = `a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`;
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) fail(name, takes);
  return new Secret(text);
}

function secretKey(env: Environment): Secret | null {
  const text = env['SIMPUL_SECRET_KEY'];
  if (text === undefined || text === '') return null;
  if (text.length < 16) fail('SIMPUL_SECRET_KEY', 'at least 16 characters');
  return new Secret(text);
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
    mqttPort: port(env, 'SIMPUL_MQTT_PORT', 1883),
    secretKey: secretKey(env),
    databaseUrl: url(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    influxUrl: url(env, 'INFLUX_URL', ['http:', 'https:']),
    mqttUrl: url(env, 'MQTT_URL', ['mqtt:', 'mqtts:']),
  });
}
