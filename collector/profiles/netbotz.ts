import type { Profile } from '../profile.ts';
import { type ReadingColumn, readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

/** NETBOTZ50-MIB and its successor: a table a kind of sensor, all of one shape. */
const TREES = ['1.3.6.1.4.1.5528.100', '1.3.6.1.4.1.52674.500'] as const;
const KINDS = [
  ['temperature', '4.1.1.1'],
  ['humidity', '4.1.2.1'],
  ['temperature', '4.1.3.1'],
] as const;

/** In tenths; the text beside it is empty where the probe is unplugged. */
const probes = (tree: string): ReadingColumn[] =>
  KINDS.map(([name, table]) =>
    sensor(name, `${tree}.${table}.2`, '', { id: table, label: `${tree}.${table}.4`, scale: 0.1 }),
  );

/** NetBotz' (APC's) cabinet monitors. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.5528' }, { objectId: '1.3.6.1.4.1.52674' }],
  identity: {
    vendor: [{ text: 'APC' }],
    os: [{ from: 'sysObjectID', pattern: /\.52674\./, text: 'apc-netbotz' }, { text: 'netbotz' }],
    model: [{ from: 'sysDescr', pattern: /(NetBotz \d+)/ }],
    version: [{ from: 'sysDescr', pattern: /NetBotz \d+ (\S+)/ }],
    serial: [],
  },
  readings: [readingColumns(TREES.flatMap(probes))],
};
