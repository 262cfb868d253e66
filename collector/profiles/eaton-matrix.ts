import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { NONE, sensor } from '../readings/sensor.ts';

/** TELECOM-MIB. */
const TELECOM = '1.3.6.1.4.1.935.10.2.1';
const INVERTER = `${TELECOM}.2.2.1`;
const SWITCH = `${TELECOM}.3.2.1`;

/** Inverters and static transfer switches of a Matrix, all in tenths but power. */
const modules = readingColumns([
  sensor('temperature', `${TELECOM}.1.4`, 'Controller', { id: 'controller', scale: 0.1, ...NONE }),
  sensor('voltage', `${INVERTER}.6`, 'Inverter $index output', { id: 'inverter-output', scale: 0.1, ...NONE }),
  sensor('current', `${INVERTER}.7`, 'Inverter $index output', { id: 'inverter-output', scale: 0.1, ...NONE }),
  sensor('voltage', `${INVERTER}.8`, 'Inverter $index input', { id: 'inverter-input', scale: 0.1, ...NONE }),
  sensor('frequency', `${INVERTER}.9`, 'Inverter $index output', { id: 'inverter', scale: 0.1, ...NONE }),
  sensor('power', `${INVERTER}.10`, 'Inverter $index output', { id: 'inverter', ...NONE }),
  sensor('temperature', `${INVERTER}.13`, 'Inverter $index', { id: 'inverter', scale: 0.1, ...NONE }),
  sensor('state', `${INVERTER}.26`, 'Inverter $index', { id: 'inverter' }),
  sensor('voltage', `${SWITCH}.7`, 'Switch $index mains', { id: 'switch-mains', scale: 0.1, ...NONE }),
  sensor('frequency', `${SWITCH}.8`, 'Switch $index mains', { id: 'switch-mains', scale: 0.1, ...NONE }),
  sensor('voltage', `${SWITCH}.9`, 'Switch $index inverters', { id: 'switch-inverters', scale: 0.1, ...NONE }),
  sensor('frequency', `${SWITCH}.10`, 'Switch $index inverters', { id: 'switch-inverters', scale: 0.1, ...NONE }),
  sensor('voltage', `${SWITCH}.11`, 'Switch $index output', { id: 'switch', scale: 0.1, ...NONE }),
  sensor('current', `${SWITCH}.12`, 'Switch $index output', { id: 'switch', scale: 0.1, ...NONE }),
  sensor('power', `${SWITCH}.13`, 'Switch $index output', { id: 'switch', ...NONE }),
  sensor('temperature', `${SWITCH}.16`, 'Switch $index', { id: 'switch', scale: 0.1, ...NONE }),
  sensor('state', `${SWITCH}.18`, 'Switch $index', { id: 'switch' }),
]);

/** Eaton's Matrix: inverters of telecommunication sites. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.935.10.2' }],
  identity: {
    vendor: [{ text: 'Eaton' }],
    os: [{ text: 'eaton-matrix' }],
    model: [{ oid: `${TELECOM}.1.2.0` }],
    version: [{ oid: `${TELECOM}.1.5.0` }],
    serial: [{ oid: `${TELECOM}.1.1.0` }],
  },
  readings: [modules],
};
