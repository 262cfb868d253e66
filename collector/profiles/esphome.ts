import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const ESPHOME = '1.3.9999';

/** Radio and chip of the SNMP component for ESPHome, whose objects lie outside every registered tree. */
const chip = readingColumns([
  {
    group: 'sensor',
    class: 'signal',
    value: `${ESPHOME}.4.1`,
    label: `${ESPHOME}.4.3`,
  },
  { group: 'sensor', class: 'frequency', value: `${ESPHOME}.2.2`, label: { text: 'Chip' }, scale: 1_000_000 },
  { group: 'sensor', class: 'percent', value: `${ESPHOME}.8266.2`, label: { text: 'Heap fragmentation' } },
  { group: 'sensor', class: 'count', value: `${ESPHOME}.2.4`, label: { text: 'Cores' } },
]);

/** Sensors and relays of one's own building with ESPHome. */
export const profile: Profile = {
  match: [{ descr: /^ESPHome version/ }, { objectId: ESPHOME, descr: /^ESPHome version/ }],
  identity: {
    vendor: [{ text: 'ESPHome' }],
    os: [{ text: 'esphome' }],
    model: [{ from: 'sysDescr', pattern: /Board (\S+)/ }],
    version: [{ from: 'sysDescr', pattern: /ESPHome version (\S+)/ }],
    serial: [],
  },
  readings: [chip],
};
