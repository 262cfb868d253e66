import type { SnmpClient, SnmpTarget } from '../snmp/client.ts';
import { numberOf, type Oid, textOf } from '../snmp/value.ts';

/** The system group (SNMPv2-MIB, RFC 3418). */
export type System = {
  readonly sysDescr: string;
  readonly sysObjectID: Oid;
  readonly sysName: string;
  readonly sysLocation: string;
  /** sysUpTime in seconds: since the agent started; null where the agent has none. */
  readonly uptimeS: number | null;
  /** hrSystemUptime in seconds: since the machine started; null where the agent has none. */
  readonly hostUptimeS: number | null;
};

export const SYS_UP_TIME: Oid = '1.3.6.1.2.1.1.3.0';
export const HR_SYSTEM_UPTIME: Oid = '1.3.6.1.2.1.25.1.1.0';
const SYSTEM: readonly Oid[] = [
  '1.3.6.1.2.1.1.1.0',
  '1.3.6.1.2.1.1.2.0',
  SYS_UP_TIME,
  '1.3.6.1.2.1.1.5.0',
  '1.3.6.1.2.1.1.6.0',
  HR_SYSTEM_UPTIME,
];
/** sysUpTime counts hundredths of a second in 32 bits and starts anew after 497 days. */
export const UPTIME_WRAP_S = 2 ** 32 / 100;

export async function readSystem(client: SnmpClient, target: SnmpTarget): Promise<System> {
  const [descr, objectId, upTime, name, location, hostUptime] = await client.get(target, SYSTEM);
  return {
    sysDescr: textOf(descr),
    sysObjectID: textOf(objectId),
    sysName: textOf(name),
    sysLocation: textOf(location),
    uptimeS: seconds(numberOf(upTime)),
    hostUptimeS: seconds(numberOf(hostUptime)),
  };
}

export const seconds = (hundredths: number | null): number | null => (hundredths === null ? null : hundredths / 100);
