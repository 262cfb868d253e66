import type { ReadingTable } from '../profile.ts';
import { readingColumns } from './reading-columns.ts';
import { NONE, sensor } from './sensor.ts';
import { UPS_MIB } from './ups-mib.ts';

/** MG-SNMP-UPS-MIB: UPS of MGE, now Eaton's (small ones) and Schneider's (Galaxy). */
export const MG_UPS = '1.3.6.1.4.1.705.1';

/** upsmgIdent. */
export const MG_IDENT = {
  family: `${MG_UPS}.1.1.0`,
  model: `${MG_UPS}.1.2.0`,
  firmware: `${MG_UPS}.1.4.0`,
  serial: `${MG_UPS}.1.7.0`,
} as const;

/** Yes (1) or no (2). */
const alarm = (oid: string, text: string, id: string) => sensor('state', `${MG_UPS}.${oid}`, text, { id: `mg-${id}` });

export const mgStates: ReadingTable = readingColumns([
  alarm('5.9', 'Battery fault', 'battery-fault'),
  alarm('5.11', 'Battery to be replaced', 'battery-replacement'),
  alarm('5.14', 'Battery low', 'battery-low'),
  alarm('5.15', 'Charger fault', 'charger-fault'),
  alarm('5.16', 'Battery condition low', 'battery-condition'),
  alarm('6.3', 'Input bad', 'input-bad'),
  alarm('6.4', 'Cause of the input fault', 'input-cause'),
  alarm('7.3', 'On battery', 'on-battery'),
  alarm('7.4', 'On bypass', 'on-bypass'),
  alarm('7.7', 'Utility off', 'utility-off'),
  alarm('7.9', 'Inverter off', 'inverter-off'),
  alarm('7.10', 'Overload', 'overload'),
  alarm('7.11', 'Over temperature', 'over-temperature'),
]);

/** Battery and probes; what UPS-MIB tells too is left to it. */
export const mgBattery: ReadingTable = readingColumns([
  sensor('runtime', `${MG_UPS}.5.1`, 'Battery time remaining', {
    id: 'mg-remaining',
    scale: 1 / 60,
    unless: { columns: [`${UPS_MIB}.2.3`], in: 'row' },
    ...NONE,
  }),
  sensor('charge', `${MG_UPS}.5.2`, 'Battery', {
    id: 'mg-battery',
    unless: { columns: [`${UPS_MIB}.2.4`], in: 'row' },
    ...NONE,
  }),
  sensor('voltage', `${MG_UPS}.5.5`, 'Battery', {
    id: 'mg-battery',
    scale: 0.1,
    unless: { columns: [`${UPS_MIB}.2.5`], in: 'row' },
    ...NONE,
  }),
  sensor('current', `${MG_UPS}.5.6`, 'Battery', {
    id: 'mg-battery',
    scale: 0.1,
    unless: { columns: [`${UPS_MIB}.2.6`], in: 'row' },
  }),
  sensor('temperature', `${MG_UPS}.5.7`, 'Battery', {
    id: 'mg-battery',
    unless: { columns: [`${UPS_MIB}.2.7`], in: 'row' },
    ...NONE,
  }),
]);

const INPUT = `${MG_UPS}.6.2.1`;
const OUTPUT = `${MG_UPS}.7.2.1`;
/** Rows of phases that a UPS does not have are full of zeros. */
const LIVE = { absent: [-1, 0], scale: 0.1 } as const;

/**
 * Lines, in tenths.
 * @param load what mgoutputLoadPerPhase holds: percent, as the MIB says, or kVA, as Galaxy does
 * @param isAlone whether UPS-MIB, where there, tells the same lines
 */
export const mgLines = (load: 'percent' | 'kilovoltampere', isAlone: boolean): ReadingTable => {
  const input = isAlone ? {} : ({ unless: { columns: [`${UPS_MIB}.3.3.1.3`], in: 'device' } } as const);
  const output = isAlone ? {} : ({ unless: { columns: [`${UPS_MIB}.4.4.1.2`], in: 'device' } } as const);
  return readingColumns([
    sensor('voltage', `${INPUT}.2`, 'Input phase $index', { id: 'mg-input', ...LIVE, ...input }),
    sensor('frequency', `${INPUT}.3`, 'Input phase $index', { id: 'mg-input', ...LIVE, ...input }),
    sensor('current', `${INPUT}.6`, 'Input phase $index', { id: 'mg-input', ...LIVE, ...input }),
    sensor('voltage', `${OUTPUT}.2`, 'Output phase $index', { id: 'mg-output', ...LIVE, ...output }),
    sensor('frequency', `${OUTPUT}.3`, 'Output phase $index', { id: 'mg-output', ...LIVE, ...output }),
    load === 'percent'
      ? sensor('load', `${OUTPUT}.4`, 'Output phase $index', { id: 'mg-output', ...NONE, ...output })
      : sensor('power', `${OUTPUT}.4`, 'Output phase $index', { id: 'mg-output', scale: 1_000, ...NONE, ...output }),
    sensor('current', `${OUTPUT}.5`, 'Output phase $index', { id: 'mg-output', ...LIVE, ...output }),
  ]);
};

/** upsmgEnvironSensorTable, and the older pair of scalars: all in tenths. */
export const mgProbes: ReadingTable = readingColumns([
  sensor('temperature', `${MG_UPS}.8.1`, 'Ambient', { id: 'mg-ambient', ...LIVE }),
  sensor('humidity', `${MG_UPS}.8.2`, 'Ambient', { id: 'mg-ambient', ...LIVE }),
  sensor('temperature', `${MG_UPS}.8.7.1.3`, 'Probe $index', { id: 'mg-probe', ...LIVE }),
  sensor('humidity', `${MG_UPS}.8.7.1.6`, 'Probe $index', { id: 'mg-probe', ...LIVE }),
]);
