import type { ReadingTable } from '../profile.ts';
import type { Oid } from '../snmp/value.ts';
import { type ReadingColumn, readingColumns } from './reading-columns.ts';
import { NONE, sensor } from './sensor.ts';
import { mainsFrequency, UPS_MIB } from './ups-mib.ts';

/** XUPS-MIB: Eaton's, Powerware's and Exide's UPS cards. */
export const XUPS = '1.3.6.1.4.1.534.1';

/** xupsIdent. */
export const XUPS_IDENT = {
  model: `${XUPS}.1.2.0`,
  software: `${XUPS}.1.3.0`,
  serial: `${XUPS}.1.6.0`,
  card: `${XUPS}.14.2.0`,
} as const;

/** What UPS-MIB, which most of these cards speak as well, tells better is left to it. */
const beside = (column: Oid): Partial<ReadingColumn> => ({
  unless: { columns: [`${UPS_MIB}.${column}`], in: 'row' },
  ...NONE,
});

/** Battery, frequencies, load. */
const scalars: ReadingTable = readingColumns([
  sensor('runtime', `${XUPS}.2.1`, 'Battery time remaining', { id: 'x-remaining', scale: 1 / 60, ...beside('2.3') }),
  sensor('voltage', `${XUPS}.2.2`, 'Battery', { id: 'x-battery', ...beside('2.5') }),
  sensor('current', `${XUPS}.2.3`, 'Battery', { id: 'x-battery', unless: { columns: [`${UPS_MIB}.2.6`], in: 'row' } }),
  sensor('charge', `${XUPS}.2.4`, 'Battery', { id: 'x-battery', ...beside('2.4') }),
  // 1 charging, 2 discharging, 3 floating, 4 resting, 5 unknown.
  sensor('state', `${XUPS}.2.5`, 'Charger', { id: 'x-charger' }),
  sensor('frequency', `${XUPS}.3.1`, 'Input', {
    id: 'x-input',
    convert: mainsFrequency,
    unless: { columns: [`${UPS_MIB}.3.3.1.2`], in: 'device' },
    ...NONE,
  }),
  sensor('frequency', `${XUPS}.4.2`, 'Output', { id: 'x-output', convert: mainsFrequency, ...beside('4.2') }),
  sensor('frequency', `${XUPS}.5.1`, 'Bypass', { id: 'x-bypass', convert: mainsFrequency, ...beside('5.1') }),
  sensor('load', `${XUPS}.4.1`, 'Output', {
    id: 'x-output',
    unless: { columns: [`${UPS_MIB}.4.4.1.5`], in: 'device' },
    ...NONE,
  }),
  sensor('state', `${XUPS}.4.5`, 'Output source', { id: 'x-output-source', ...beside('4.1') }),
  sensor('power_consumed', `${XUPS}.4.7`, 'Output', { id: 'x-output', scale: 0.001, ...NONE }),
  sensor('count', `${XUPS}.7.1`, 'Alarms', { id: 'x-alarms' }),
  sensor('state', `${XUPS}.8.2`, 'Battery test', { id: 'x-test' }),
]);

/**
 * @param standard the first column (volts) of UPS-MIB's table of the same lines
 * @param tenths the column of tenths of amperes, which older cards lack; whole amperes are in `amperes`
 */
const line = (side: string, table: Oid, standard: [Oid, number], tenths: number, amperes?: number): ReadingColumn[] => {
  const [column, first] = standard;
  const text = `${side} phase $index`;
  const id = `x-${side.toLowerCase()}`;
  const better = `${column}.${first + 1}`;
  const whole = { unless: { columns: [`${UPS_MIB}.${better}`, `${table}.${tenths}`], in: 'row' }, ...NONE } as const;
  return [
    sensor('voltage', `${table}.2`, text, { id, ...beside(`${column}.${first}`) }),
    sensor('current', `${table}.${tenths}`, text, { id, scale: 0.1, ...beside(better) }),
    ...(amperes === undefined ? [] : [sensor('current', `${table}.${amperes}`, text, { id, ...whole })]),
  ];
};

const lines: ReadingTable = readingColumns([
  ...line('Input', `${XUPS}.3.4.1`, ['3.3.1', 3], 7, 3),
  sensor('power', `${XUPS}.3.4.1.4`, 'Input phase $index', { id: 'x-input', ...beside('3.3.1.5') }),
  ...line('Output', `${XUPS}.4.4.1`, ['4.4.1', 2], 7, 3),
  sensor('power', `${XUPS}.4.4.1.4`, 'Output phase $index', { id: 'x-output', ...beside('4.4.1.4') }),
  sensor('load', `${XUPS}.4.4.1.8`, 'Output phase $index', { id: 'x-output-phase', ...beside('4.4.1.5') }),
  ...line('Bypass', `${XUPS}.5.3.1`, ['5.3.1', 2], 5),
  sensor('power', `${XUPS}.5.3.1.6`, 'Bypass phase $index', { id: 'x-bypass', ...beside('5.3.1.4') }),
]);

/** Tenths of a degree, or of a kelvin (the card's choice). @returns °C */
const probeTemperature = (raw: number): number => (raw > 2_000 ? raw / 10 - 273.15 : raw / 10);

const PROBE = '1.3.6.1.4.1.534.6.8.1';
/** The card's own probe (Eaton-EMP-MIB), dry contacts, and probes on the card's bus (EATON-SENSOR-MIB). */
const probes: ReadingTable = readingColumns([
  sensor('temperature', `${XUPS}.6.1`, 'Ambient', { id: 'ambient' }),
  sensor('humidity', `${XUPS}.6.4`, 'Ambient', { id: 'ambient', absent: [-1, 0] }),
  sensor('temperature', `${XUPS}.6.5`, 'Remote probe', { id: 'remote' }),
  sensor('humidity', `${XUPS}.6.6`, 'Remote probe', { id: 'remote', absent: [-1, 0] }),
  // 1 open, 2 closed, 3 open with notice, 4 closed with notice.
  sensor('state', `${XUPS}.6.8.1.3`, 'Contact $index', { id: 'contact', label: `${XUPS}.6.8.1.4` }),
  sensor('temperature', `${PROBE}.2.3.1.3`, '', { id: 'probe', label: `${PROBE}.2.2.1.1`, convert: probeTemperature }),
  sensor('humidity', `${PROBE}.3.3.1.3`, '', { id: 'probe', label: `${PROBE}.3.2.1.1`, scale: 0.1 }),
]);

/** All of XUPS-MIB. */
export const xups: readonly ReadingTable[] = [scalars, lines, probes];
