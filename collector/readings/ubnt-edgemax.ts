import type { ReadingTable } from '../profile.ts';
import { readingColumns } from './reading-columns.ts';

/** UBNT-EdgeMAX-MIB and UBNT-UFIBER-MIB: what power systems, OLTs and routers of the Edge and UISP lines share. */
export const EDGEMAX = '1.3.6.1.4.1.41112.1.5';
export const EDGEMAX_MODEL = `${EDGEMAX}.1.1.0`;
export const EDGEMAX_SERIAL = `${EDGEMAX}.1.2.0`;
export const EDGEMAX_VERSION = `${EDGEMAX}.1.3.0`;

const OUTPUT = `${EDGEMAX}.2.2.1`;
const SUPPLY = `${EDGEMAX}.3.2.1`;
const THERMOMETER = `${EDGEMAX}.4.2.1`;
const FAN = `${EDGEMAX}.5.2.1`;

const outputLabel = { text: 'Output $index' };
const supplyLabel = { text: 'Power supply $index' };

/** Thousandths by the MIB; OLTs give whole degrees, and nothing that runs is colder than 1 °C. */
const degrees = (value: number): number => (Math.abs(value) < 1_000 ? value : value / 1_000);

const outputs = readingColumns([
  { group: 'sensor', class: 'voltage', id: 'out', value: `${OUTPUT}.2`, label: outputLabel, scale: 0.001 },
  { group: 'sensor', class: 'current', id: 'out', value: `${OUTPUT}.3`, label: outputLabel, scale: 0.001 },
  { group: 'sensor', class: 'power', id: 'out', value: `${OUTPUT}.4`, label: outputLabel, scale: 0.001 },
]);

const supplies = readingColumns([
  // 0 unknown, 1 AC, 2 DC, 3 PoE.
  { group: 'sensor', class: 'state', id: 'psu.type', value: `${SUPPLY}.2`, label: supplyLabel },
  // 0 unknown, 1 on, 2 off, 3 standing by.
  { group: 'sensor', class: 'state', id: 'psu', value: `${SUPPLY}.3`, label: supplyLabel },
  // 0 down, 1 up.
  { group: 'sensor', class: 'state', id: 'psu.oper', value: `${SUPPLY}.4`, label: supplyLabel },
  { group: 'sensor', class: 'voltage', id: 'psu', value: `${SUPPLY}.5`, label: supplyLabel, scale: 0.001 },
  { group: 'sensor', class: 'temperature', id: 'psu', value: `${SUPPLY}.6`, label: supplyLabel, convert: degrees },
  // 0 unknown, 1 charging, 2 not.
  { group: 'sensor', class: 'state', id: 'psu.charging', value: `${SUPPLY}.7`, label: supplyLabel },
  { group: 'sensor', class: 'count', id: 'psu.batteries', value: `${SUPPLY}.8`, label: supplyLabel },
  { group: 'sensor', class: 'charge', id: 'psu', value: `${SUPPLY}.9`, label: supplyLabel },
  // Hundredths of a second.
  { group: 'sensor', class: 'runtime', id: 'psu', value: `${SUPPLY}.10`, label: supplyLabel, scale: 1 / 6_000 },
  // 0 unknown, 1 in order, 2 needs a new battery.
  { group: 'sensor', class: 'state', id: 'psu.replace', value: `${SUPPLY}.11`, label: supplyLabel },
]);

const thermometers = readingColumns([
  {
    group: 'sensor',
    class: 'temperature',
    value: `${THERMOMETER}.3`,
    label: { text: 'Temperature $index' },
    convert: degrees,
  },
]);

const fans = readingColumns([{ group: 'sensor', class: 'fanspeed', value: `${FAN}.3`, label: { text: 'Fan $index' } }]);

/** Power outputs, power supplies with their batteries, thermometers and fans. */
export const edgemaxReadings: readonly ReadingTable[] = [outputs, supplies, thermometers, fans];
