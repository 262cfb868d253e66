import { definePorts, type Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { EDGEMAX, EDGEMAX_MODEL, EDGEMAX_SERIAL, EDGEMAX_VERSION, edgemaxReadings } from '../readings/ubnt-edgemax.ts';
import { textOf } from '../snmp/value.ts';

const ONU = `${EDGEMAX}.6.2.1`;
const SFP = `${EDGEMAX}.7.2.1`;
const onuName = `${ONU}.2`;
/** Terminals that two full cards serve; a table longer than this is read as far. */
const MAX_ONUS = 2_048;

/** ubntOnusTable of UBNT-UFIBER-MIB, by serial number. */
const onus = readingColumns(
  [
    {
      group: 'sensor',
      class: 'dbm',
      id: 'onu.rx',
      value: `${ONU}.9`,
      label: onuName,
      scale: 0.01,
      where: { column: `${ONU}.3`, is: /^1$/ },
    },
    {
      group: 'sensor',
      class: 'dbm',
      id: 'onu.tx',
      value: `${ONU}.8`,
      label: onuName,
      scale: 0.01,
      where: { column: `${ONU}.3`, is: /^1$/ },
    },
    // 1 connected, 2 not.
    { group: 'sensor', class: 'state', id: 'onu', value: `${ONU}.3`, label: onuName },
  ],
  { maxRows: MAX_ONUS },
);

const counts = readingColumns([
  { group: 'sensor', class: 'count', id: 'onus', value: `${EDGEMAX}.6.1`, label: { text: 'ONUs' } },
]);

const modules = readingColumns([
  // 1 up, 2 down.
  { group: 'sensor', class: 'state', id: 'sfp', value: `${SFP}.3`, label: `${SFP}.2` },
]);

/** Far above what IF-MIB's own ports are numbered by. */
const FIRST_SFP = 1_000;

/** PON and uplink ports, which IF-MIB does not list (ubntSfpsTable). */
const sfpPorts = definePorts({
  columns: { name: `${SFP}.2`, up: `${SFP}.3`, txBytes: `${SFP}.6`, rxBytes: `${SFP}.7` },
  polled: { operStatus: 'up', inOctets: 'rxBytes', outOctets: 'txBytes' },
  port(row, index) {
    const name = textOf(row.name).trim();
    if (name === '' || !/^\d{1,4}$/.test(index)) return null;
    return { index: FIRST_SFP + Number(index), name, alias: name, adminStatus: 'up' };
  },
});

/** Fibre access: UFiber OLT and UISP Fiber OLT. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.4413', descr: /^(UISP Fiber OLT|UF-OLT|UFiber)/ },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^(UISP Fiber OLT|UF-OLT|UFiber)/ },
    { objectId: EDGEMAX, object: { oid: `${EDGEMAX}.6.1.0` } },
  ],
  identity: {
    vendor: [{ text: 'Ubiquiti' }],
    os: [{ text: 'edgeosolt' }],
    model: [{ oid: EDGEMAX_MODEL }, { from: 'sysDescr', pattern: /^([^,]+)/ }],
    version: [{ oid: EDGEMAX_VERSION }, { from: 'sysDescr', pattern: /^[^,]+, ([^\s,]+)/ }],
    serial: [{ oid: EDGEMAX_SERIAL }],
  },
  readings: [...edgemaxReadings, counts, onus, modules],
  ports: { tables: [sfpPorts] },
};
