import type { Config } from '../core/config/config.ts';
import { AppError } from '../core/domain/errors.ts';

export const ROLES = ['collector', 'api', 'portal'] as const;
export type Role = (typeof ROLES)[number];

/** Served stores a role that runs alone needs: embedded ones serve one process. */
const NEEDED = [
  ['DATABASE_URL', 'databaseUrl'],
  ['INFLUX_URL', 'influxUrl'],
  ['MQTT_URL', 'mqttUrl'],
] as const;

/**
 * Which roles this process takes, from `--role NAME`; all of them without it, but for the captive portal where there is
 * no key to sign with.
 * @throws AppError `config` in one line for an unknown role, or for a role alone on embedded stores
 */
export function readRoles(args: readonly string[], config: Config): readonly Role[] {
  const name = roleArgument(args);
  if (name === null) return ROLES.filter((role) => role !== 'portal' || config.secretKey !== null);
  const role = ROLES.find((candidate) => candidate === name);
  if (role === undefined) throw new AppError('config', `--role takes ${ROLES.join(', ')}; not ${JSON.stringify(name)}`);
  const missing = NEEDED.filter(([, key]) => config[key] === null).map(([variable]) => variable);
  if (missing.length > 0) {
    throw new AppError(
      'config',
      `--role ${role} alone needs served stores, which several processes can share: set ${missing.join(', ')}`,
    );
  }
  return [role];
}

function roleArgument(args: readonly string[]): string | null {
  if (args.length === 0) return null;
  const [flag = '', value] = args[0]?.includes('=') ? (args[0].split('=', 2) as [string, string]) : args;
  const used = args[0]?.includes('=') ? 1 : 2;
  if (flag !== '--role' || value === undefined || args.length !== used) {
    throw new AppError('config', `start takes --role ${ROLES.join('|')} or nothing; not ${args.join(' ')}`);
  }
  return value;
}
