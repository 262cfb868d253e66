import type { RegionCode } from '../../core/domain/region.ts';
import { type State, type VillageState, villageState, worstState } from '../../core/domain/state.ts';
import type { WatchedDevice } from './watched-device.ts';

export type VillageChange = {
  readonly regionCode: RegionCode;
  readonly state: VillageState;
  readonly previous: VillageState;
};

/** Follows the state of villages, from their sites' devices. */
export type Villages = {
  /** The devices there are now; states of villages that follow from it are taken as known. */
  replace(devices: readonly WatchedDevice[]): void;
  /** @returns the change of the village's state that follows, or null */
  apply(deviceId: string, state: State): VillageChange | null;
};

export function followVillages(stateOf: (deviceId: string) => State): Villages {
  const states = new Map<string, State>();
  const villageOf = new Map<string, RegionCode>();
  /** Devices of a village by site. */
  const sites = new Map<RegionCode, Map<string, string[]>>();
  const known = new Map<RegionCode, VillageState>();

  function current(regionCode: RegionCode): VillageState {
    const bySite = [...(sites.get(regionCode)?.values() ?? [])];
    return villageState(bySite.map((ids) => worstState(ids.map((id) => states.get(id) ?? 'unknown'))));
  }

  return {
    replace(devices) {
      villageOf.clear();
      sites.clear();
      for (const { id, siteId, siteKind, regionCode, countsForSite } of devices) {
        if (!countsForSite) continue;
        if (siteKind !== 'village-office' && siteKind !== 'village-public') continue;
        villageOf.set(id, regionCode);
        if (!states.has(id)) states.set(id, stateOf(id));
        const bySite = sites.get(regionCode) ?? new Map<string, string[]>();
        bySite.set(siteId, [...(bySite.get(siteId) ?? []), id]);
        sites.set(regionCode, bySite);
      }
      for (const id of states.keys()) if (!villageOf.has(id)) states.delete(id);
      known.clear();
      for (const regionCode of sites.keys()) known.set(regionCode, current(regionCode));
    },
    apply(deviceId, state) {
      const regionCode = villageOf.get(deviceId);
      if (regionCode === undefined) return null;
      states.set(deviceId, state);
      const previous = known.get(regionCode) ?? 'unknown';
      const next = current(regionCode);
      known.set(regionCode, next);
      return next === previous ? null : { regionCode, state: next, previous };
    },
  };
}
