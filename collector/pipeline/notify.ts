import type { Bus } from '../../core/bus/bus.ts';
import type { Transition } from '../../core/domain/next-state.ts';
import type { TransitionResult } from '../../core/stores/inventory/transitions.ts';
import type { Villages } from './villages.ts';
import type { WatchedDevice } from './watched-device.ts';

export type Notify = (device: WatchedDevice, transition: Transition, outage: TransitionResult['outage']) => void;

/** Tells the bus of a change that the store holds by now. Channels that reach people will hear it from there. */
export const createNotify =
  (bus: Bus, villages: Villages): Notify =>
  ({ id: deviceId, siteId, regionCode }, { to, from, at, detectedAt }, outage) => {
    if (to !== from)
      bus.publish({ type: 'device-state', deviceId, siteId, regionCode, state: to, previous: from, since: at });
    if (outage?.what === 'opened' || outage?.what === 'closed') {
      const type = outage.what === 'opened' ? 'outage-opened' : 'outage-closed';
      bus.publish({ type, outageId: outage.id, deviceId, siteId, regionCode, at });
    }
    const village = villages.apply(deviceId, to);
    if (village !== null) bus.publish({ type: 'village-state', ...village, at: detectedAt });
  };
