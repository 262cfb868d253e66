import type { Clock } from '../../domain/clock.ts';
import type { Zone } from '../../domain/zone.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import type { PortalKeys } from './portal-keys.ts';

/** What the services of the captive portal work with. `zone`: of the province; days and opening hours are its. */
export type PortalParts = {
  readonly inventory: Inventory;
  readonly keys: PortalKeys;
  readonly clock: Clock;
  readonly zone: Zone;
};

/** Keyed hash of a device's address. @param mac as `macOf` gives it */
export const deviceHash = (keys: PortalKeys, mac: string): string => keys.hash('mac', mac);
