import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

/** Packetflux' MIB: analog inputs by kind, rows are of a unit of the chain and its input. */
const PACKETFLUX = '1.3.6.1.4.1.32050.3.2';

/** Packetflux' SiteMonitor: voltages and temperatures of a radio site's cabinet. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.32050' }],
  identity: {
    vendor: [{ text: 'Packetflux' }],
    os: [{ text: 'sitemonitor3' }],
    model: [],
    version: [],
    serial: [],
  },
  readings: [
    readingColumns([
      // Millionths of a volt, hundredths of a degree.
      sensor('voltage', `${PACKETFLUX}.1.1.4`, '', { label: `${PACKETFLUX}.1.1.5`, scale: 1e-6 }),
      sensor('temperature', `${PACKETFLUX}.3.1.4`, '', { label: `${PACKETFLUX}.3.1.5`, scale: 0.01 }),
    ]),
  ],
};
