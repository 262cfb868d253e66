import { definePorts, type Profile } from '../profile.ts';
import { DOT11_PRODUCT_NAME } from '../readings/ieee80211.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const AIRFIBER = '1.3.6.1.4.1.41112.1.3';
const CONFIG = `${AIRFIBER}.1.1`;
const STATUS = `${AIRFIBER}.2.1`;
const STATISTICS = `${AIRFIBER}.3.1`;
const VERSION = `${STATUS}.40.1`;

/** MHz by the MIB; radios of 11 GHz give kHz. */
const megahertz = (value: number): number | null => (value <= 0 ? null : value > 1_000_000 ? value / 1_000 : value);

/** airFiberConfig and airFiberStatus of UBNT-AirFIBER-MIB: one row, the radio. */
const link = readingColumns([
  { group: 'wireless', class: 'frequency', id: 'tx', value: `${CONFIG}.5`, label: { text: 'Tx' }, convert: megahertz },
  { group: 'wireless', class: 'frequency', id: 'rx', value: `${CONFIG}.6`, label: { text: 'Rx' }, convert: megahertz },
  { group: 'wireless', class: 'power', id: 'tx', value: `${CONFIG}.9`, label: { text: 'Tx power' } },
  { group: 'wireless', class: 'power', id: 'rx0', value: `${STATUS}.11`, label: { text: 'Rx power, chain 0' } },
  { group: 'wireless', class: 'power', id: 'rx1', value: `${STATUS}.14`, label: { text: 'Rx power, chain 1' } },
  { group: 'wireless', class: 'power', id: 'remote.tx', value: `${STATUS}.17`, label: { text: 'Remote Tx power' } },
  { group: 'wireless', class: 'power', id: 'remote.rx0', value: `${STATUS}.19`, label: { text: 'Remote Rx, chain 0' } },
  { group: 'wireless', class: 'power', id: 'remote.rx1', value: `${STATUS}.22`, label: { text: 'Remote Rx, chain 1' } },
  { group: 'wireless', class: 'distance', value: `${STATUS}.4`, label: { text: 'Link' }, scale: 0.001 },
  { group: 'wireless', class: 'rate', id: 'rx', value: `${STATUS}.5`, label: { text: 'Rx capacity' } },
  { group: 'wireless', class: 'rate', id: 'tx', value: `${STATUS}.6`, label: { text: 'Tx capacity' } },
  { group: 'sensor', class: 'temperature', id: 'radio0', value: `${STATUS}.8`, label: { text: 'Radio 0' } },
  { group: 'sensor', class: 'temperature', id: 'radio1', value: `${STATUS}.10`, label: { text: 'Radio 1' } },
  // The factor of the modulation: 0 is a quarter, 1 QPSK on one stream, 10 1024-QAM on two.
  { group: 'sensor', class: 'state', id: 'tx-modulation', value: `${STATUS}.2`, label: { text: 'Tx modulation' } },
  { group: 'sensor', class: 'state', id: 'remote.tx-modulation', value: `${STATUS}.18`, label: { text: 'Remote Tx' } },
  // 1 off, 2 on.
  { group: 'sensor', class: 'state', id: 'gps-sync', value: `${CONFIG}.8`, label: { text: 'GPS sync' } },
  { group: 'sensor', class: 'state', id: 'link', value: `${STATUS}.26`, label: { text: 'Radio link' } },
  { group: 'sensor', class: 'state', id: 'ethernet', value: `${STATUS}.27`, label: { text: 'Data port' } },
  { group: 'sensor', class: 'count', id: 'gps.visible', value: `${STATUS}.34`, label: { text: 'GPS visible' } },
  { group: 'sensor', class: 'count', id: 'gps.tracked', value: `${STATUS}.35`, label: { text: 'GPS tracked' } },
]);

/** The data port, which IF-MIB lists but does not count: its traffic passes by the processor. */
const dataPort = definePorts({
  columns: {
    state: `${STATUS}.27`,
    txOctets: `${STATISTICS}.6`,
    rxOctets: `${STATISTICS}.7`,
    rxErrors: `${STATISTICS}.10`,
    txErrors: `${STATISTICS}.11`,
  },
  polled: {
    operStatus: 'state',
    inOctets: 'rxOctets',
    outOctets: 'txOctets',
    inErrors: 'rxErrors',
    outErrors: 'txErrors',
  },
  states: { '0': 'down', '1': 'up' },
  port(_row, _index, interfaces) {
    const port = interfaces.find(({ name }) => name === 'eth0');
    return port === undefined ? null : { index: port.index };
  },
});

/** Point-to-point radios of the airFiber line with the first MIB: AF24, AF5, AF5U, AF2X to AF11X. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.10002.1', descr: /^Linux /, object: { oid: VERSION } },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux /, object: { oid: VERSION } },
    { objectId: '1.3.6.1.4.1.41112', descr: /^Linux /, object: { oid: VERSION } },
    { objectId: AIRFIBER },
  ],
  identity: {
    vendor: [{ text: 'Ubiquiti' }],
    os: [{ text: 'airos-af' }],
    model: [{ column: DOT11_PRODUCT_NAME }],
    version: [{ oid: VERSION }],
    serial: [],
  },
  readings: [link],
  ports: { tables: [dataPort] },
};
