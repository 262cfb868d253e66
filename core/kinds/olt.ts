import type { DeviceKindInfo } from '../device-kinds.ts';

export const kind: DeviceKindInfo = {
  title: { id: 'OLT', en: 'OLT' },
  icon: 'olt',
  metrics: ['interface.ifHCInOctets', 'interface.ifHCOutOctets', 'cpu.usage_percent', 'mem.used_percent'],
};
