import type { Bus } from '../../core/bus/bus.ts';
import type { Clock } from '../../core/domain/clock.ts';
import type { RegionCode } from '../../core/domain/region.ts';

/** Tells everybody that something of a region changed, and hands the thing back. */
export type Changed = <Thing extends { readonly regionCode: RegionCode | '' }>(thing: Thing) => Thing;

export const changedOn =
  (bus: Bus, clock: Clock): Changed =>
  (thing) => {
    bus.publish({ type: 'inventory-changed', regionCode: thing.regionCode, at: clock() });
    return thing;
  };
