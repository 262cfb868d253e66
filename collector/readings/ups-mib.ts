import type { ReadingTable } from '../profile.ts';
import type { Oid } from '../snmp/value.ts';
import { type ReadingColumn, readingColumns } from './reading-columns.ts';
import { sensor } from './sensor.ts';

/** UPS-MIB (RFC 1628): what nearly every UPS card speaks, alone or beside its maker's own MIB. */
export const UPS_MIB = '1.3.6.1.2.1.33.1';

/**
 * Mains voltage, which RFC 1628 wants in whole volts: some cards give tenths. No UPS of a site feeds a kilovolt.
 * @returns V
 */
export const mainsVoltage = (raw: number): number => (raw >= 1_000 ? raw / 10 : raw);

/**
 * Voltage of a battery string, which RFC 1628 wants in tenths of a volt: some cards give whole volts. A UPS has no string
 * below 6 V.
 * @returns V
 */
export const batteryVoltage = (raw: number): number => (raw > 0 && raw < 60 ? raw : raw / 10);

/**
 * Mains frequency, which RFC 1628 wants in tenths of a hertz: some cards give whole hertz or hundredths.
 * @returns Hz
 */
export function mainsFrequency(raw: number): number {
  if (raw >= 30 && raw < 100) return raw;
  return raw >= 3_000 ? raw / 100 : raw / 10;
}

/** Degrees, which RFC 1628 wants whole: some cards give tenths. @returns °C */
export const batteryTemperature = (raw: number): number => (Math.abs(raw) > 120 ? raw / 10 : raw);

/** Share of the battery's charge, which RFC 1628 wants in whole percent: some cards give tenths. @returns % */
export const batteryCharge = (raw: number): number => (raw > 100 ? raw / 10 : raw);

const ABSENT = { absent: [-1, 0xffff_ffff] };

/** upsBattery, and the state of the whole. */
export const upsBattery: ReadingTable = readingColumns([
  sensor('state', `${UPS_MIB}.2.1`, 'Battery', { id: 'battery' }),
  sensor('runtime', `${UPS_MIB}.2.2`, 'Time on battery', { id: 'on-battery', scale: 1 / 60, ...ABSENT }),
  sensor('runtime', `${UPS_MIB}.2.3`, 'Battery time remaining', { id: 'remaining', ...ABSENT }),
  sensor('charge', `${UPS_MIB}.2.4`, 'Battery', { id: 'battery', convert: batteryCharge, ...ABSENT }),
  sensor('voltage', `${UPS_MIB}.2.5`, 'Battery', { id: 'battery', convert: batteryVoltage, ...ABSENT }),
  sensor('current', `${UPS_MIB}.2.6`, 'Battery', { id: 'battery', scale: 0.1 }),
  sensor('temperature', `${UPS_MIB}.2.7`, 'Battery', { id: 'battery', convert: batteryTemperature, ...ABSENT }),
  sensor('state', `${UPS_MIB}.4.1`, 'Output source', { id: 'output-source' }),
  sensor('frequency', `${UPS_MIB}.4.2`, 'Output', { id: 'output', convert: mainsFrequency, ...ABSENT }),
  sensor('frequency', `${UPS_MIB}.5.1`, 'Bypass', { id: 'bypass', convert: mainsFrequency, ...ABSENT }),
  sensor('count', `${UPS_MIB}.6.1`, 'Alarms', { id: 'alarms' }),
  sensor('state', `${UPS_MIB}.7.3`, 'Test', { id: 'test' }),
]);

const line = (side: string, column: Oid, first: number): ReadingColumn[] => {
  const text = `${side} $index`;
  const id = side.toLowerCase();
  return [
    sensor('voltage', `${column}.${first}`, text, { id, convert: mainsVoltage, ...ABSENT }),
    sensor('current', `${column}.${first + 1}`, text, { id, scale: 0.1, ...ABSENT }),
    sensor('power', `${column}.${first + 2}`, text, { id, ...ABSENT }),
  ];
};

/** upsInputTable, upsOutputTable, upsBypassTable: a row a line. */
export const upsLines: ReadingTable = readingColumns([
  sensor('frequency', `${UPS_MIB}.3.3.1.2`, 'Input $index', { id: 'input', convert: mainsFrequency, ...ABSENT }),
  ...line('Input', `${UPS_MIB}.3.3.1`, 3),
  ...line('Output', `${UPS_MIB}.4.4.1`, 2),
  sensor('load', `${UPS_MIB}.4.4.1.5`, 'Output $index', { id: 'output', ...ABSENT }),
  ...line('Bypass', `${UPS_MIB}.5.3.1`, 2),
]);

/** All of UPS-MIB. */
export const upsMib: readonly ReadingTable[] = [upsBattery, upsLines];

/** upsIdent: where the card has no better. */
export const UPS_IDENT = {
  manufacturer: `${UPS_MIB}.1.1.0`,
  model: `${UPS_MIB}.1.2.0`,
  upsVersion: `${UPS_MIB}.1.3.0`,
  agentVersion: `${UPS_MIB}.1.4.0`,
} as const;
