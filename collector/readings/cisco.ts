import type { ReadingTable } from '../profile.ts';
import type { Oid } from '../snmp/value.ts';
import { ciscoEntitySensors } from './entity-sensors.ts';
import { poeBudget } from './power-ethernet.ts';
import { readingColumns } from './reading-columns.ts';
import { sensor } from './sensor.ts';
import { freeOf, usage, usedBeside } from './usage.ts';

const CISCO: Oid = '1.3.6.1.4.1.9.9';
const PHYSICAL_NAME: Oid = '1.3.6.1.2.1.47.1.1.1.1.7';

/** CISCO-PROCESS-MIB; older software lacks the columns with Rev in their names. */
const PROCESSOR: Oid = `${CISCO}.109.1.1.1.1`;
const CORE: Oid = `${CISCO}.109.1.1.2.1`;
/** CISCO-MEMORY-POOL-MIB and CISCO-ENHANCED-MEMPOOL-MIB, which tell of the same. */
const POOL: Oid = `${CISCO}.48.1.1.1`;
const ENHANCED: Oid = `${CISCO}.221.1.1.1.1`;
/** CISCO-FLASH-MIB: sizes of 32 bits, and of 64. */
const FLASH: Oid = `${CISCO}.10.1.1.4.1.1`;

const usages: readonly ReadingTable[] = [
  readingColumns([
    usage('processor', `${CORE}.5`, 'Processor core $index'),
    usage('processor', `${PROCESSOR}.8`, 'Processor $index', { unless: { columns: [`${CORE}.5`], in: 'device' } }),
    usage('processor', `${PROCESSOR}.5`, 'Processor $index', {
      unless: { columns: [`${CORE}.5`, `${PROCESSOR}.8`], in: 'device' },
    }),
  ]),
  // CISCO-ENTITY-QFP-MIB: the data plane, over 5 minutes.
  readingColumns([
    usage('processor', `${CISCO}.715.1.1.6.1.14`, 'Data plane $index', { rows: /^(\d+)\.3$/, id: 'qfp' }),
  ]),
  readingColumns([
    usage('memory', `${ENHANCED}.18`, '', { label: `${ENHANCED}.3`, ...usedBeside(`${ENHANCED}.20`) }),
    usage('memory', `${ENHANCED}.7`, '', {
      label: `${ENHANCED}.3`,
      ...usedBeside(`${ENHANCED}.8`),
      unless: { columns: [`${ENHANCED}.18`], in: 'device' },
    }),
    usage('memory', `${POOL}.5`, '', {
      label: `${POOL}.2`,
      ...usedBeside(`${POOL}.6`),
      unless: { columns: [`${ENHANCED}.18`, `${ENHANCED}.7`], in: 'device' },
    }),
  ]),
  readingColumns([
    usage('storage', `${FLASH}.14`, '', { label: `${FLASH}.10`, ...freeOf(`${FLASH}.13`) }),
    usage('storage', `${FLASH}.5`, '', {
      label: `${FLASH}.10`,
      ...freeOf(`${FLASH}.4`),
      unless: { columns: [`${FLASH}.14`], in: 'row' },
    }),
  ]),
];

/** CISCO-ENVMON-MIB */
const ENVIRONMENT: Oid = `${CISCO}.13.1`;
const NOT_PRESENT = { absent: [5] } as const;

const environment: readonly ReadingTable[] = [
  readingColumns([
    sensor('voltage', `${ENVIRONMENT}.2.1.3`, '', {
      label: `${ENVIRONMENT}.2.1.2`,
      id: 'envmon',
      scale: 0.001,
      limits: { low: `${ENVIRONMENT}.2.1.4`, high: `${ENVIRONMENT}.2.1.5` },
    }),
  ]),
  readingColumns([
    sensor('temperature', `${ENVIRONMENT}.3.1.3`, '', {
      label: `${ENVIRONMENT}.3.1.2`,
      id: 'envmon',
      absent: [0],
      limits: { high: `${ENVIRONMENT}.3.1.4` },
    }),
    sensor('state', `${ENVIRONMENT}.3.1.6`, '', { label: `${ENVIRONMENT}.3.1.2`, id: 'temperature', ...NOT_PRESENT }),
  ]),
  readingColumns([
    sensor('state', `${ENVIRONMENT}.4.1.3`, '', { label: `${ENVIRONMENT}.4.1.2`, id: 'fan', ...NOT_PRESENT }),
  ]),
  readingColumns([
    sensor('state', `${ENVIRONMENT}.5.1.3`, '', { label: `${ENVIRONMENT}.5.1.2`, id: 'power-supply', ...NOT_PRESENT }),
  ]),
  // CISCO-ENTITY-FRU-CONTROL-MIB
  readingColumns([
    sensor('state', `${CISCO}.117.1.1.2.1.2`, '', { label: PHYSICAL_NAME, id: 'fru-power' }),
    sensor('state', `${CISCO}.117.1.2.1.1.2`, '', { label: PHYSICAL_NAME, id: 'module' }),
    sensor('state', `${CISCO}.117.1.4.1.1.1`, '', { label: PHYSICAL_NAME, id: 'fan-tray' }),
  ]),
  // CISCO-STACKWISE-MIB
  readingColumns([sensor('state', `${CISCO}.500.1.1.3`, 'Stack ring redundant', { id: 'stack-ring' })]),
  readingColumns([sensor('state', `${CISCO}.500.1.2.1.1.6`, 'Stack member $index', { id: 'stack-member' })]),
  readingColumns([
    sensor('state', `${CISCO}.500.1.2.2.1.1`, '', { label: { ifIndexAt: 0 }, says: 'stack port', id: 'stack-port' }),
  ]),
  readingColumns([sensor('count', `${CISCO}.402.1.4.1`, 'Powered devices', { id: 'poe' })]),
];

/** CISCO-WAN-3G-MIB and CISCO-WAN-CELL-EXT-MIB: a row a modem. */
const CELL: Oid = `${CISCO}.661.1`;
const LTE: Oid = `${CISCO}.817.1.1.1.1.1`;
const NO_SIGNAL = { absent: [0, -9999, 2 ** 31 - 1] } as const;

const cellular: ReadingTable = readingColumns([
  { group: 'wireless', class: 'rssi', value: `${CELL}.3.4.1.1.1`, label: PHYSICAL_NAME, ...NO_SIGNAL },
  { group: 'wireless', class: 'channel', value: `${CELL}.3.4.1.1.4`, label: PHYSICAL_NAME },
  { group: 'wireless', class: 'rsrp', value: `${LTE}.1`, label: PHYSICAL_NAME, ...NO_SIGNAL },
  { group: 'wireless', class: 'rsrq', value: `${LTE}.2`, label: PHYSICAL_NAME, scale: 0.1, ...NO_SIGNAL },
  { group: 'wireless', class: 'snr', value: `${LTE}.3`, label: PHYSICAL_NAME, scale: 0.1, absent: [-9999] },
  sensor('temperature', `${CELL}.1.1.12`, '', { label: PHYSICAL_NAME, id: 'modem', absent: [0] }),
  sensor('state', `${CELL}.3.1.1.6`, '', { label: PHYSICAL_NAME, id: 'modem' }),
  sensor('state', `${CELL}.3.2.1.5`, '', { label: PHYSICAL_NAME, says: 'packet service', id: 'packet-service' }),
  sensor('state', `${CELL}.3.2.1.6`, '', { label: PHYSICAL_NAME, says: 'roaming', id: 'roaming' }),
  sensor('state', `${CELL}.3.5.1.1.2`, '', { label: PHYSICAL_NAME, says: 'SIM', id: 'sim' }),
]);

/** What the MIBs that most systems of Cisco share tell. */
export const ciscoReadings: readonly ReadingTable[] = [
  ...usages,
  ...environment,
  ciscoEntitySensors,
  cellular,
  poeBudget,
];
