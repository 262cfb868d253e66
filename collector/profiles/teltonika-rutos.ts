import { defineTable, type Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { type ReadingColumn, readingColumns } from '../readings/reading-columns.ts';
import { ucdMemory, ucdProcessor } from '../readings/ucd.ts';
import { textOf } from '../snmp/value.ts';

const TELTONIKA = '1.3.6.1.4.1.48690';
const DEVICE = `${TELTONIKA}.1`;
const MOBILE = `${TELTONIKA}.2`;
const MODEM = `${MOBILE}.2.1`;
const IO = `${TELTONIKA}.6.2.1`;
/** Of RUT2xx and RUT9xx before RutOS 7: one modem, as scalars. */
const LEGACY_FIRMWARE = `${MOBILE}.14`;

// Figures of modems are numbers or texts, as the firmware likes; without a network they are "N/A".
const figure = (column: number, text: string): Pick<ReadingColumn, 'value' | 'label' | 'inText'> => ({
  value: `${MODEM}.${column}`,
  label: { text: `${text}, modem $index` },
  inText: true,
});

/** modemTable of RutOS: a row a modem. */
const modems = readingColumns([
  { group: 'wireless', class: 'rssi', ...figure(12, 'RSSI') },
  { group: 'wireless', class: 'sinr', ...figure(19, 'SINR') },
  { group: 'wireless', class: 'rsrp', ...figure(20, 'RSRP') },
  { group: 'wireless', class: 'rsrq', ...figure(21, 'RSRQ') },
  { group: 'sensor', class: 'signal', id: 'rssi', ...figure(12, 'RSSI') },
  { group: 'sensor', class: 'signal', id: 'rsrp', ...figure(20, 'RSRP') },
  { group: 'sensor', class: 'signal', id: 'rsrq', ...figure(21, 'RSRQ') },
  { group: 'sensor', class: 'snr', ...figure(19, 'SINR') },
  { group: 'sensor', class: 'temperature', ...figure(17, 'Temperature'), scale: 0.1 },
]);

/** Whether a modem has its data connection, which RutOS tells as a text: 1 connected, 0 not. */
const connections = defineTable({
  columns: { state: `${MODEM}.15`, operator: `${MODEM}.13` },
  dynamic: ['state'],
  wants: (row) => row.state !== undefined,
  read: (rows) =>
    [...rows].flatMap(([index, row]) => {
      const state = textOf(row.state).trim();
      if (state === '') return [];
      const label = `Mobile data, ${textOf(row.operator).trim() || `modem ${index}`}`;
      const value = /^connected$/i.test(state) ? 1 : 0;
      return [{ group: 'sensor' as const, class: 'state', index: `mobile.${index}`, value, unit: '', label }];
    }),
});

const legacy = (object: number, text: string): Pick<ReadingColumn, 'value' | 'label' | 'inText'> => ({
  value: `${MOBILE}.${object}`,
  label: { text },
  inText: /^-?\d+(?:\.\d+)?$/,
});
const isRut2 = { column: LEGACY_FIRMWARE, is: /^RUT2/ } as const;
const isOther = { column: LEGACY_FIRMWARE, is: /^(?!RUT2)\S/ } as const;

const scalars = readingColumns([
  { group: 'sensor', class: 'signal', id: 'legacy', ...legacy(4, 'Signal'), where: isRut2 },
  { group: 'sensor', class: 'dbm', id: 'legacy', ...legacy(4, 'Signal'), where: isOther },
  { group: 'sensor', class: 'temperature', id: 'legacy', ...legacy(9, 'Modem'), scale: 0.1 },
  { group: 'sensor', class: 'count', id: 'sims', ...legacy(15, 'SIM slots') },
  { group: 'sensor', class: 'runtime', id: 'legacy', ...legacy(17, 'Mobile connection'), scale: 1 / 60 },
  // The old firmware leaves out the sign.
  { group: 'wireless', class: 'snr', id: 'legacy', ...legacy(22, 'SINR'), convert: (value) => -Math.abs(value) },
  { group: 'wireless', class: 'rssi', id: 'legacy', ...legacy(23, 'RSRP') },
  { group: 'wireless', class: 'rsrq', id: 'legacy', ...legacy(24, 'RSRQ') },
  // Of RutOS 7, where it is seconds; before it the same object told the state of the network.
  { group: 'sensor', class: 'runtime', id: 'mobile', ...legacy(3, 'Mobile connection'), scale: 1 / 60 },
  {
    group: 'sensor',
    class: 'count',
    id: 'gps',
    value: `${TELTONIKA}.3.5`,
    label: { text: 'GPS satellites' },
    inText: true,
  },
  { group: 'sensor', class: 'count', id: 'hotspot', value: `${TELTONIKA}.5.5`, label: { text: 'Hotspot sessions' } },
]);

/** Inputs and outputs whose state the firmware tells as a number: 0 low, 1 high. */
const inputs = readingColumns([
  { group: 'sensor', class: 'state', id: 'io', value: `${IO}.11`, label: `${IO}.2`, absent: [-1] },
]);

const NET_SNMP = '1.3.6.1.4.1.8072.3.2.10';
/** RUTX1100XXXX: the first six characters are the model, the others its variant. */
const PRODUCT_CODE = /^((?:RUT|TRB|TCR|TSW|TAP|OTD|ATR|DAP)[A-Z0-9]{3})/;
const MODEL_NAME = /^((?:RUT|TRB|TCR|TSW|TAP|OTD|ATR|DAP)[A-Z0-9]{3})$/;

/** Mobile routers and gateways of Teltonika (RUT, RUTX, RUTM, TRB, OTD), and its switches and access points. */
export const profile: Profile = {
  match: [
    { objectId: NET_SNMP, descr: /^Linux Teltonika-/ },
    { objectId: NET_SNMP, descr: /^Linux /, object: { oid: `${DEVICE}.3.0` } },
    { objectId: NET_SNMP, descr: /^Linux /, object: { oid: `${DEVICE}.5.0` } },
    { objectId: TELTONIKA },
  ],
  identity: {
    vendor: [{ text: 'Teltonika' }],
    os: [
      { from: 'sysDescr', pattern: /^Linux Teltonika-RUT2/, text: 'rutos-2xx' },
      { oid: `${LEGACY_FIRMWARE}.0`, pattern: /^RUT2/, text: 'rutos-2xx' },
      { oid: `${DEVICE}.3.0`, pattern: /\S/, text: 'rutos-rutx' },
      { text: 'rutos' },
    ],
    model: [
      // The device's name is its model until somebody gives it another.
      { oid: `${DEVICE}.2.0`, pattern: MODEL_NAME },
      { oid: `${DEVICE}.3.0`, pattern: PRODUCT_CODE },
      { oid: `${DEVICE}.7.0`, pattern: PRODUCT_CODE },
      { oid: `${DEVICE}.8.0`, pattern: PRODUCT_CODE },
      { from: 'sysDescr', pattern: /^Linux Teltonika-(\w+)/ },
    ],
    version: [{ oid: `${DEVICE}.6.0` }, { oid: `${LEGACY_FIRMWARE}.0` }],
    // Hardware without RutOS 7 has the serial number where later there is the hardware's revision.
    serial: [{ oid: `${DEVICE}.1.0` }, { oid: `${DEVICE}.5.0` }],
  },
  readings: [hrProcessors, hrStorage, ucdProcessor, ucdMemory, modems, connections, scalars, inputs],
  // An alias that nobody gave is two quotation marks.
  ports: { facts: ({ alias }) => (alias === '""' ? { alias: '' } : {}) },
};
