import type { DeviceKindInfo } from '../device-kinds.ts';

/** Panel, battery, charger and mains of a village's equipment, watched together. */
export const kind: DeviceKindInfo = {
  title: { id: 'Kotak daya', en: 'Power box' },
  icon: 'ups',
  metrics: ['sensor.charge', 'sensor.voltage', 'sensor.current', 'sensor.power', 'sensor.temperature', 'sensor.state'],
  countsForSite: false,
};
