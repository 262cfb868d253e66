import type { DeviceKindInfo } from '../device-kinds.ts';

export const kind: DeviceKindInfo = {
  title: { id: 'Titik akses', en: 'Access point' },
  icon: 'access-point',
  metrics: ['wireless.clients', 'reachability.response_ms', 'interface.ifHCInOctets', 'interface.ifHCOutOctets'],
};
