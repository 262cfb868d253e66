import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

const OPTIX = '1.3.6.1.4.1.2011.2.25.4';
const LOGICAL_BOARD = `${OPTIX}.30.14.1.1.1`;
const PHYSICAL_BOARD = `${OPTIX}.30.14.1.2.1`;
/** Outdoor units, by slot and number; named as their boards are. */
const ODU_POWER = `${OPTIX}.40.4.10.30.1`;
const ODU_FREQUENCY = `${OPTIX}.40.4.10.20.1`;

/** Microwave radios of Huawei's OptiX RTN line. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.2011.2.25' }, { objectId: '1.3.6.1.4.1.2011', descr: /Optix RTN/i }],
  identity: {
    vendor: [{ text: 'Huawei' }],
    os: [{ text: 'huawei-optixrtn' }],
    model: [
      {
        // optixNeType
        oid: `${OPTIX}.30.21.1.8.0`,
        names: { 77: 'optixrtn910', 78: 'optixrtn950', 90: 'optixrtn980', 91: 'optixrtn950a', 95: 'optixrtn905' },
      },
    ],
    version: [{ from: 'sysDescr', pattern: /\b(V\d+R\w+)/ }],
    serial: [{ column: `${OPTIX}.40.4.10.13.1.1` }],
  },
  readings: [
    readingColumns([
      sensor('temperature', `${LOGICAL_BOARD}.5`, '', {
        label: `${LOGICAL_BOARD}.2`,
        id: 'board',
        limits: { low: `${LOGICAL_BOARD}.4`, high: `${LOGICAL_BOARD}.3` },
      }),
      sensor('state', `${LOGICAL_BOARD}.6`, '', { label: `${LOGICAL_BOARD}.2`, id: 'bus', absent: [255] }),
    ]),
    readingColumns([
      sensor('state', `${PHYSICAL_BOARD}.3`, '', { label: `${PHYSICAL_BOARD}.2`, id: 'board' }),
      sensor('state', `${PHYSICAL_BOARD}.8`, '', { label: `${PHYSICAL_BOARD}.2`, id: 'online', says: 'online' }),
    ]),
    readingColumns([
      sensor('state', `${OPTIX}.30.39.1.1`, 'Fans', { id: 'fans' }),
      sensor('frequency', `${ODU_FREQUENCY}.3`, 'ODU $index tx', { id: 'tx', scale: 1_000 }),
      sensor('frequency', `${ODU_FREQUENCY}.4`, 'ODU $index rx', { id: 'rx', scale: 1_000 }),
      sensor('dbm', `${ODU_POWER}.8`, 'ODU $index tx power', { id: 'tx', scale: 0.1 }),
      sensor('dbm', `${ODU_POWER}.9`, 'ODU $index rx power', { id: 'rx', scale: 0.1 }),
    ]),
  ],
};
