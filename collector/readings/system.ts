import { BadReadingError } from '../snmp/bad-reading.ts';
import { readObjects } from '../snmp/objects.ts';
import { numberOf, type Oid, type SnmpValue, textOf } from '../snmp/value.ts';
import type { Walker } from '../snmp/walk.ts';

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
const SYS_DESCR: Oid = '1.3.6.1.2.1.1.1.0';
const SYS_OBJECT_ID: Oid = '1.3.6.1.2.1.1.2.0';
const SYS_NAME: Oid = '1.3.6.1.2.1.1.5.0';
const SYS_LOCATION: Oid = '1.3.6.1.2.1.1.6.0';
const SYSTEM: readonly Oid[] = [SYS_DESCR, SYS_OBJECT_ID, SYS_UP_TIME, SYS_NAME, SYS_LOCATION, HR_SYSTEM_UPTIME];
/** sysUpTime counts hundredths of a second in 32 bits and starts anew after 497 days. */
export const UPTIME_WRAP_S = 2 ** 32 / 100;

/** @throws ProbeError */
export async function readSystem(walker: Walker): Promise<System> {
  const objects = await readObjects(walker, SYSTEM);
  const text = (oid: Oid): string => textOf(objects.get(oid));
  const uptime = (oid: Oid): number | null => seconds(ticksOf(objects.get(oid), walker.count));
  return {
    sysDescr: text(SYS_DESCR),
    sysObjectID: text(SYS_OBJECT_ID).replace(/^\./, ''),
    sysName: text(SYS_NAME),
    sysLocation: text(SYS_LOCATION),
    uptimeS: uptime(SYS_UP_TIME),
    hostUptimeS: uptime(HR_SYSTEM_UPTIME),
  };
}

function ticksOf(value: SnmpValue | null | undefined, count: Walker['count']): number | null {
  try {
    return numberOf(value);
  } catch (error) {
    if (!(error instanceof BadReadingError)) throw error;
    count(error.reason);
    return null;
  }
}

export const seconds = (hundredths: number | null): number | null => (hundredths === null ? null : hundredths / 100);
