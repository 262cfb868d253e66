import type { Profile } from '../profile.ts';
import { type ReadingColumn, readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { UPS_IDENT, UPS_MIB, upsMib } from '../readings/ups-mib.ts';

const LIEBERT = '1.3.6.1.4.1.476.1.42';
const AGENT = `${LIEBERT}.2.1`;

/** LIEBERT-GP-FLEXIBLE-MIB: any point as a name, a text and a unit; imperial twins of the metric ones are left out. */
const FLEXIBLE = `${LIEBERT}.3.9.20.1`;
const point = (name: string, unit: RegExp, rest: Partial<ReadingColumn> = {}): ReadingColumn =>
  sensor(name, `${FLEXIBLE}.20`, '', {
    id: 'point',
    label: `${FLEXIBLE}.10`,
    where: { column: `${FLEXIBLE}.30`, is: unit },
    inText: /^-?\d+(?:\.\d+)?$/,
    ...rest,
  });
/** UPS-MIB, which these cards speak too, tells the lines. */
const ALONE = { unless: { columns: [`${UPS_MIB}.4.4.1.2`], in: 'device' } } as const;
const points = readingColumns([
  point('power', /^kW$/, { scale: 1_000 }),
  point('power', /^W$/),
  point('voltage', /^V ?(AC|DC)?$/, ALONE),
  point('current', /^A( ?(AC|DC))?$/, ALONE),
  point('frequency', /^Hz$/, ALONE),
  point('runtime', /^min$/, ALONE),
  point('percent', /^%$/),
  point('humidity', /^% ?RH$/i),
  point('temperature', /^deg C$/, { unless: { columns: [`${LIEBERT}.3.4.1.3.3.1.3`], in: 'device' } }),
  point('fanspeed', /^rpm$/i),
  // LIEBERT-GP-ENVIRONMENTAL-MIB, in degrees.
  sensor('temperature', `${LIEBERT}.3.4.1.3.3.1.3`, 'Temperature $index', { id: 'environment' }),
  sensor('humidity', `${LIEBERT}.3.4.2.2.3.1.3`, 'Humidity $index', { id: 'environment' }),
]);

const GROUP = `${LIEBERT}.3.5.2.2.1`;
const PHASE = `${LIEBERT}.3.5.2.3.1`;
/** 0xffffffff and 0x7fffffff: not measured. */
const MISSING = { absent: [0xffff_ffff, 0x7fff_ffff, -1] } as const;
/** LIEBERT-GP-POWER-MIB: measurement points of distribution cabinets, and their phases. */
const power = readingColumns([
  sensor('frequency', `${GROUP}.6`, 'Point $index', { id: 'group', ...MISSING }),
  sensor('power', `${GROUP}.7`, 'Point $index, apparent', { id: 'group-apparent', scale: 1_000, ...MISSING }),
  sensor('power', `${GROUP}.8`, 'Point $index', { id: 'group', scale: 1_000, ...MISSING }),
  sensor('power_factor', `${GROUP}.9`, 'Point $index', { id: 'group', scale: 0.01, ...MISSING }),
  sensor('power_consumed', `${GROUP}.10`, 'Point $index', { id: 'group', ...MISSING }),
  sensor('current', `${GROUP}.12`, 'Point $index, neutral', { id: 'group-neutral', ...MISSING }),
  sensor('current', `${GROUP}.13`, 'Point $index, ground', { id: 'group-ground', scale: 0.1, ...MISSING }),
  sensor('voltage', `${PHASE}.4`, 'Line $index to line', { id: 'line', ...MISSING }),
  sensor('voltage', `${PHASE}.5`, 'Line $index to neutral', { id: 'neutral', ...MISSING }),
  sensor('current', `${PHASE}.6`, 'Line $index', { id: 'line', ...MISSING }),
  sensor('percent', `${PHASE}.7`, 'Load of line $index', { id: 'load', ...MISSING }),
  sensor('percent', `${PHASE}.10`, 'Voltage distortion of line $index', { id: 'voltage', scale: 0.1, ...MISSING }),
  sensor('percent', `${PHASE}.11`, 'Current distortion of line $index', { id: 'current', scale: 0.1, ...MISSING }),
]);

/** Liebert's (Emerson's, Vertiv's) UPS, coolers and distribution cabinets. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.476.1.42' }],
  identity: {
    vendor: [{ text: 'Liebert' }],
    os: [{ text: 'liebert' }],
    model: [{ oid: `${AGENT}.2.0` }, { oid: UPS_IDENT.model }],
    version: [{ oid: `${AGENT}.3.0` }],
    serial: [{ oid: `${AGENT}.4.0` }],
  },
  readings: [...upsMib, points, power],
};
