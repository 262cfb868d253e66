import type { DeviceKindInfo } from '../device-kinds.ts';

export const kind: DeviceKindInfo = {
  title: { id: 'Switch', en: 'Switch' },
  icon: 'switch',
  metrics: ['interface.ifHCInOctets', 'interface.ifHCOutOctets', 'interface.ifInErrors', 'cpu.usage_percent'],
};
