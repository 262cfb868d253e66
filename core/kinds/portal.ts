import type { DeviceKindInfo } from '../device-kinds.ts';

/** The way in of a place's Wi-Fi, apart from the gateway that it is on: it can fail while the gateway answers. */
export const kind: DeviceKindInfo = {
  title: { id: 'Pintu masuk Wi-Fi', en: 'Wi-Fi login' },
  icon: 'server',
  metrics: ['portal.login_success_percent', 'portal.logins_15m'],
  countsForSite: false,
};
