import type { ReadingTable } from '../profile.ts';
import type { Oid } from '../snmp/value.ts';
import { type ReadingColumn, readingColumns } from './reading-columns.ts';
import { NONE, sensor } from './sensor.ts';
import { mainsFrequency } from './ups-mib.ts';

/** PowerNet-MIB (APC, Schneider Electric). */
export const POWER_NET = '1.3.6.1.4.1.318.1.1';
const UPS = `${POWER_NET}.1`;

/** The whole figure of upsAdv… where the card does not tell the same in tenths (upsHighPrec…). */
const whole = (name: string, value: Oid, tenths: Oid, text: string, id: string, scale = 1): ReadingColumn =>
  sensor(name, value, text, { id, scale, unless: { columns: [tenths], in: 'row' }, ...NONE });
const tenths = (name: string, value: Oid, text: string, id: string): ReadingColumn =>
  sensor(name, value, text, { id, scale: 0.1, ...NONE });

const battery = readingColumns([
  sensor('state', `${UPS}.2.1.1`, 'Battery', { id: 'battery' }),
  // Hundredths of a second.
  sensor('runtime', `${UPS}.2.1.2`, 'Time on battery', { id: 'on-battery', scale: 1 / 6_000 }),
  sensor('runtime', `${UPS}.2.2.3`, 'Battery time remaining', { id: 'remaining', scale: 1 / 6_000 }),
  sensor('state', `${UPS}.2.2.4`, 'Battery replacement', { id: 'replace-battery' }),
  sensor('count', `${UPS}.2.2.5`, 'Battery packs', { id: 'battery-packs', ...NONE }),
  sensor('count', `${UPS}.2.2.6`, 'Bad battery packs', { id: 'bad-battery-packs', ...NONE }),
  tenths('charge', `${UPS}.2.3.1`, 'Battery', 'battery'),
  whole('charge', `${UPS}.2.2.1`, `${UPS}.2.3.1`, 'Battery', 'battery'),
  tenths('temperature', `${UPS}.2.3.2`, 'Battery', 'battery'),
  whole('temperature', `${UPS}.2.2.2`, `${UPS}.2.3.2`, 'Battery', 'battery'),
  tenths('voltage', `${UPS}.2.3.4`, 'Battery', 'battery'),
  whole('voltage', `${UPS}.2.2.8`, `${UPS}.2.3.4`, 'Battery', 'battery'),
  tenths('current', `${UPS}.2.3.5`, 'Battery', 'battery'),
  whole('current', `${UPS}.2.2.9`, `${UPS}.2.3.5`, 'Battery', 'battery'),
]);

const lines = readingColumns([
  tenths('voltage', `${UPS}.3.3.1`, 'Input', 'input'),
  whole('voltage', `${UPS}.3.2.1`, `${UPS}.3.3.1`, 'Input', 'input'),
  tenths('frequency', `${UPS}.3.3.4`, 'Input', 'input'),
  whole('frequency', `${UPS}.3.2.4`, `${UPS}.3.3.4`, 'Input', 'input'),
  sensor('state', `${UPS}.3.2.5`, 'Cause of the last transfer', { id: 'transfer-cause' }),
  sensor('state', `${UPS}.4.1.1`, 'Output', { id: 'output' }),
  tenths('voltage', `${UPS}.4.3.1`, 'Output', 'output'),
  whole('voltage', `${UPS}.4.2.1`, `${UPS}.4.3.1`, 'Output', 'output'),
  tenths('frequency', `${UPS}.4.3.2`, 'Output', 'output'),
  whole('frequency', `${UPS}.4.2.2`, `${UPS}.4.3.2`, 'Output', 'output'),
  tenths('load', `${UPS}.4.3.3`, 'Output', 'output'),
  whole('load', `${UPS}.4.2.3`, `${UPS}.4.3.3`, 'Output', 'output'),
  tenths('current', `${UPS}.4.3.4`, 'Output', 'output'),
  whole('current', `${UPS}.4.2.4`, `${UPS}.4.3.4`, 'Output', 'output'),
  sensor('power', `${UPS}.4.2.8`, 'Output', { id: 'output', ...NONE }),
  sensor('power', `${UPS}.4.2.9`, 'Output, apparent', { id: 'output-apparent', ...NONE }),
  sensor('state', `${UPS}.7.2.3`, 'Self-test', { id: 'test' }),
]);

/** A device with one phase tells it among its scalars too. */
const severalRows = (table: ReadingTable): ReadingTable => ({
  ...table,
  read: (rows, context) => (rows.size > 1 ? table.read(rows, context) : []),
});

const INPUT = `${UPS}.9.2.3.1`;
const OUTPUT = `${UPS}.9.3.3.1`;
/** upsPhaseInputPhaseTable and upsPhaseOutputPhaseTable: table, module, phase. */
const phases = severalRows(
  readingColumns([
    sensor('voltage', `${INPUT}.3`, 'Input phase $index', { id: 'input-phase', ...NONE }),
    sensor('current', `${INPUT}.6`, 'Input phase $index', { id: 'input-phase', scale: 0.1, ...NONE }),
    sensor('voltage', `${OUTPUT}.3`, 'Output phase $index', { id: 'output-phase', ...NONE }),
    sensor('current', `${OUTPUT}.4`, 'Output phase $index', { id: 'output-phase', scale: 0.1, ...NONE }),
    sensor('load', `${OUTPUT}.10`, 'Output phase $index', { id: 'output-phase', ...NONE }),
    sensor('power', `${OUTPUT}.13`, 'Output phase $index', { id: 'output-phase', ...NONE }),
  ]),
);
/** upsPhaseInputTable and upsPhaseOutputTable: feeds. */
const feeds = readingColumns([
  sensor('frequency', `${UPS}.9.2.2.1.4`, 'Input $index', {
    id: 'input-feed',
    convert: mainsFrequency,
    unless: { columns: [`${UPS}.3.3.4`], in: 'device' },
    ...NONE,
  }),
  sensor('frequency', `${UPS}.9.3.2.1.4`, 'Output $index', {
    id: 'output-feed',
    convert: mainsFrequency,
    unless: { columns: [`${UPS}.4.3.2`], in: 'device' },
    ...NONE,
  }),
]);
const outletGroups = readingColumns([
  sensor('state', `${UPS}.12.3.2.1.3`, 'Outlets', { id: 'outlets', label: `${UPS}.12.3.2.1.2` }),
]);

const ATS = `${POWER_NET}.8.5`;
/** Automatic transfer switches: two inputs, one output. */
const transferSwitch = readingColumns([
  sensor('state', `${ATS}.1.2`, 'Selected source', { id: 'source' }),
  sensor('state', `${ATS}.1.3`, 'Redundancy', { id: 'redundancy' }),
  sensor('frequency', `${ATS}.3.2.1.4`, 'Input $index', { id: 'input', ...NONE }),
  sensor('voltage', `${ATS}.3.3.1.3`, 'Input $index', { id: 'input', ...NONE }),
  sensor('frequency', `${ATS}.4.2.1.4`, 'Output', { id: 'output', ...NONE }),
  sensor('voltage', `${ATS}.4.3.1.3`, 'Output', { id: 'output', ...NONE }),
  sensor('current', `${ATS}.4.3.1.4`, 'Output', { id: 'output', scale: 0.1, ...NONE }),
  sensor('load', `${ATS}.4.3.1.10`, 'Output', { id: 'output', ...NONE }),
  sensor('power', `${ATS}.4.3.1.13`, 'Output', { id: 'output', ...NONE }),
]);

/** UPS and transfer switches. */
export const powerNetUps: readonly ReadingTable[] = [battery, lines, phases, feeds, outletGroups, transferSwitch];
