import type { DeviceKindInfo } from '../device-kinds.ts';

export const kind: DeviceKindInfo = {
  title: { id: 'Server', en: 'Server' },
  icon: 'server',
  metrics: [
    'cpu.usage_percent',
    'mem.used_percent',
    'disk.used_percent',
    'interface.ifHCInOctets',
    'interface.ifHCOutOctets',
  ],
};
