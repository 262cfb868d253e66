import type { Profile, ReadingTable } from '../profile.ts';
import { hrStorage } from '../readings/host-resources.ts';
import { virtualChassisPorts } from '../readings/juniper-ports.ts';
import { opticsColumns } from '../readings/optics.ts';
import { poeBudget } from '../readings/power-ethernet.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';
import { numberOf, type SnmpValue } from '../snmp/value.ts';

const JUNIPER = '1.3.6.1.4.1.2636.3';
/** jnxOperatingTable: boards, fans and power supplies. */
const OPERATING = `${JUNIPER}.1.13.1`;
const NAME = `${OPERATING}.5`;
/** jnxFruTable */
const FRU = `${JUNIPER}.1.15.1`;
/** jnxDomCurrentTable, by ifIndex, and jnxDomCurrentLaneTable, by ifIndex and lane. */
const DOM = `${JUNIPER}.60.1.1.1.1`;
const LANE = `${JUNIPER}.60.1.2.1.1`;
/** jnxJsSPUMonitoringObjectsTable: flow processors of firewalls. */
const SPU = `${JUNIPER}.39.1.12.1.1.1`;

/** Thermometers repeat the use of the board that they sit on. */
const BOARDS = { where: { column: NAME, is: /^(?!.*\bsensor\b)/i } } as const;
const MEMORY = `${OPERATING}.11`;
/** What has no processor and no memory tells 0 of both. */
const ofBoard = (percent: number, cell: (column: string) => SnmpValue | undefined): number | null =>
  (numberOf(cell(MEMORY)) ?? 0) > 0 ? percent : null;

/** Without packages, which are images that are full by nature, and devices. */
const disks: ReadingTable = {
  ...hrStorage,
  read: (rows, context) =>
    hrStorage
      .read(rows, context)
      .filter(({ label }) => !/^(?:devfs|procfs)|mounted on: \/(?:packages|dev|proc)\b/.test(label)),
};

const limits = (first: number) => ({
  high: `${DOM}.${first}`,
  low: `${DOM}.${first + 1}`,
  highWarning: `${DOM}.${first + 2}`,
  lowWarning: `${DOM}.${first + 3}`,
});

/** Switches, routers and firewalls of Juniper with Junos. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.2636' }, { objectId: '0.0', descr: /JUNOS/ }, { descr: /kernel JUNOS/ }],
  identity: {
    vendor: [{ text: 'Juniper' }],
    os: [{ text: 'junos' }],
    model: [
      { oid: `${JUNIPER}.1.2.0` },
      { from: 'sysDescr', pattern: /Juniper Networks, Inc\. (\S+)/, text: 'Juniper $1' },
    ],
    version: [
      // jnxVirtualChassisMemberSWVersion
      { oid: `${JUNIPER}.40.1.4.1.1.1.5.0` },
      { from: 'sysDescr', pattern: /JUNOS ([^\s,]+)/ },
    ],
    serial: [{ oid: `${JUNIPER}.1.3.0` }],
  },
  ports: { tables: [virtualChassisPorts] },
  readings: [
    readingColumns([
      usage('processor', `${OPERATING}.8`, '', { label: NAME, uses: [MEMORY], convert: ofBoard, ...BOARDS }),
      usage('memory', MEMORY, '', { label: NAME, absent: [0], ...BOARDS }),
      sensor('temperature', `${OPERATING}.7`, '', { label: NAME, id: 'operating', absent: [0] }),
    ]),
    disks,
    // Empty slots are 2.
    readingColumns([sensor('state', `${FRU}.8`, '', { label: `${FRU}.5`, id: 'fru', absent: [2] })]),
    readingColumns([
      sensor('state', `${JUNIPER}.4.2.2.1`, 'Yellow alarm', { id: 'yellow-alarm' }),
      sensor('state', `${JUNIPER}.4.2.3.1`, 'Red alarm', { id: 'red-alarm' }),
    ]),
    readingColumns([sensor('state', `${JUNIPER}.40.1.4.1.1.1.3`, 'Virtual chassis member $index', { id: 'member' })]),
    readingColumns([
      usage('processor', `${SPU}.4`, 'Flow processor $index', { id: 'spu' }),
      usage('memory', `${SPU}.5`, 'Flow processor $index', { id: 'spu' }),
      sensor('count', `${SPU}.6`, 'Flow processor $index sessions', { id: 'spu' }),
    ]),
    readingColumns(
      opticsColumns({
        label: { ifIndexAt: 0 },
        rx: { value: `${DOM}.5`, scale: 0.01, limits: limits(9) },
        bias: { value: `${DOM}.6`, scale: 1e-6, limits: limits(13) },
        tx: { value: `${DOM}.7`, scale: 0.01, limits: limits(17) },
        temperature: { value: `${DOM}.8`, limits: limits(21) },
        voltage: { value: `${DOM}.25`, scale: 0.001, absent: [0], limits: limits(26) },
      }),
    ),
    readingColumns(
      opticsColumns({
        label: { ifIndexAt: 0 },
        id: 'lane',
        rx: { value: `${LANE}.6`, scale: 0.01 },
        tx: { value: `${LANE}.8`, scale: 0.01 },
      }),
    ),
    poeBudget,
  ],
};
