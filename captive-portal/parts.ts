import type { Bus } from '../core/bus/bus.ts';
import type { Config } from '../core/config/config.ts';
import type { Clock } from '../core/domain/clock.ts';
import type { Zone } from '../core/domain/zone.ts';
import type { Log } from '../core/log/log.ts';
import type { PortalKeys } from '../core/services/portal/portal-keys.ts';
import type { Inventory } from '../core/stores/inventory/inventory.ts';
import type { SeriesStore } from '../core/stores/series/series-store.ts';
import type { GatewayFamilies } from './gateway.ts';
import type { Methods } from './method.ts';

/** Everything the captive portal is built from. */
export type PortalParts = {
  readonly inventory: Inventory;
  /** Where success and time to online of each gateway's device go; null: they are not written. */
  readonly series: Pick<SeriesStore, 'append'> | null;
  readonly keys: PortalKeys;
  readonly config: Pick<
    Config,
    'bind' | 'portalPort' | 'portalUrl' | 'radiusAuthPort' | 'radiusAcctPort' | 'radsec' | 'radiusRest' | 'helpPhone'
  >;
  readonly gateways: GatewayFamilies;
  readonly methods: Methods;
  /** Of the province: what a day and a month of use are. */
  readonly zone: Zone;
  /** Where operators' wishes are heard at once; null: within seconds. */
  readonly bus: Bus | null;
  readonly clock: Clock;
  readonly log: Log;
};
