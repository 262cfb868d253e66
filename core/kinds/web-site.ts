import type { DeviceKindInfo } from '../device-kinds.ts';

export const kind: DeviceKindInfo = {
  title: { id: 'Situs web', en: 'Web site' },
  icon: 'server',
  metrics: [
    'http_response.first_byte_ms',
    'http_response.total_ms',
    'http_response.dns_ms',
    'http_response.tls_days_left',
  ],
  // A page is built while one waits: slow is what makes a visitor give up.
  thresholds: { roundTripMs: { enter: 5_000, leave: 3_500 } },
  countsForSite: false,
};
