import type { Profile } from '../profile.ts';
import { type ReadingColumn, readingColumns } from '../readings/reading-columns.ts';
import { celsius, sensor } from '../readings/sensor.ts';
import { numberOf, type Oid, textOf } from '../snmp/value.ts';

const AKCP = '1.3.6.1.4.1.3854';
/** SPAGENT-MIB, sensorProbe: what 8 and more ports have plugged in. */
const PROBE = `${AKCP}.1.2.2.1`;
const TEMPERATURE = `${PROBE}.16.1`;
const HUMIDITY = `${PROBE}.17.1`;
const SWITCH = `${PROBE}.18.1`;
const ONLINE = /^1$/;

const sensorProbe = readingColumns([
  sensor('temperature', `${TEMPERATURE}.14`, '', {
    id: 'probe',
    label: `${TEMPERATURE}.1`,
    where: { column: `${TEMPERATURE}.5`, is: ONLINE },
    uses: [`${TEMPERATURE}.12`],
    // Tenths of the degree that the probe is set to: 0 Fahrenheit, 1 Celsius.
    convert: (tenths, cell) => degrees(tenths / 10, numberOf(cell(`${TEMPERATURE}.12`)) === 0),
  }),
  sensor('temperature', `${TEMPERATURE}.3`, '', {
    id: 'probe',
    label: `${TEMPERATURE}.1`,
    where: { column: `${TEMPERATURE}.5`, is: ONLINE },
    unless: { columns: [`${TEMPERATURE}.14`], in: 'row' },
    uses: [`${TEMPERATURE}.12`],
    convert: (whole, cell) => degrees(whole, numberOf(cell(`${TEMPERATURE}.12`)) === 0),
  }),
  sensor('humidity', `${HUMIDITY}.3`, '', {
    id: 'probe',
    label: `${HUMIDITY}.1`,
    where: { column: `${HUMIDITY}.5`, is: ONLINE },
  }),
  sensor('state', `${SWITCH}.3`, '', {
    id: 'switch',
    label: `${SWITCH}.1`,
    where: { column: `${SWITCH}.4`, is: ONLINE },
  }),
]);

const degrees = (value: number, isFahrenheit: boolean): number => (isFahrenheit ? celsius(value) : value);

/** The tables of securityProbe (below 2) and of sensorProbe+ (below 3) are of one shape: text, value, unit, state. */
function tables(id: string, base: Oid): ReadingColumn[] {
  const temperature = `${base}.2.1`;
  const humidity = `${base}.3.1`;
  const isFahrenheit = { uses: [`${temperature}.5`] } as const;
  return [
    sensor('temperature', `${temperature}.20`, '', {
      id,
      label: `${temperature}.2`,
      where: { column: `${temperature}.8`, is: ONLINE },
      ...isFahrenheit,
      convert: (tenths, cell) => degrees(tenths / 10, textOf(cell(`${temperature}.5`)).startsWith('F')),
    }),
    sensor('temperature', `${temperature}.4`, '', {
      id,
      label: `${temperature}.2`,
      where: { column: `${temperature}.8`, is: ONLINE },
      unless: { columns: [`${temperature}.20`], in: 'row' },
      ...isFahrenheit,
      convert: (whole, cell) => degrees(whole, textOf(cell(`${temperature}.5`)).startsWith('F')),
    }),
    sensor('humidity', `${humidity}.4`, '', {
      id,
      label: `${humidity}.2`,
      where: { column: `${humidity}.8`, is: ONLINE },
    }),
  ];
}

/** AKCP's sensorProbe, securityProbe and sensorProbe+. */
export const profile: Profile = {
  match: [{ objectId: AKCP }],
  identity: {
    vendor: [{ text: 'AKCP' }],
    os: [{ text: 'akcp' }],
    model: [
      { oids: [`${AKCP}.1.1.6.0`, `${AKCP}.1.1.8.0`], join: ' ' },
      { from: 'sysDescr', pattern: /^(\S+(?: [\w-]*V\d+\w*)?)/, text: 'AKCP $1' },
    ],
    version: [{ from: 'sysDescr', pattern: /\s(\d+\.\d+\.\d+)\s/ }],
    serial: [],
  },
  readings: [sensorProbe, readingColumns([...tables('security', `${AKCP}.2.3`), ...tables('plus', `${AKCP}.3.5`)])],
};
