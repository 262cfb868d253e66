import type { ListedVillage } from '../../../core/contract/villages.ts';
import { ancestorCode, covers } from '../../../core/domain/region.ts';
import type { StubProvince } from './stub-province.ts';

const WEIGHT = { down: 0, partial: 1, unknown: 2, normal: 3 } as const;

/** Villages of the programme, or all there are; the worst first. */
export function stubVillages(province: StubProvince, scope: string, isAll: boolean): readonly ListedVillage[] {
  const points = new Map(province.map(scope).villages.map((point) => [point.code, point]));
  return [...province.regions.values()]
    .filter(({ level, code }) => level === 'village' && covers(scope, code) && (isAll || points.has(code)))
    .map(({ code, name, population }): ListedVillage => {
      const { state = null, office = null, public: open = null } = points.get(code) ?? {};
      const since = province.sites
        .filter(({ regionCode }) => regionCode === code)
        .map(({ id }) => province.siteState(id).since ?? 0);
      return {
        ...{ code, name, people: population, state, office, public: open },
        districtName: province.regions.get(ancestorCode(code, 'district') ?? '')?.name ?? null,
        regencyName: province.regions.get(ancestorCode(code, 'regency') ?? '')?.name ?? null,
        since: since.length === 0 ? null : Math.max(...since),
      };
    })
    .sort((a, b) => (a.state === null ? 4 : WEIGHT[a.state]) - (b.state === null ? 4 : WEIGHT[b.state]));
}
