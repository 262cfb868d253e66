import { loadGateways } from '../captive-portal/gateway.ts';
import { type Portal, startPortal } from '../captive-portal/main.ts';
import { loadMethods } from '../captive-portal/method.ts';
import type { Bus } from '../core/bus/bus.ts';
import type { Config } from '../core/config/config.ts';
import type { Clock } from '../core/domain/clock.ts';
import { type Zone, zoneOf } from '../core/domain/zone.ts';
import type { Log } from '../core/log/log.ts';
import { portalKeys } from '../core/services/portal/portal-keys.ts';
import type { Inventory } from '../core/stores/inventory/inventory.ts';
import type { SeriesStore } from '../core/stores/series/series-store.ts';

export type PortalKindsLoaded = {
  readonly gateways: Awaited<ReturnType<typeof loadGateways>>;
  readonly methods: Awaited<ReturnType<typeof loadMethods>>;
};

/** Families of gateways and ways in: what the inventory checks settings by, the screens draw and the portal speaks. */
export async function loadPortalKinds(): Promise<PortalKindsLoaded> {
  const [gateways, methods] = await Promise.all([loadGateways(), loadMethods()]);
  return { gateways, methods };
}

/** The captive portal of this process. @throws AppError `config` without `SIMPUL_SECRET_KEY` */
export async function openPortal(parts: {
  readonly inventory: Inventory;
  readonly series: SeriesStore;
  readonly config: Config;
  readonly kinds: PortalKindsLoaded;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<Portal> {
  const { kinds, config, ...rest } = parts;
  return await startPortal({
    ...rest,
    ...kinds,
    config,
    keys: portalKeys(config.secretKey),
    zone: await zoneOfProvince(rest.inventory),
  });
}

/** What is a day of use follows from where the province lies; western time where several or none are known. */
async function zoneOfProvince({ sql }: Inventory): Promise<Zone> {
  const provinces = await sql.query<{ code: string }>("SELECT code FROM region WHERE level = 'province' LIMIT 2");
  return zoneOf(provinces.length === 1 ? (provinces[0]?.code ?? '') : '');
}
