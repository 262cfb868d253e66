import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { celsius, NONE, sensor } from '../readings/sensor.ts';

/** CPS-MIB. */
const CPS = '1.3.6.1.4.1.3808.1.1';
const UPS = `${CPS}.1`;
const PDU = `${CPS}.3`;
const PDU_LOAD = `${PDU}.2.3.1.1`;
const ENV = `${CPS}.4`;
/** The sensor of newer cards, in hundredths. */
const SENSOR = `${CPS}.8`;

const ups = readingColumns([
  sensor('state', `${UPS}.2.1.1`, 'Battery', { id: 'battery' }),
  sensor('charge', `${UPS}.2.2.1`, 'Battery', { id: 'battery', ...NONE }),
  sensor('voltage', `${UPS}.2.2.2`, 'Battery', { id: 'battery', scale: 0.1, ...NONE }),
  sensor('temperature', `${UPS}.2.2.3`, 'Battery', { id: 'battery', ...NONE }),
  // Hundredths of a second.
  sensor('runtime', `${UPS}.2.2.4`, 'Battery time remaining', { id: 'remaining', scale: 1 / 6_000, ...NONE }),
  sensor('state', `${UPS}.2.2.5`, 'Battery replacement', { id: 'replace-battery' }),
  sensor('voltage', `${UPS}.3.2.1`, 'Input', { id: 'input', scale: 0.1, ...NONE }),
  sensor('frequency', `${UPS}.3.2.4`, 'Input', { id: 'input', scale: 0.1, ...NONE }),
  sensor('state', `${UPS}.3.2.5`, 'Cause of the last transfer', { id: 'transfer-cause' }),
  sensor('state', `${UPS}.3.2.6`, 'Input', { id: 'input' }),
  sensor('state', `${UPS}.4.1.1`, 'Output', { id: 'output' }),
  sensor('voltage', `${UPS}.4.2.1`, 'Output', { id: 'output', scale: 0.1, ...NONE }),
  sensor('frequency', `${UPS}.4.2.2`, 'Output', { id: 'output', scale: 0.1, ...NONE }),
  sensor('load', `${UPS}.4.2.3`, 'Output', { id: 'output', ...NONE }),
  sensor('current', `${UPS}.4.2.4`, 'Output', { id: 'output', scale: 0.1, ...NONE }),
  sensor('power', `${UPS}.4.2.5`, 'Output', { id: 'output', ...NONE }),
]);
const others = readingColumns([
  sensor('current', `${PDU_LOAD}.2`, 'PDU $index', { id: 'pdu', scale: 0.1, ...NONE }),
  sensor('voltage', `${PDU_LOAD}.6`, 'PDU $index', { id: 'pdu', scale: 0.1, ...NONE }),
  sensor('power', `${PDU_LOAD}.7`, 'PDU $index', { id: 'pdu', ...NONE }),
  sensor('state', `${PDU}.3.5.1.1.4`, 'Outlet $index', { id: 'outlet', label: `${PDU}.3.5.1.1.2` }),
  sensor('temperature', `${ENV}.2.1`, 'Environment sensor', {
    id: 'environment',
    convert: (tenths) => celsius(tenths / 10),
    ...NONE,
  }),
  sensor('humidity', `${ENV}.3.1`, 'Environment sensor', { id: 'environment', ...NONE }),
  sensor('state', `${ENV}.4.2.1.3`, 'Contact $index', { id: 'contact', label: `${ENV}.4.2.1.2` }),
  sensor('temperature', `${SENSOR}.2.3.1.3`, 'Environment sensor $index', {
    id: 'sensor',
    convert: (hundredths) => celsius(hundredths / 100),
    ...NONE,
  }),
  sensor('humidity', `${SENSOR}.3.2.1.3`, 'Environment sensor $index', { id: 'sensor', scale: 0.01, ...NONE }),
  sensor('state', `${SENSOR}.4.2.1.5`, 'Contact $index', { id: 'sensor-contact', label: `${SENSOR}.4.2.1.4` }),
]);

/** CyberPower's UPS and PDUs, and the sensors on their cards. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.3808' }],
  identity: {
    vendor: [{ text: 'CyberPower' }],
    os: [{ text: 'cyberpower' }],
    model: [{ oid: `${UPS}.1.1.1.0` }, { oid: `${PDU}.1.5.0` }],
    version: [{ oid: `${UPS}.1.2.1.0` }, { oid: `${PDU}.1.3.0` }],
    serial: [{ oid: `${UPS}.1.2.3.0` }, { oid: `${PDU}.1.6.0` }],
  },
  readings: [ups, others],
};
