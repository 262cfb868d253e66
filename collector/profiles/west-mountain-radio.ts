import type { Profile } from '../profile.ts';
import { type ReadingColumn, readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

const RIGRUNNER = '1.3.6.1.4.1.15117.1';
const OUTLETS = [1, 2, 3, 4, 5];

/** Outlet n is on or off, and its current in thousandths. */
const outlet = (n: number): ReadingColumn[] => [
  sensor('state', `${RIGRUNNER}.2.${64 + 2 * n}`, `Outlet ${n}`, { id: `outlet-${n}` }),
  sensor('current', `${RIGRUNNER}.4.${n}`, `Outlet ${n}`, { id: `outlet-${n}`, scale: 0.001 }),
];

/** West Mountain Radio's DC outlets for radio sites. */
export const profile: Profile = {
  match: [{ objectId: RIGRUNNER }],
  identity: {
    vendor: [{ text: 'West Mountain Radio' }],
    os: [{ text: 'westmountainradio' }],
    model: [{ oid: `${RIGRUNNER}.1.2.0`, pattern: /^(.+?) FW Version/ }],
    version: [{ oid: `${RIGRUNNER}.1.2.0`, pattern: /FW Version (\S+)/ }],
    serial: [],
  },
  readings: [
    readingColumns([
      ...OUTLETS.flatMap(outlet),
      sensor('voltage', `${RIGRUNNER}.4.6`, 'Input', { id: 'input', scale: 0.001 }),
    ]),
  ],
};
