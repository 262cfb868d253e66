import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../core/config/config.ts';

/** Usual ports may be taken, or need rights, where someone only looks around: what nobody named may be any. */
export async function demoPorts(
  config: Config,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Partial<Config>> {
  const { mqttPort, snmpTrapPort, portalPort, radiusAuthPort, radiusAcctPort } = config;
  const isNamed = (name: string): boolean => (env[name] ?? '') !== '';
  return {
    portalPort: isNamed('SIMPUL_PORTAL_PORT') || (await isFree(portalPort)) ? portalPort : 0,
    radiusAuthPort: isNamed('SIMPUL_RADIUS_AUTH_PORT') ? radiusAuthPort : 0,
    radiusAcctPort: isNamed('SIMPUL_RADIUS_ACCT_PORT') ? radiusAcctPort : 0,
    mqttPort: isNamed('SIMPUL_MQTT_PORT') && mqttPort !== 0 ? mqttPort : await freePort(),
    snmpTrapPort: isNamed('SIMPUL_SNMP_TRAP_PORT') ? snmpTrapPort : 0,
  };
}

const isFree = (port: number): Promise<boolean> =>
  freePort(port).then(
    () => true,
    () => false,
  );

/** A port of 127.0.0.1 that nobody listens on at the moment. @throws the system's error where one is asked for and taken */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
