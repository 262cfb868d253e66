import { definePorts, type Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { numberOf } from '../snmp/value.ts';

const CMM3 = '1.3.6.1.4.1.161.19.3.4';

const COUNTERS = `${CMM3}.2.1.1`;
const STATUS = `${CMM3}.4.1.1`;
/** Where the ports lie whose number the module's own interfaces have in IF-MIB. */
const AWAY = 100;

/** The switch's ports, which IF-MIB does not list; counted from 0, as the first is the first of nine. */
const switchPorts = definePorts({
  columns: {
    inOctets: `${COUNTERS}.3`,
    outOctets: `${COUNTERS}.19`,
    inErrors: `${COUNTERS}.13`,
    inDiscards: `${COUNTERS}.2`,
    outDiscards: `${COUNTERS}.18`,
    link: `${STATUS}.2`,
    speed: `${STATUS}.3`,
  },
  polled: {
    inOctets: 'inOctets',
    outOctets: 'outOctets',
    inErrors: 'inErrors',
    inDiscards: 'inDiscards',
    outDiscards: 'outDiscards',
    operStatus: 'link',
  },
  states: { '0': 'down', '1': 'up' },
  port({ speed }, index, interfaces) {
    const number = Number(index);
    if (!Number.isInteger(number) || number < 1) return null;
    const name = `CMM Port ${index}`;
    const isTaken = interfaces.some((known) => known.index === number - 1);
    const told = { index: isTaken ? AWAY + number - 1 : number - 1, name, alias: name, type: 'ethernetCsmacd' };
    if (speed === undefined) return told;
    return { ...told, speedBps: numberOf(speed) === 1 ? 100_000_000 : 10_000_000 };
  },
});

/** Power of each port: 1 on, 0 off (CMM3-MIB, cmmPortTable). */
const power = readingColumns([
  { group: 'sensor', class: 'state', id: 'power', value: `${STATUS}.5`, label: { text: 'Power of port $index' } },
]);

const satellites = readingColumns([
  {
    group: 'sensor',
    class: 'count',
    id: 'satellites',
    value: `${CMM3}.5.5`,
    label: { text: 'Satellites tracked' },
    inText: true,
  },
]);

/** Cluster management modules: they power and time the radios of a tower. */
export const profile: Profile = {
  match: [
    { descr: /^CMM\s?\d?\b/ },
    { objectId: '1.3.6.1.4.1.161.19', descr: /^CMM\b/ },
    { objectId: '1.3.6.1.4.1.161.19.250.256', descr: /^CMM\b/ },
  ],
  identity: {
    vendor: [{ text: 'Cambium' }],
    os: [{ from: 'sysDescr', pattern: /^CMM4/, text: 'cmm4' }, { text: 'cmm' }],
    model: [{ from: 'sysDescr', pattern: /^CMM\d*/ }],
    version: [{ from: 'sysDescr', pattern: /^CMM\d*\s+(\d\S*)/ }],
    serial: [],
  },
  readings: [power, satellites],
  ports: { tables: [switchPorts] },
};
