import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

const UPS = '1.3.6.1.4.1.49136.1';

/** Voltages in tenths, currents in thousandths. */
const system = readingColumns([
  sensor('voltage', `${UPS}.1.1`, 'Output', { id: 'output', scale: 0.1 }),
  sensor('current', `${UPS}.1.2`, 'Output', { id: 'output', scale: 0.001 }),
  sensor('voltage', `${UPS}.2.1`, 'Battery', { id: 'battery', scale: 0.1 }),
  sensor('current', `${UPS}.2.2`, 'Battery', { id: 'battery', scale: 0.001 }),
  sensor('state', `${UPS}.2.3`, 'Charger', { id: 'charger' }),
  sensor('state', `${UPS}.3.1`, 'Operation', { id: 'operation' }),
  sensor('state', `${UPS}.3.2`, 'Mains', { id: 'mains' }),
  sensor('state', `${UPS}.3.3`, 'Charging', { id: 'charging' }),
  sensor('state', `${UPS}.3.4`, 'Discharging', { id: 'discharging' }),
  sensor('state', `${UPS}.3.5`, 'Temperature', { id: 'temperature' }),
  sensor('state', `${UPS}.3.6`, 'Load', { id: 'load' }),
  sensor('state', `${UPS}.3.7`, 'Fan A', { id: 'fan-a' }),
  sensor('state', `${UPS}.3.8`, 'Fan B', { id: 'fan-b' }),
  sensor('temperature', `${UPS}.4.1`, 'Internal', { id: 'internal' }),
  sensor('temperature', `${UPS}.4.2`, 'Probe', { id: 'probe' }),
  sensor('temperature', `${UPS}.4.3`, 'Heatsink', { id: 'heatsink' }),
  sensor('voltage', `${UPS}.6.1`, 'Mains', { id: 'mains', scale: 0.1 }),
  sensor('voltage', `${UPS}.8.5`, 'Battery test, start', { id: 'test-start', scale: 0.1 }),
  sensor('current', `${UPS}.8.6`, 'Battery test, start', { id: 'test-start', scale: 0.001 }),
  sensor('voltage', `${UPS}.8.7`, 'Battery test, end', { id: 'test-end', scale: 0.1 }),
  sensor('current', `${UPS}.8.8`, 'Battery test, end', { id: 'test-end', scale: 0.001 }),
]);

/** Algcom's DC UPS. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.49136', descr: /^DC UPS/ }],
  identity: { vendor: [{ text: 'Algcom' }], os: [{ text: 'algcom-dc-ups' }], model: [], version: [], serial: [] },
  readings: [system],
};
