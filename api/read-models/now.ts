import type { Now } from '../../core/contract/now.ts';
import { type Clock, HOUR } from '../../core/domain/clock.ts';
import { covers, isRegionCode, type RegionCode } from '../../core/domain/region.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { Counts } from './counts.ts';

const MOST_INCIDENTS = 100;
const MOST_FEED = 40;

/** What is broken now. */
export function nowView({ inventory, counts, clock }: { inventory: Inventory; counts: Counts; clock: Clock }) {
  const { now, incidents, regions } = inventory;

  /** @param grant what the account may see: an incident that reaches beyond it is not its own */
  return async function view(region: RegionCode | '', grant: RegionCode | ''): Promise<Now> {
    const asOf = clock();
    const since = asOf - HOUR;
    const [weighed, broken, feed, lastEndedAt, sites, place] = await Promise.all([
      now.weighed(region),
      now.broken(region),
      now.feed(region, since, MOST_FEED),
      now.lastEndedAt(region),
      counts.sites(region),
      isRegionCode(region) ? regions.get(region) : null,
    ]);
    const heaviest = weighed.slice(0, MOST_INCIDENTS);
    const ids = heaviest.map(({ id }) => id);
    const [rows, newest] = await Promise.all([incidents.byIds(ids, grant), now.newest(ids)]);
    const weights = new Map(heaviest.map(({ id, weight }) => [id, weight]));
    const shown = feed.items.filter(({ kind }) => kind === 'state').length;
    const { up, degraded, down, unknown } = sites;
    return {
      asOf,
      region: { code: place?.code ?? null, name: place?.name ?? null },
      incidents: rows.map((incident) => ({
        ...incident,
        weight: weights.get(incident.id) ?? 0,
        newest: newest.get(incident.id) ?? null,
        isMine: covers(grant, incident.regionCode),
      })),
      incidentCount: weighed.length,
      waiting: weighed.filter(({ isTaken }) => !isTaken).length,
      broken,
      sites: { total: up + degraded + down + unknown, up },
      feed: feed.items,
      feedOmitted: Math.max(0, feed.stateChanges - shown),
      lastEndedAt,
    };
  };
}
