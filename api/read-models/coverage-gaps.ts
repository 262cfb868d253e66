import type { Gap } from '../../core/contract/coverage-plan.ts';
import type { VillageKind } from '../../core/domain/coverage.ts';
import { nearestFinder } from '../../core/domain/great-circle.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import type { GapRow, LivingSite } from '../../core/stores/inventory/coverage-plan.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { Scope } from '../scope.ts';
import { DEFAULT_KIND } from './coverage-plan.ts';
import { homeRegion } from './home-region.ts';

export type GapSort = 'people' | 'near';
type Asked = {
  readonly region?: RegionCode;
  readonly of?: VillageKind;
  readonly sort?: GapSort;
  readonly page?: number;
  readonly pageSize?: number;
};

/** What would connect whom: villages without a hotspot in their rank, a page of them. Sites outside the grant stay unseen. */
export async function gaps(inventory: Inventory, scope: Scope, asked: Asked) {
  const home = await homeRegion(inventory, scope, asked.region);
  const [rows, sites, edition] = await Promise.all([
    inventory.coveragePlan.gaps(home.code, asked.of ?? DEFAULT_KIND),
    inventory.coveragePlan.livingSites(scope.grant),
    inventory.regions.edition(),
  ]);
  const { page = 1, pageSize = 100 } = asked;
  const ranked = rankGaps(rows, sites, asked.sort ?? 'people');
  return {
    items: ranked.slice((page - 1) * pageSize, page * pageSize),
    total: ranked.length,
    page,
    pageSize,
    region: { code: home.code, name: home.name },
    edition: edition?.edition ?? null,
  };
}

/** Most people first, or the shortest way first; what is not known comes last. */
export function rankGaps(rows: readonly GapRow[], sites: readonly LivingSite[], sort: GapSort): Gap[] {
  const nearestTo = nearestFinder(sites);
  const far = ({ nearest }: Omit<Gap, 'rank'>): number => nearest?.distanceM ?? Number.POSITIVE_INFINITY;
  const byPeople = (a: Omit<Gap, 'rank'>, b: Omit<Gap, 'rank'>): number => (b.people ?? -1) - (a.people ?? -1);
  const byWay = (a: Omit<Gap, 'rank'>, b: Omit<Gap, 'rank'>): number => (far(a) === far(b) ? 0 : far(a) - far(b));
  return rows
    .map((row): Omit<Gap, 'rank'> => {
      const { lat, lng, population, regencyPopulation, regencyVillages, ...rest } = row;
      const found = lat === null || lng === null ? null : nearestTo({ lat, lng });
      const share =
        regencyPopulation === null || regencyVillages === null || regencyVillages === 0
          ? null
          : Math.round(regencyPopulation / regencyVillages);
      return {
        ...rest,
        people: population ?? share,
        peopleAreEstimated: population === null && share !== null,
        nearest:
          found === null
            ? null
            : {
                siteId: found.place.siteId,
                name: found.place.name,
                kind: found.place.kind,
                distanceM: Math.round(found.distanceM),
              },
      };
    })
    .sort((a, b) => (sort === 'near' ? byWay(a, b) || byPeople(a, b) : byPeople(a, b) || byWay(a, b)))
    .map((gap, index) => ({ rank: index + 1, ...gap }));
}
