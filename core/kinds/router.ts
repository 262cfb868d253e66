import type { DeviceKindInfo } from '../device-kinds.ts';

export const kind: DeviceKindInfo = {
  title: { id: 'Router', en: 'Router' },
  icon: 'router',
  metrics: [
    'reachability.response_ms',
    'interface.ifHCInOctets',
    'interface.ifHCOutOctets',
    'cpu.usage_percent',
    'mem.used_percent',
  ],
};
