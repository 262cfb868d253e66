import type { DeviceKindInfo } from '../device-kinds.ts';

export const kind: DeviceKindInfo = {
  title: { id: 'Kamera', en: 'Camera' },
  icon: 'camera',
  metrics: ['rtsp.first_packet_ms', 'rtsp.describe_ms', 'reachability.response_ms', 'interface.ifHCOutOctets'],
  countsForSite: false,
};
