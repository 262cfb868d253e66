import type { Profile } from '../profile.ts';
import { hrStorage } from '../readings/host-resources.ts';
import { opticsColumns } from '../readings/optics.ts';
import { poeBudget } from '../readings/power-ethernet.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';

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

/** What has no processor and no memory tells 0 of both. */
const HAS_MEMORY = { column: `${OPERATING}.11`, is: /^[1-9]/ } as const;

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
  readings: [
    readingColumns([
      usage('processor', `${OPERATING}.8`, '', { label: NAME, where: HAS_MEMORY }),
      usage('memory', `${OPERATING}.11`, '', { label: NAME, where: HAS_MEMORY }),
      sensor('temperature', `${OPERATING}.7`, '', { label: NAME, id: 'operating', absent: [0] }),
    ]),
    hrStorage,
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
