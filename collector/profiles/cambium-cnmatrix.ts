import { definePorts, type Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { textOf } from '../snmp/value.ts';

const ISS = '1.3.6.1.4.1.2076.81.1';
const POE = '1.3.6.1.4.1.2076.103.1.3.1';
const LLDP_MED = '1.0.8802.1.1.2.1.5.4795.1.2';

/** Names that operators gave to ports (ARICENT-CFA-MIB, ifMainDesc); ifAlias repeats ifName. */
const aliases = definePorts({
  columns: { alias: '1.3.6.1.4.1.2076.27.1.4.1.12' },
  polled: {},
  port({ alias }, index, interfaces) {
    const known = interfaces.find((port) => String(port.index) === index);
    return known === undefined ? null : { index: known.index, alias: textOf(alias).trim() || known.descr };
  },
});

/** The switch as a whole (ARICENT-ISS-MIB): percents and °C. */
const system = readingColumns([
  { group: 'sensor', class: 'temperature', value: `${ISS}.66`, label: { text: 'System' } },
  { group: 'usage', class: 'processor', value: `${ISS}.68`, label: { text: 'Processor' } },
  { group: 'usage', class: 'memory', value: `${ISS}.73`, label: { text: 'Memory' } },
]);

/** What each port gives to its device (ARICENT-POE-MIB): mA, tenths of a volt, mW. */
const poe = readingColumns([
  { group: 'sensor', class: 'current', value: `${POE}.3`, label: { ifIndexAt: 1 }, says: 'PoE', scale: 1e-3 },
  { group: 'sensor', class: 'voltage', value: `${POE}.4`, label: { ifIndexAt: 1 }, says: 'PoE', scale: 0.1 },
  { group: 'sensor', class: 'power', value: `${POE}.5`, label: { ifIndexAt: 1 }, says: 'PoE', scale: 1e-3 },
]);

/** Switches of the cnMatrix line. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.17713.24' }],
  identity: {
    vendor: [{ text: 'Cambium' }],
    os: [{ text: 'cnmatrix' }],
    model: [{ from: 'sysDescr', pattern: /cnMatrix (\S+)/ }, { oid: `${LLDP_MED}.7.0` }],
    version: [{ from: 'sysDescr', pattern: /\bSW:(\S+)/ }],
    serial: [{ oid: `${LLDP_MED}.5.0` }],
  },
  readings: [system, poe],
  ports: { tables: [aliases] },
};
