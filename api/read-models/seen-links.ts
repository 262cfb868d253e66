import type { Link, ListedLink, SeenLink } from '../../core/contract/links.ts';
import type { Clock } from '../../core/domain/clock.ts';
import type { Place } from '../../core/domain/grant.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { LinkFilter } from '../../core/stores/inventory/links.ts';
import type { Page } from '../../core/stores/inventory/query.ts';
import type { SeriesStore } from '../../core/stores/series/series-store.ts';
import type { Scope } from '../scope.ts';
import { linkHealths } from './link-health.ts';

type Deps = { readonly inventory: Inventory; readonly series: SeriesStore; readonly clock: Clock };
type Places = ReadonlyMap<string, Place>;

/** Where things of some links stand, asked for once. */
export async function placesOfLinks({ links }: Pick<Inventory, 'links'>, wanted: readonly Link[]): Promise<Places> {
  const siteIds = wanted.flatMap(({ fromSiteId, toSiteId }) =>
    toSiteId === null ? [fromSiteId] : [fromSiteId, toSiteId],
  );
  const deviceIds = wanted.flatMap(({ deviceId }) => deviceId ?? []);
  return await links.places([...new Set(siteIds)], [...new Set(deviceIds)]);
}

/** Without what stands outside: a link is seen from either end, and neither end gives the other away. */
export function seenLink(scope: Scope, link: Link, places: Places): SeenLink {
  const sees = (id: string | null): boolean => {
    const place = id === null ? undefined : places.get(id);
    return place !== undefined && scope.sees(place);
  };
  const from = sees(link.fromSiteId);
  const to = link.toSiteId === null || sees(link.toSiteId);
  const device = link.deviceId === null || sees(link.deviceId);
  return {
    ...link,
    ...(from ? {} : { fromSiteId: null, fromSiteName: null }),
    ...(to ? {} : { toSiteId: null, toSiteName: null }),
    ...(device ? {} : { deviceId: null, ifIndex: null }),
    isWhole: from && to && device,
  };
}

/**
 * Links of a list as whoever asks may see them, with how they do and what they carry.
 * @param filter narrowed to their grant already
 */
export async function seenLinks(deps: Deps, scope: Scope, filter: LinkFilter): Promise<Page<ListedLink>> {
  const found = await deps.inventory.links.list(filter);
  const [healths, places] = await Promise.all([
    linkHealths(deps, found.items),
    placesOfLinks(deps.inventory, found.items),
  ]);
  const items = found.items.map((link) => {
    const { health = 'unknown', in: inward = null, out = null } = healths.get(link.id) ?? {};
    const load = (inward?.bps ?? -1) >= (out?.bps ?? -1) ? inward : out;
    return { ...seenLink(scope, link, places), health, load };
  });
  return { ...found, items };
}
