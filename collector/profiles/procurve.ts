import type { Profile } from '../profile.ts';
import { entitySensors } from '../readings/entity-sensors.ts';
import { opticsColumns } from '../readings/optics.ts';
import { poeBudget } from '../readings/power-ethernet.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const ICF = '1.3.6.1.4.1.11.2.14.11';
const CHASSIS_SENSOR = `${ICF}.1.2.6.1`;
const POE = `${ICF}.1.9.1.6.1`;
const NETSWITCH = `${ICF}.5.1`;
const LOCAL_MEMORY = `${NETSWITCH}.1.2.1.1.1`;
const GLOBAL_MEMORY = `${NETSWITCH}.1.2.2.1.1`;
const FAN = `${NETSWITCH}.54.2.1.1`;
const SUPPLY = `${NETSWITCH}.55.1.1.1`;
const TRANSCEIVER = `${NETSWITCH}.82.1.1.1.1`;
/** NETSWITCH-MIB: version of the software that runs, at once more true than sysDescr's on stacks. */
const VERSION = `${NETSWITCH}.1.3.0`;
const ENT_PHYSICAL = '1.3.6.1.2.1.47.1.1.1.1';

/** STATISTICS-MIB and NETSWITCH-MIB: octets allocated of all. */
const processor = readingColumns([
  { group: 'usage', class: 'processor', value: `${NETSWITCH}.9.6.1`, label: { text: 'Processor' } },
]);
const memory = readingColumns([
  {
    group: 'usage',
    class: 'memory',
    id: 'local',
    value: `${LOCAL_MEMORY}.7`,
    label: { text: 'Local memory $index' },
    of: `${LOCAL_MEMORY}.5`,
  },
  {
    group: 'usage',
    class: 'memory',
    id: 'global',
    value: `${GLOBAL_MEMORY}.7`,
    label: { text: 'Global memory $index' },
    of: `${GLOBAL_MEMORY}.5`,
  },
]);

/** HP-ICF-CHASSIS, HP-ICF-POE-MIB, FAN-MIB and POWERSUPPLY-MIB. */
const chassis = readingColumns([
  // 1 unknown, 2 bad, 3 warning, 4 good, 5 not present.
  { group: 'sensor', class: 'state', id: 'chassis', value: `${CHASSIS_SENSOR}.4`, label: `${CHASSIS_SENSOR}.7` },
  // 0 failed, 1 removed, 2 off, 3 underspeed, 4 overspeed, 5 good, 6 as long as it is at most.
  { group: 'sensor', class: 'state', id: 'fan', value: `${FAN}.4`, label: { text: 'Fan $index' } },
  // 1 not present, 2 not plugged, 3 powered, 4 failed, 5 permanent failure, 6 at most, 7 auxiliary failure.
  { group: 'sensor', class: 'state', id: 'supply', value: `${SUPPLY}.2`, label: { text: 'Power supply $index' } },
  {
    group: 'sensor',
    class: 'temperature',
    id: 'supply',
    value: `${SUPPLY}.4`,
    label: { text: 'Power supply $index' },
    absent: [0],
  },
  { group: 'sensor', class: 'power', id: 'supply', value: `${SUPPLY}.6`, label: { text: 'Power supply $index' } },
]);
const poe = readingColumns([
  { group: 'sensor', class: 'power', id: 'icf.available', value: `${POE}.4`, label: { text: 'PoE available' } },
  { group: 'sensor', class: 'power', id: 'icf.used', value: `${POE}.5`, label: { text: 'PoE used' } },
]);

const limits = (from: number) => ({
  high: `${TRANSCEIVER}.${from}`,
  low: `${TRANSCEIVER}.${from + 1}`,
  highWarning: `${TRANSCEIVER}.${from + 2}`,
  lowWarning: `${TRANSCEIVER}.${from + 3}`,
});

/** HP-ICF-TRANSCEIVER-MIB: thousandths of °C and dBm, 100 µV, µA; no light is -99999999. */
const optics = readingColumns(
  opticsColumns({
    label: `${TRANSCEIVER}.2`,
    absent: [-99_999_999],
    // 0 is what a transceiver without diagnostics has everywhere.
    temperature: { value: `${TRANSCEIVER}.11`, scale: 1e-3, absent: [0], limits: limits(18) },
    voltage: { value: `${TRANSCEIVER}.12`, scale: 1e-4, absent: [0], limits: limits(22) },
    bias: { value: `${TRANSCEIVER}.13`, scale: 1e-6, absent: [0], limits: limits(26) },
    tx: { value: `${TRANSCEIVER}.14`, scale: 1e-3, absent: [-99_999_999, 0] },
    rx: { value: `${TRANSCEIVER}.15`, scale: 1e-3, absent: [-99_999_999, 0] },
  }),
);

/** HP's and HPE's ProCurve, later ArubaOS switches. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.11.2.3.7.11' },
    { objectId: '1.3.6.1.4.1.11.2.3.7.8' },
    { objectId: '1.3.6.1.4.1.11.2.3.7' },
  ],
  identity: {
    vendor: [{ text: 'HP' }],
    os: [{ text: 'procurve' }],
    model: [
      { from: 'sysDescr', pattern: /^(?:HP|HPE|Aruba|ProCurve) (J\w+ .+?)(?: Switch)?(?: Stack)?,/ },
      { from: 'sysDescr', pattern: /^(?:HPE?|Aruba|ProCurve)(?: OfficeConnect| Networking)?(?: Switch)? (.+?),/ },
      { oid: `${ENT_PHYSICAL}.2.1` },
    ],
    version: [
      { oid: VERSION },
      { from: 'sysDescr', pattern: /revision (\S+?),/ },
      { from: 'sysDescr', pattern: /, ((?:[A-Z]{1,2}|InstantOn_\w+)\.[\d.]+)/ },
      { from: 'sysDescr', pattern: /, (\S+) \(\d+\)$/ },
    ],
    serial: [
      { oid: '1.3.6.1.4.1.11.2.36.1.1.2.9.0' },
      { oid: `${ENT_PHYSICAL}.11.1` },
      { column: `${ENT_PHYSICAL}.11` },
    ],
  },
  readings: [processor, memory, entitySensors, chassis, poeBudget, poe, optics],
};
