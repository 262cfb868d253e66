import type { Profile } from '../profile.ts';
import { type ReadingColumn, readingColumns } from '../readings/reading-columns.ts';

const CTM = '1.3.6.1.4.1.25868.1';
const PORTS = [1, 2, 3, 4, 5, 6, 7, 8];

/** One of two boards with eight ports each: tenths of V and W. */
const board = (name: string, id: string, supply: number, voltage: number, port: number): readonly ReadingColumn[] => [
  {
    group: 'sensor',
    class: 'state',
    id: `${id}.supply1`,
    value: `${CTM}.${supply}`,
    label: { text: `${name} supply 1` },
  },
  {
    group: 'sensor',
    class: 'state',
    id: `${id}.supply2`,
    value: `${CTM}.${supply + 1}`,
    label: { text: `${name} supply 2` },
  },
  {
    group: 'sensor',
    class: 'voltage',
    id: `${id}.supply1`,
    value: `${CTM}.${voltage}`,
    label: { text: `${name} supply 1` },
    scale: 0.1,
  },
  {
    group: 'sensor',
    class: 'voltage',
    id: `${id}.supply2`,
    value: `${CTM}.${voltage + 1}`,
    label: { text: `${name} supply 2` },
    scale: 0.1,
  },
  ...PORTS.map(
    (number): ReadingColumn => ({
      group: 'sensor',
      class: 'power',
      id: `${id}.${number}`,
      value: `${CTM}.${port + number - 1}`,
      label: { text: `${name} port ${number}` },
      scale: 0.1,
    }),
  ),
];

const readings = readingColumns([
  { group: 'sensor', class: 'temperature', value: `${CTM}.9`, label: { text: 'Inside' } },
  { group: 'sensor', class: 'count', id: 'satellites', value: `${CTM}.5`, label: { text: 'Satellites' } },
  ...board('Master', 'master', 6, 10, 14),
  ...board('Slave', 'slave', 23, 27, 31),
]);

/** Last Mile Gear's CTM: it powers and times the radios of a tower. */
export const profile: Profile = {
  match: [{ objectId: CTM }],
  identity: {
    vendor: [{ text: 'Last Mile Gear' }],
    os: [{ text: 'ctm' }],
    model: [{ from: 'sysDescr' }],
    version: [{ oid: `${CTM}.1.0` }],
    serial: [],
  },
  readings: [readings],
};
