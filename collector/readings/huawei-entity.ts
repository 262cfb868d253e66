import { defineTable, type ProbeReading, type ReadingTable } from '../profile.ts';
import { numberOf, type Oid, textOf } from '../snmp/value.ts';
import type { TableRow } from '../snmp/walk.ts';
import { dbmOfMilliwatts } from './optics.ts';
import { readingColumns } from './reading-columns.ts';
import { sensor } from './sensor.ts';
import { unitOf } from './units.ts';
import { usage } from './usage.ts';

/** hwEntityExtentMIB: what Huawei adds to the rows of ENTITY-MIB. */
const EXTENT: Oid = '1.3.6.1.4.1.2011.5.25.31.1.1';
const STATE: Oid = `${EXTENT}.1.1`;
const OPTICS: Oid = `${EXTENT}.3.1`;
const PHYSICAL_NAME: Oid = '1.3.6.1.2.1.47.1.1.1.1.7';

/** Rows of entities that have no such sensor hold 0, or the greatest number. */
const NONE = { absent: [0, -1, 2 ** 31 - 1] } as const;
/** Only boards with a processor have a limit for its memory. */
const HAS_MEMORY = { column: `${STATE}.9`, is: /^-?[1-9]/ } as const;

/** Boards tell their voltage in mV; those of small routers in V, with limits of 2 and 4 around 3. @returns V */
export const boardVoltage = (raw: number): number => (raw >= 100 ? raw / 1_000 : raw);

/** hwEntityStateTable, hwFanStatusTable and hwPwrStatusTable: boards, fans and power supplies. */
export const huaweiEntities: readonly ReadingTable[] = [
  readingColumns([
    usage('processor', `${STATE}.5`, '', { label: PHYSICAL_NAME, where: HAS_MEMORY }),
    usage('memory', `${STATE}.7`, '', { label: PHYSICAL_NAME, where: HAS_MEMORY }),
    sensor('temperature', `${STATE}.11`, '', {
      label: PHYSICAL_NAME,
      id: 'entity',
      ...NONE,
      limits: { low: `${STATE}.16`, high: `${STATE}.12` },
    }),
    sensor('voltage', `${STATE}.13`, '', {
      label: PHYSICAL_NAME,
      id: 'entity',
      ...NONE,
      convert: boardVoltage,
      limits: { low: `${STATE}.14`, high: `${STATE}.15` },
    }),
  ]),
  readingColumns([
    sensor('percent', `${EXTENT}.10.1.5`, 'Fan $index', { id: 'fan', absent: [-1] }),
    sensor('state', `${EXTENT}.10.1.7`, 'Fan $index', { id: 'fan' }),
  ]),
  readingColumns([sensor('state', `${EXTENT}.18.1.6`, 'Power supply $index', { id: 'power-supply' })]),
];

type OpticsColumn = 'temperature' | 'voltage' | 'bias' | 'rx' | 'tx' | 'laneRx' | 'laneTx' | 'name' | LimitColumn;
type LimitColumn = 'rxLow' | 'rxHigh' | 'txLow' | 'txHigh';

/** hwOpticalModuleInfoTable: transceivers of switches and routers. Empty cages hold -255 °C and 0 or -1 V. */
export const huaweiOptics: ReadingTable = defineTable<OpticsColumn>({
  columns: {
    temperature: `${OPTICS}.5`,
    voltage: `${OPTICS}.6`,
    bias: `${OPTICS}.7`,
    rx: `${OPTICS}.8`,
    tx: `${OPTICS}.9`,
    rxLow: `${OPTICS}.13`,
    rxHigh: `${OPTICS}.14`,
    txLow: `${OPTICS}.15`,
    txHigh: `${OPTICS}.16`,
    laneRx: `${OPTICS}.32`,
    laneTx: `${OPTICS}.33`,
    name: PHYSICAL_NAME,
  },
  dynamic: ['temperature', 'voltage', 'bias', 'rx', 'tx', 'laneRx', 'laneTx'],
  wants: isModule,
  read: (rows) => [...rows].flatMap(([index, row]) => (isModule(row) ? readModule(index, row) : [])),
});

function isModule(row: TableRow<OpticsColumn>): boolean {
  return (numberOf(row.voltage) ?? 0) > 0;
}

function readModule(index: string, row: TableRow<OpticsColumn>): readonly ProbeReading[] {
  const port = textOf(row.name) || index;
  const readings: ProbeReading[] = [];
  const add = (
    name: string,
    part: string,
    value: number | null,
    says: string,
    limits?: ProbeReading['limits'],
  ): void => {
    if (value === null || !Number.isFinite(value)) return;
    readings.push({
      group: 'sensor',
      class: name,
      index: `${part}.${index}`,
      value: Number(value.toPrecision(12)),
      unit: unitOf('sensor', name),
      label: `${port} ${says}`,
      ...(limits === undefined ? {} : { limits }),
    });
  };
  for (const side of ['rx', 'tx'] as const) {
    const limits = limitsOf(row, side);
    const lanes = lanesOf(row, side);
    if (lanes.length > 1) {
      for (const [lane, value] of lanes.entries())
        add('dbm', `${side}-lane-${lane + 1}`, value, `${side} power, lane ${lane + 1}`, limits);
    } else add('dbm', side, huaweiPower(numberOf(row[side]), lanes[0] ?? null), `${side} power`, limits);
  }
  const bias = numberOf(row.bias);
  add('current', 'bias', bias === null || bias < 0 ? null : bias / 1_000_000, 'laser bias');
  add('temperature', 'transceiver', numberOf(row.temperature), 'transceiver');
  add('voltage', 'transceiver', (numberOf(row.voltage) ?? Number.NaN) / 1_000, 'transceiver');
  return readings;
}

/** Powers of the lanes of a module, which are told as text, in hundredths of a dBm. */
const lanesOf = (row: TableRow<OpticsColumn>, side: 'rx' | 'tx'): readonly number[] =>
  textOf(row[side === 'rx' ? 'laneRx' : 'laneTx'])
    .split(',')
    .map((text) => text.trim())
    .filter((text) => /^-?\d+(\.\d+)?$/.test(text))
    .map((text) => Number(text) / 100);

/** Largest difference between a figure and the text that tells the same more finely, in dB. */
const SAME_DB = 0.3;

/**
 * Optical power of hwEntityOpticalRxPower and TxPower: routers give hundredths of a dBm, switches µW.
 * @param lane the same in dBm, from a column that not all devices have
 * @returns dBm; null where nothing is told
 */
export function huaweiPower(raw: number | null, lane: number | null): number | null {
  if (raw === null || raw === -1) return lane;
  const isHundredths = raw < 0 || (lane !== null && Math.abs(raw / 100 - lane) < SAME_DB);
  return isHundredths ? raw / 100 : dbmOfMilliwatts(raw / 1_000);
}

/** In hundredths of a dBm; -1 and 0 where there is none. */
function limitsOf(row: TableRow<OpticsColumn>, side: 'rx' | 'tx'): ProbeReading['limits'] {
  const [low, high] = [numberOf(row[`${side}Low`]), numberOf(row[`${side}High`])];
  const isLimit = (value: number | null): value is number => value !== null && value !== -1 && value !== 0;
  if (!isLimit(low) && !isLimit(high)) return undefined;
  return { ...(isLimit(low) ? { low: low / 100 } : {}), ...(isLimit(high) ? { high: high / 100 } : {}) };
}
