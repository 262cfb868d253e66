import { createHash } from 'node:crypto';
import { MOST_DEVICES, MOST_EDGES, type Topology, type TopologyNow } from '../../core/contract/topology.ts';
import { type Clock, MINUTE, SECOND } from '../../core/domain/clock.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import { STATE_LETTERS } from '../../core/domain/state.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { TopologyLink } from '../../core/stores/inventory/topology.ts';
import type { SeriesStore } from '../../core/stores/series/series-store.ts';
import { drawTopology } from './draw-topology.ts';
import { memo } from './memo.ts';
import { busiestHours, currentRates } from './topology-loads.ts';

/** A change of the inventory tells itself; new speeds of ports do not. */
const DRAWN_MS = 5 * MINUTE;
const NOW_MS = 2 * SECOND;
const RATES_MS = 30 * SECOND;
const PEAKS_MS = 15 * MINUTE;
/** Regions remembered at a time. */
const ENTRIES = 8;

type Deps = { readonly inventory: Inventory; readonly series: SeriesStore; readonly clock: Clock };
type Drawn = { readonly topology: Topology; readonly links: readonly TopologyLink[] };

/** What hangs on what, and how it does. Answers are shared by all who may see the same region. */
export function topologyModel({ inventory, series, clock }: Deps) {
  const remembered = <Value>(freshMs: number, staleMs = 0) =>
    memo<Value>({ clock, freshMs, staleMs, entries: ENTRIES });
  const drawings = remembered<Drawn>(DRAWN_MS);
  const nows = remembered<TopologyNow>(NOW_MS);
  const rates = remembered<ReadonlyMap<string, number>>(RATES_MS, 2 * MINUTE);
  const peaks = remembered<ReadonlyMap<string, number>>(PEAKS_MS, 4 * PEAKS_MS);

  const drawn = (region: RegionCode | ''): Promise<Drawn> =>
    drawings.get(region, async () => {
      const store = inventory.topology;
      const [sites, { devices, total }, ties, links] = await Promise.all([
        store.sites(region),
        store.devices(region, MOST_DEVICES),
        store.ties(region, MOST_EDGES),
        store.links(region, MOST_EDGES),
      ]);
      const body = drawTopology({ sites, devices, ties, links });
      const version = createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 16);
      const byId = new Map(links.map((link) => [link.id, link]));
      return {
        topology: { version, leftOut: total - devices.length, ...body },
        links: body.links.ids.flatMap((id) => byId.get(id) ?? []),
      };
    });

  return {
    topology: async (region: RegionCode | ''): Promise<Topology> => (await drawn(region)).topology,

    now: (region: RegionCode | ''): Promise<TopologyNow> =>
      nows.get(region, async () => {
        const { topology, links } = await drawn(region);
        const asOf = clock();
        const [devices, states, rate, peak] = await Promise.all([
          inventory.topology.deviceStates(region),
          inventory.topology.linkStates(region),
          rates.get(region, () => currentRates(series, links, asOf)),
          peaks.get(region, () => busiestHours(series, links, asOf)),
        ]);
        const { ids } = topology.links;
        return {
          version: topology.version,
          asOf,
          devices: topology.devices.ids.map((id) => STATE_LETTERS[devices.get(id) ?? 'unknown']).join(''),
          links: ids.map((id) => STATE_LETTERS[states.get(id) ?? 'unknown']).join(''),
          bps: ids.map((id) => rate.get(id) ?? null),
          peakBps: ids.map((id) => peak.get(id) ?? null),
        };
      }),

    /** Something of the inventory is otherwise. */
    forget(): void {
      drawings.clear();
      nows.clear();
    },
  };
}
