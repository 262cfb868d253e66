import type { Profile, TextSource } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

/** AXIS-VIDEO-MIB. */
const AXIS = '1.3.6.1.4.1.368.4.1';

const sensors = readingColumns([
  sensor('temperature', `${AXIS}.3.1.4`, 'Temperature $index', { id: 'temperature' }),
  sensor('state', `${AXIS}.3.1.3`, 'Temperature $index', { id: 'temperature' }),
  sensor('state', `${AXIS}.1.1.3`, 'Power supply $index', { id: 'supply' }),
  sensor('state', `${AXIS}.2.1.3`, 'Fan $index', { id: 'fan' }),
  sensor('state', `${AXIS}.4.1.3`, 'Video $index', { id: 'video' }),
  sensor('state', `${AXIS}.5.1.3`, 'Audio $index', { id: 'audio' }),
  sensor('state', `${AXIS}.6.1.3`, 'Casing $index', { id: 'casing' }),
  sensor('state', `${AXIS}.8.1.3`, 'Storage $index', { id: 'storage', label: `${AXIS}.8.1.2` }),
]);

/** The nth of sysDescr's texts: "; AXIS P1375; Network Camera; 10.1.0; …". */
const text = (n: number): TextSource => ({ from: 'sysDescr', pattern: new RegExp(`^(?:[^;]*;){${n}}\\s*([^;]+)`) });

/** Cameras (and loudspeakers) of Axis. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.368' }],
  identity: {
    vendor: [{ text: 'Axis' }],
    os: [{ from: 'sysDescr', pattern: /; Network Speaker;/, text: 'axisaudio' }, { text: 'axiscam' }],
    model: [text(1)],
    version: [text(3)],
    // Axis numbers its devices by their first hardware address.
    serial: [{ column: '1.3.6.1.2.1.2.2.1.6', pattern: /^(?!00:00:00)(?:[\da-f]{2}:){5}[\da-f]{2}$/ }],
  },
  readings: [sensors],
};
