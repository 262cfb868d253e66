import type { Village } from '../../core/contract/sites.ts';
import type { Clock } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import { villageState } from '../../core/domain/state.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { Scope } from '../scope.ts';
import { AVAILABILITY_MS, type Reachability } from './reachability.ts';

const OUTAGES_SHOWN = 50;

/** @throws AppError `not-found` for what is no village, or may not be seen */
export async function village(
  deps: { readonly inventory: Inventory; readonly reachability: Reachability; readonly clock: Clock },
  scope: Scope,
  code: RegionCode,
): Promise<Village> {
  const { inventory, reachability, clock } = deps;
  scope.admitRegion(code);
  const region = await inventory.regions.get(code);
  if (region === null || region.level !== 'village') throw new AppError('not-found', 'there is no such village');

  const asOf = clock();
  const [ancestors, sites, outages] = await Promise.all([
    inventory.regions.ancestors(code),
    inventory.sites.standingIn(code),
    inventory.outages.list({ region: code, from: asOf - AVAILABILITY_MS, pageSize: OUTAGES_SHOWN }),
  ]);
  const devices = await inventory.devices.ofSites(sites.map(({ id }) => id));
  const groups = new Map(
    sites.map(({ id }) => [
      id,
      devices.flatMap((device) => (device.siteId === id && device.enabled && device.countsForSite ? [device.id] : [])),
    ]),
  );
  const [shares, strips, clients] = await Promise.all([
    reachability.lastMonth(groups),
    reachability.strips(groups),
    // What a device said before it fell silent is nobody who is online now.
    reachability.clientsNow(devices.flatMap(({ id, state }) => (state === 'down' ? [] : [id]))),
  ]);
  const programme = sites.filter(
    ({ kind, status }) => status === 'active' && (kind === 'village-office' || kind === 'village-public'),
  );
  return {
    region: { ...region, ancestors },
    state: villageState(programme.map(({ state }) => state)),
    sites: sites.map((site) => ({
      ...site,
      devices: devices.filter(({ siteId }) => siteId === site.id),
      clients: total((groups.get(site.id) ?? []).map((id) => clients.get(id))),
      availability: shares.get(site.id) ?? null,
      strip: { from: strips.from, hours: strips.hours.get(site.id) ?? [] },
    })),
    outages: outages.items,
    asOf,
  };
}

/** Null where none of them tells. */
function total(values: readonly (number | undefined)[]): number | null {
  const told = values.filter((value) => value !== undefined);
  return told.length === 0 ? null : told.reduce((sum, value) => sum + value, 0);
}
