import type { DeviceKindInfo } from '../device-kinds.ts';

export const kind: DeviceKindInfo = {
  title: { id: 'UPS', en: 'UPS' },
  icon: 'ups',
  metrics: ['reachability.response_ms', 'system.uptime_s'],
  // Management cards of power equipment answer slowly while nothing is wrong.
  thresholds: { roundTripMs: { enter: 1_400, leave: 1_000 } },
  countsForSite: false,
};
