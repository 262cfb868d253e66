import { defineTable, type ProbeReading, type ReadingTable } from '../profile.ts';
import { type Oid, textOf } from '../snmp/value.ts';
import { unitOf } from './units.ts';

/** fgHwSensorTable (FORTINET-FORTIGATE-MIB): names and figures as text, without a word of what they measure. */
const SENSOR: Oid = '1.3.6.1.4.1.12356.101.4.3.2.1';

const CLASSES: readonly (readonly [RegExp, string])[] = [
  [/te?mp|thermal|\bDTS\b|DTS\d|^T[DR]\d|LM75|^CPU Core/i, 'temperature'],
  [/\bfan|^fan/i, 'fanspeed'],
  [/\d\s?V\b|\dV\d|V\d|V(?:CC|DD|TT|SA|IN|OUT|BAT|CORE|IO|PP)|\bPVSA/i, 'voltage'],
];

/** What a sensor measures, by its name; null where that cannot be told. */
export const fortinetSensorClass = (name: string): string | null =>
  CLASSES.find(([pattern]) => pattern.test(name))?.[1] ?? null;

export const fortinetSensors: ReadingTable = defineTable({
  columns: { name: `${SENSOR}.2`, value: `${SENSOR}.3`, alarm: `${SENSOR}.4` },
  dynamic: ['value', 'alarm'],
  read: (rows) =>
    [...rows].flatMap(([index, row]) => {
      const name = textOf(row.name).replaceAll(/\s+/g, ' ').trim();
      const readings: ProbeReading[] = [];
      const add = (kind: string, value: number): void => {
        readings.push({
          group: 'sensor',
          class: kind,
          index,
          value,
          unit: unitOf('sensor', kind),
          label: name || index,
        });
      };
      const kind = fortinetSensorClass(name);
      const text = textOf(row.value).trim();
      // What is not fitted tells 0, or a word.
      if (kind !== null && /^-?\d+(\.\d+)?$/.test(text) && Number(text) !== 0) add(kind, Number(text));
      if (row.alarm?.type === 'integer') add('state', row.alarm.value);
      return readings;
    }),
});
