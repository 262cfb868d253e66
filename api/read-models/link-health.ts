import type { LinkHealthView } from '../../core/contract/links.ts';
import type { Clock } from '../../core/domain/clock.ts';
import { linkHealth } from '../../core/domain/link-health.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { SeriesStore } from '../../core/stores/series/series-store.ts';
import { lightOf } from './link-light.ts';
import { type JudgedLink, type MeasuredLink, ratesOf } from './link-rates.ts';

type Deps = { readonly inventory: Inventory; readonly series: SeriesStore; readonly clock: Clock };

/** How well links do, by link: the same few questions to the stores for one link as for a hundred. */
export async function linkHealths(
  { inventory, series, clock }: Deps,
  links: readonly JudgedLink[],
): Promise<ReadonlyMap<string, LinkHealthView>> {
  const asOf = clock();
  const measured = links.filter((link): link is MeasuredLink => link.deviceId !== null);
  const [light, rates] = await Promise.all([
    lightOf({ inventory, series }, measured, asOf),
    ratesOf(series, measured, asOf),
  ]);
  return new Map(
    links.map((link) => {
      const facts = { ...light(link), ...rates(link) };
      const { health, reasons } = linkHealth({
        ...facts,
        rxChangeDb: facts.rxChange?.db ?? null,
        busyIn: facts.in?.share ?? null,
        busyOut: facts.out?.share ?? null,
      });
      return [link.id, { linkId: link.id, health, reasons: [...reasons], ...facts, asOf }] as const;
    }),
  );
}
