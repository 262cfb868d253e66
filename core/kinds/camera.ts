import type { DeviceKindInfo } from '../device-kinds.ts';

export const kind: DeviceKindInfo = {
  title: { id: 'Kamera', en: 'Camera' },
  icon: 'camera',
  metrics: ['reachability.response_ms', 'interface.ifHCOutOctets'],
};
