import type { DeviceKindInfo } from '../device-kinds.ts';

export const kind: DeviceKindInfo = {
  title: { id: 'Radio', en: 'Radio link' },
  icon: 'radio',
  metrics: [
    'reachability.response_ms',
    'ping.percent_packet_loss',
    'interface.ifHCInOctets',
    'interface.ifHCOutOctets',
  ],
};
