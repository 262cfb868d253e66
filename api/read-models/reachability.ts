import type { Clock } from '../../core/domain/clock.ts';
import { DAY, HOUR, MINUTE } from '../../core/domain/clock.ts';
import type { RegionCode, RegionLevel } from '../../core/domain/region.ts';
import { ancestorCode } from '../../core/domain/region.ts';
import type { DevicePlace } from '../../core/stores/inventory/coverage.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { SeriesStore } from '../../core/stores/series/series-store.ts';
import { memo } from './memo.ts';

const UP = 'reachability.up';
const CLIENTS = 'wireless.clients';
/** A device that told its clients longer ago tells nothing about now. */
const CLIENTS_WITHIN_MS = 5 * MINUTE;
export const AVAILABILITY_MS = 30 * DAY;

export type Reachability = ReturnType<typeof reachability>;

/** Figures of the series store by region, site or device. What it takes long to count is kept for some seconds. */
export function reachability(inventory: Inventory, series: SeriesStore, clock: Clock) {
  const places = memo<readonly DevicePlace[]>({ clock, freshMs: 30_000, staleMs: 5 * MINUTE, entries: 50 });
  const shares = memo<ReadonlyMap<string, number>>({ clock, freshMs: MINUTE, entries: 500 });
  const month = memo<ReadonlyMap<string, number>>({ clock, freshMs: MINUTE, staleMs: 15 * MINUTE, entries: 100 });
  const online = memo<ReadonlyMap<string, number>>({ clock, freshMs: 10_000, entries: 50 });

  const placesIn = (region: RegionCode): Promise<readonly DevicePlace[]> =>
    places.get(region, () => inventory.coverage.devicePlaces(region));

  /** Mean share of the time each group was reachable while seen; groups never seen are left out. */
  async function meanUp(groups: ReadonlyMap<string, readonly string[]>, from: number, to: number) {
    const rows = groups.size === 0 ? [] : await series.group({ metric: UP, from, to, aggregate: 'mean', groups });
    return new Map(
      rows.flatMap(({ group, points }) => {
        const value = points[0]?.value ?? null;
        return value === null ? [] : [[group, value] as const];
      }),
    );
  }

  /** Newest number of clients by device, over its radios. */
  async function clientsNow(deviceIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const since = clock() - CLIENTS_WITHIN_MS;
    const samples = deviceIds.length === 0 ? [] : await series.latest({ deviceIds, metrics: [CLIENTS], since });
    const byDevice = new Map<string, number>();
    for (const { deviceId, value } of samples) byDevice.set(deviceId, (byDevice.get(deviceId) ?? 0) + value);
    return byDevice;
  }

  async function sharesOf(region: RegionCode, level: RegionLevel, from: number, to: number) {
    const hotspots = (await placesIn(region)).filter(({ isHotspot }) => isHotspot);
    return await meanUp(
      groupBy(hotspots, ({ regionCode }) => ancestorCode(regionCode, level)),
      from,
      to,
    );
  }

  return {
    /** Hotspots' availability by region of `level` below `region`, over a range rounded to minutes. */
    async ofRegions(region: RegionCode, level: RegionLevel, from: number, to: number) {
      const range = [Math.floor(from / MINUTE) * MINUTE, Math.ceil(to / MINUTE) * MINUTE] as const;
      return await shares.get([region, level, ...range].join(' '), () => sharesOf(region, level, ...range));
    },

    /** The same over the last 30 days: what most screens show, so it is renewed behind them. */
    async lastMonthOfRegions(region: RegionCode, level: RegionLevel) {
      return await month.get(`${region} ${level}`, () => {
        const to = Math.ceil(clock() / MINUTE) * MINUTE;
        return sharesOf(region, level, to - AVAILABILITY_MS, to);
      });
    },

    /** People online by region of `level` below `region`, where devices tell. */
    async clientsOfRegions(region: RegionCode, level: RegionLevel): Promise<ReadonlyMap<string, number>> {
      const all = await placesIn(region);
      const byDevice = await online.get(region, () => clientsNow(all.map(({ deviceId }) => deviceId)));
      const byRegion = new Map<string, number>();
      for (const { deviceId, regionCode } of all) {
        const clients = byDevice.get(deviceId);
        const code = ancestorCode(regionCode, level);
        if (clients !== undefined && code !== null) byRegion.set(code, (byRegion.get(code) ?? 0) + clients);
      }
      return byRegion;
    },

    /** Availability of each group of devices over the last 30 days. */
    async lastMonth(groups: ReadonlyMap<string, readonly string[]>): Promise<ReadonlyMap<string, number>> {
      const to = Math.ceil(clock() / MINUTE) * MINUTE;
      return await meanUp(groups, to - AVAILABILITY_MS, to);
    },

    /** The last 24 hours of each group, hour by hour; the last one is the running hour. */
    async strips(groups: ReadonlyMap<string, readonly string[]>) {
      const to = (Math.floor(clock() / HOUR) + 1) * HOUR;
      const from = to - DAY;
      const query = { metric: UP, from, to, aggregate: 'mean', groups, stepMs: HOUR } as const;
      const rows = groups.size === 0 ? [] : await series.group(query);
      const hours = new Map<string, (number | null)[]>();
      for (const group of groups.keys()) hours.set(group, new Array<number | null>(DAY / HOUR).fill(null));
      for (const { group, points } of rows) {
        for (const { at, value } of points) {
          const index = (at - from) / HOUR;
          if (Number.isInteger(index) && index >= 0 && index < DAY / HOUR) hours.get(group)?.splice(index, 1, value);
        }
      }
      return { from, hours: hours as ReadonlyMap<string, (number | null)[]> };
    },

    clientsNow,

    /** Devices came, went or moved. */
    forgetPlaces: (): void => places.clear(),
  };
}

function groupBy<Item extends { readonly deviceId: string }>(
  items: readonly Item[],
  keyOf: (item: Item) => string | null,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item.deviceId]);
    else group.push(item.deviceId);
  }
  return groups;
}
