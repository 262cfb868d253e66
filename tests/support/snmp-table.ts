import type { ReadingContext } from '../../collector/profile.ts';
import type { SnmpValue } from '../../collector/snmp/value.ts';
import type { Table } from '../../collector/snmp/walk.ts';

/** Rows of a table by index, as a walk gives them. */
export const tableOf = (rows: Readonly<Record<string, Readonly<Record<string, SnmpValue>>>>): Table =>
  new Map(Object.entries(rows));

export const gauge = (value: number): SnmpValue => ({ type: 'gauge32', value });
export const text = (value: string): SnmpValue => ({ type: 'octets', value: Buffer.from(value, 'utf8') });
export const objectId = (value: string): SnmpValue => ({ type: 'oid', value });

/** A device of which nothing else is known. */
export const NO_CONTEXT: ReadingContext = {
  system: { sysDescr: '', sysObjectID: '', sysName: '', sysLocation: '', uptimeS: null, hostUptimeS: null },
  interfaces: [],
};
