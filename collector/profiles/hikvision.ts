import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { numberOf } from '../snmp/value.ts';

const RECORDER = '1.3.6.1.4.1.50001.1';
const DISK = `${RECORDER}.241.1`;
/** The tree of cameras, and of some recorders: figures in texts with their units, such as "45 PERCENT". */
const CAMERA = '1.3.6.1.4.1.39165.1';

const CAMERA_MAKER = { oid: `${CAMERA}.6.0`, pattern: /hikvision/i } as const;

const readings = readingColumns([
  {
    group: 'usage',
    class: 'storage',
    value: `${DISK}.4`,
    label: `${DISK}.2`,
    id: 'disk',
    uses: [`${DISK}.5`],
    convert: (free, cell) => {
      const capacity = numberOf(cell(`${DISK}.5`)) ?? 0;
      return capacity <= 0 ? null : Math.min(100, Math.max(0, (100 * (capacity - free)) / capacity));
    },
  },
  sensor('state', `${DISK}.3`, 'Disk $index', { id: 'disk', label: `${DISK}.2` }),
  {
    group: 'usage',
    class: 'processor',
    value: `${CAMERA}.7`,
    label: { text: 'Processor' },
    id: 'camera',
    inText: true,
  },
  { group: 'usage', class: 'storage', value: `${CAMERA}.9`, label: { text: 'Storage' }, id: 'camera', inText: true },
  { group: 'usage', class: 'memory', value: `${CAMERA}.11`, label: { text: 'Memory' }, id: 'camera', inText: true },
]);

/** Hikvision's recorders and cameras. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.50001' },
    // Cameras answer with net-snmp's kind or one that another maker has too.
    { objectId: '1.3.6.1.4.1.39165', object: CAMERA_MAKER },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux /, object: CAMERA_MAKER },
  ],
  identity: {
    vendor: [{ text: 'Hikvision' }],
    os: [{ oid: `${CAMERA}.6.0`, pattern: /hikvision/i, text: 'hikvision-cam' }, { text: 'hikvision-nvr' }],
    model: [{ oid: `${RECORDER}.100.0`, names: { '1': 'DVR', '2': 'NVR' } }, { oid: `${CAMERA}.1.0` }],
    version: [{ oid: `${CAMERA}.3.0` }],
    serial: [{ oid: `${RECORDER}.3.0` }],
  },
  readings: [readings],
};
