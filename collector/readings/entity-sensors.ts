import { defineTable, type ProbeReading, type ReadingLimits, type ReadingTable } from '../profile.ts';
import { numberOf, type Oid, textOf } from '../snmp/value.ts';
import type { TableRow } from '../snmp/walk.ts';
import { unitOf } from './units.ts';

const PHYSICAL_DESCR: Oid = '1.3.6.1.2.1.47.1.1.1.1.2';
const PHYSICAL_NAME: Oid = '1.3.6.1.2.1.47.1.1.1.1.7';
const ENTITY_SENSOR: Oid = '1.3.6.1.2.1.99.1.1.1';
const CISCO_SENSOR: Oid = '1.3.6.1.4.1.9.9.91.1.1.1.1';
const CISCO_THRESHOLD: Oid = '1.3.6.1.4.1.9.9.91.1.2.1.1';

type SensorColumn = 'type' | 'scale' | 'precision' | 'value' | 'status' | 'display' | 'name' | 'descr';
type ThresholdColumn = 'severity' | 'relation' | 'threshold';
type Row = TableRow<SensorColumn | ThresholdColumn>;

/** EntitySensorDataType (RFC 3433); Cisco, and others after it, add 14. Airflow and enumerations have no class here. */
const CLASS_OF_TYPE: Readonly<Record<number, string>> = {
  3: 'voltage',
  4: 'voltage',
  5: 'current',
  6: 'power',
  7: 'frequency',
  8: 'temperature',
  9: 'humidity',
  10: 'fanspeed',
  12: 'state',
  14: 'dbm',
};
/** What agents write as their unit where the type has no word for it. */
const CLASS_OF_DISPLAY: readonly (readonly [RegExp, string])[] = [
  [/\bdBm\b/i, 'dbm'],
  [/%|\bpercent/i, 'percent'],
];
const OTHER_TYPES = [1, 2, 10];
const STATUS_OK = 1;
/** EntitySensorDataScale: 9 is 1, each step a factor of 1,000. */
const SCALE_OF_UNITS = 9;
/** What RFC 3433 has an agent answer above and below what it can tell. */
const OVERFLOW = 1_000_000_000;

/** Sensors of ENTITY-SENSOR-MIB (RFC 3433), under the names that ENTITY-MIB (RFC 6933) gives them. */
export const entitySensors: ReadingTable = defineTable<SensorColumn>({
  columns: {
    type: `${ENTITY_SENSOR}.1`,
    scale: `${ENTITY_SENSOR}.2`,
    precision: `${ENTITY_SENSOR}.3`,
    value: `${ENTITY_SENSOR}.4`,
    status: `${ENTITY_SENSOR}.5`,
    display: `${ENTITY_SENSOR}.6`,
    name: PHYSICAL_NAME,
    descr: PHYSICAL_DESCR,
  },
  dynamic: ['value', 'status'],
  wants: isSensor,
  read: (rows) => readingsOf(rows, 'entity'),
});

/**
 * Sensors of CISCO-ENTITY-SENSOR-MIB with their thresholds (entSensorThresholdTable, whose rows are those of the sensors
 * and one number more). IOS XE shows most of them in ENTITY-SENSOR-MIB too: read one of both.
 */
export const ciscoEntitySensors: ReadingTable = defineTable<SensorColumn | ThresholdColumn>({
  columns: {
    type: `${CISCO_SENSOR}.1`,
    scale: `${CISCO_SENSOR}.2`,
    precision: `${CISCO_SENSOR}.3`,
    value: `${CISCO_SENSOR}.4`,
    status: `${CISCO_SENSOR}.5`,
    display: `${CISCO_SENSOR}.6`,
    name: PHYSICAL_NAME,
    descr: PHYSICAL_DESCR,
    severity: `${CISCO_THRESHOLD}.2`,
    relation: `${CISCO_THRESHOLD}.3`,
    threshold: `${CISCO_THRESHOLD}.4`,
  },
  dynamic: ['value', 'status'],
  wants: isSensor,
  read: (rows) => readingsOf(rows, 'cisco', thresholdsOf(rows)),
});

function isSensor(row: Row): boolean {
  return row.value !== undefined && classOf(row) !== null;
}

function classOf(row: Row): string | null {
  const type = numberOf(row.type);
  if (type === null) return null;
  if (OTHER_TYPES.includes(type)) {
    const display = textOf(row.display);
    const found = CLASS_OF_DISPLAY.find(([pattern]) => pattern.test(display));
    if (found !== undefined) return found[1];
  }
  return CLASS_OF_TYPE[type] ?? null;
}

/** Scale and precision are each left out by some agents, and then stand for whole units. */
const factorOf = (row: Row): number =>
  10 ** (3 * ((numberOf(row.scale) ?? SCALE_OF_UNITS) - SCALE_OF_UNITS) - (numberOf(row.precision) ?? 0));

// Powers of ten leave tails that no sensor has.
const inUnit = (raw: number, factor: number): number => Number((raw * factor).toPrecision(12));

function readingsOf(
  rows: ReadonlyMap<string, Row>,
  source: string,
  thresholds: ReadonlyMap<string, readonly Threshold[]> = new Map(),
): ProbeReading[] {
  const readings: ProbeReading[] = [];
  for (const [index, row] of rows) {
    const name = classOf(row);
    const raw = numberOf(row.value);
    if (name === null || raw === null || Math.abs(raw) >= OVERFLOW) continue;
    if ((numberOf(row.status) ?? STATUS_OK) !== STATUS_OK) continue;
    const factor = name === 'state' ? 1 : factorOf(row);
    const limits = limitsOf(thresholds.get(index) ?? [], factor);
    readings.push({
      group: 'sensor',
      class: name,
      index: `${source}.${index}`,
      value: inUnit(raw, factor),
      unit: unitOf('sensor', name),
      label: (textOf(row.name) || textOf(row.descr) || name).replaceAll(/\s+/g, ' ').trim(),
      ...(limits === null ? {} : { limits }),
    });
  }
  return readings;
}

type Threshold = { readonly severity: number; readonly relation: number; readonly value: number };
/** CiscoSeverity: other 1, minor 10, major 20, critical 30. */
const LEAST_ALARM = 20;

function thresholdsOf(rows: ReadonlyMap<string, Row>): ReadonlyMap<string, readonly Threshold[]> {
  const found = new Map<string, Threshold[]>();
  for (const [index, row] of rows) {
    const [severity, relation, value] = [numberOf(row.severity), numberOf(row.relation), numberOf(row.threshold)];
    if (severity === null || relation === null || value === null) continue;
    const sensor = index.slice(0, index.lastIndexOf('.'));
    found.set(sensor, [...(found.get(sensor) ?? []), { severity, relation, value }]);
  }
  return found;
}

/** SensorThresholdRelation: 1 and 2 are below, 3 and 4 above, the others equal and not. Of several the nearest counts. */
function limitsOf(thresholds: readonly Threshold[], factor: number): ReadingLimits | null {
  const nearest = (isAlarm: boolean, relations: readonly number[]): number | undefined => {
    const values = thresholds
      .filter(({ severity, relation }) => severity >= LEAST_ALARM === isAlarm && relations.includes(relation))
      .map(({ value }) => inUnit(value, factor));
    if (values.length === 0) return undefined;
    return relations.includes(1) ? Math.max(...values) : Math.min(...values);
  };
  const low = nearest(true, [1, 2]);
  const lowWarning = nearest(false, [1, 2]);
  const highWarning = nearest(false, [3, 4]);
  const high = nearest(true, [3, 4]);
  const limits = {
    ...(low === undefined ? {} : { low }),
    ...(lowWarning === undefined ? {} : { lowWarning }),
    ...(highWarning === undefined ? {} : { highWarning }),
    ...(high === undefined ? {} : { high }),
  };
  return Object.keys(limits).length === 0 ? null : limits;
}
