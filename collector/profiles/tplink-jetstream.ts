import type { Profile } from '../profile.ts';
import { dbmOfMilliwatts, opticsColumns } from '../readings/optics.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const TPLINK = '1.3.6.1.4.1.11863.6';
const SYSTEM = `${TPLINK}.1.1`;
const MONITOR = `${TPLINK}.4.1`;
const POE = `${TPLINK}.56.1.1`;
const POE_PORT = `${POE}.2.1.1`;
const DDM = `${TPLINK}.96.1`;
const STATUS = `${DDM}.7.1.1`;

/** Each unit of a stack (TPLINK-SYSMONITOR-MIB), in percent. */
const monitor = readingColumns([
  { group: 'usage', class: 'processor', value: `${MONITOR}.1.1.1.2`, label: { text: 'Unit $index' } },
  { group: 'usage', class: 'memory', value: `${MONITOR}.2.1.1.2`, label: { text: 'Unit $index' } },
]);

const thresholds = (table: number) => ({
  high: `${DDM}.${table}.1.1.2`,
  low: `${DDM}.${table}.1.1.3`,
  highWarning: `${DDM}.${table}.1.1.4`,
  lowWarning: `${DDM}.${table}.1.1.5`,
});

/** Transceivers (TPLINK-DDMSTATUS-MIB and its tables of thresholds): texts in °C, V, mA and mW, "N/A" for none. */
const optics = readingColumns(
  opticsColumns({
    label: `${STATUS}.1`,
    temperature: { value: `${STATUS}.2`, inText: true, limits: thresholds(2) },
    voltage: { value: `${STATUS}.3`, inText: true, limits: thresholds(3) },
    bias: { value: `${STATUS}.4`, inText: true, scale: 1e-3, limits: thresholds(4) },
    tx: { value: `${STATUS}.5`, inText: true, convert: dbmOfMilliwatts, limits: thresholds(5) },
    rx: { value: `${STATUS}.6`, inText: true, convert: dbmOfMilliwatts, limits: thresholds(6) },
  }),
);

/** TPLINK-POWER-OVER-ETHERNET-MIB: tenths of W and V, mA. */
const poeBudget = readingColumns([
  { group: 'sensor', class: 'power', id: 'poe.budget', value: `${POE}.1.1`, label: { text: 'PoE budget' }, scale: 0.1 },
  { group: 'sensor', class: 'power', id: 'poe.used', value: `${POE}.1.3`, label: { text: 'PoE used' }, scale: 0.1 },
]);
const poePorts = readingColumns([
  {
    group: 'sensor',
    class: 'power',
    id: 'poe',
    value: `${POE_PORT}.7`,
    label: { text: 'PoE, port $index' },
    scale: 0.1,
  },
  {
    group: 'sensor',
    class: 'current',
    id: 'poe',
    value: `${POE_PORT}.8`,
    label: { text: 'PoE, port $index' },
    scale: 1e-3,
  },
  {
    group: 'sensor',
    class: 'voltage',
    id: 'poe',
    value: `${POE_PORT}.9`,
    label: { text: 'PoE, port $index' },
    scale: 0.1,
  },
  // 0 off, 1 turning on, 2 on, 3 overload, 4 short circuit, 5 not a standard device, 6 voltage high, 7 voltage low,
  // 8 hardware fault, 9 too hot.
  { group: 'sensor', class: 'state', id: 'poe', value: `${POE_PORT}.11`, label: { text: 'PoE, port $index' } },
]);

/** Managed switches: JetStream, and Omada's own. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.11863.5' }, { objectId: '1.3.6.1.4.1.11863', object: { oid: `${SYSTEM}.5.0` } }],
  identity: {
    vendor: [{ text: 'TP-Link' }],
    os: [{ text: 'jetstream' }],
    model: [{ oid: `${SYSTEM}.5.0` }, { from: 'sysDescr' }],
    version: [{ oid: `${SYSTEM}.6.0` }],
    serial: [{ oid: `${SYSTEM}.8.0` }],
  },
  readings: [monitor, optics, poeBudget, poePorts],
};
