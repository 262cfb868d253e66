import type { TrendMonth } from '../../core/contract/coverage-plan.ts';
import { type Clock, DAY, HOUR, MINUTE } from '../../core/domain/clock.ts';
import type { VillageKind } from '../../core/domain/coverage.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import { type Month, monthOf, monthPeriod, zoneOf } from '../../core/domain/zone.ts';
import type { HotspotDevice } from '../../core/stores/inventory/coverage-plan.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { SeriesStore } from '../../core/stores/series/series-store.ts';
import type { Scope } from '../scope.ts';
import { DEFAULT_KIND } from './coverage-plan.ts';
import { homeRegion } from './home-region.ts';
import { memo } from './memo.ts';

const UP = 'reachability.up';
const MONTHS = 12;
/** Up for this share of a month's last day: it lived at the month's end. */
const LIVED = 0.5;

export type TrendDeps = {
  readonly inventory: Inventory;
  readonly series: SeriesStore;
  readonly clock: Clock;
};
type Figures = Omit<TrendMonth, 'month' | 'isRunning'>;

/** Twelve months up to the running one, by the hotspots that stand today. A month that is over is counted once an hour. */
export function coverageTrend({ inventory, series, clock }: TrendDeps) {
  const ended = memo<Figures>({ clock, freshMs: HOUR, staleMs: DAY, entries: 1200 });
  const running = memo<Figures>({ clock, freshMs: MINUTE, entries: 100 });

  async function means(groups: ReadonlyMap<string, readonly string[]>, from: number, to: number) {
    if (groups.size === 0 || to <= from) return new Map<string, number>();
    const rows = await series.group({ metric: UP, from, to, aggregate: 'mean', groups });
    return new Map(
      rows.flatMap(({ group, points: [point] }) =>
        point === undefined || point.value === null ? [] : [[group, point.value] as const],
      ),
    );
  }

  async function availability(devices: readonly HotspotDevice[], from: number, to: number): Promise<number | null> {
    const all = new Map([['all', devices.map(({ deviceId }) => deviceId)]]);
    return devices.length === 0 ? null : ((await means(all, from, to)).get('all') ?? null);
  }

  /** Villages by their hotspots on the last day of a month that is over. */
  async function atEnd(devices: readonly HotspotDevice[], to: number): Promise<Pick<Figures, 'villages' | 'alive'>> {
    const villageOf = new Map(devices.map(({ siteId, regionCode }) => [siteId, regionCode]));
    const bySite = await means(
      groupsOf(devices, ({ siteId }) => siteId),
      to - DAY,
      to,
    );
    const lived = new Map<RegionCode, boolean>();
    for (const [siteId, share] of bySite) {
      const code = villageOf.get(siteId);
      if (code !== undefined) lived.set(code, (lived.get(code) ?? true) && share >= LIVED);
    }
    const alive = [...lived.values()].filter(Boolean).length;
    return lived.size === 0 ? { villages: null, alive: null } : { villages: lived.size, alive: alive / lived.size };
  }

  async function now(region: RegionCode, of: VillageKind): Promise<Pick<Figures, 'villages' | 'alive'>> {
    const states = await inventory.coveragePlan.villages({ region, of, is: 'programme', pageSize: 1 });
    const normal = await inventory.coveragePlan.villages({ region, of, is: 'normal', pageSize: 1 });
    return { villages: states.total, alive: states.total === 0 ? null : normal.total / states.total };
  }

  return async (scope: Scope, asked: { readonly region?: RegionCode; readonly of?: VillageKind }) => {
    const { code, name } = await homeRegion(inventory, scope, asked.region);
    const of = asked.of ?? DEFAULT_KIND;
    const zone = zoneOf(code);
    const at = clock();
    const last = monthOf(at, zone);
    const devices = await inventory.coveragePlan.hotspotDevices(code, of);
    const months: TrendMonth[] = [];
    // One after the other: each is a large question to the same store.
    for (const month of monthsUpTo(last)) {
      const { from, to } = monthPeriod(month, zone);
      const isRunning = month === last;
      const figures = await (isRunning ? running : ended).get([code, of, month].join(' '), async () => ({
        ...(isRunning ? await now(code, of) : await atEnd(devices, to)),
        availability: await availability(devices, from, Math.min(to, Math.floor(at / MINUTE) * MINUTE)),
      }));
      months.push({ month, isRunning, ...figures });
    }
    return { region: { code, name }, months };
  };
}

function monthsUpTo(last: Month): readonly Month[] {
  const [year = 0, number = 1] = last.split('-').map(Number);
  return Array.from({ length: MONTHS }, (_, n) =>
    new Date(Date.UTC(year, number - MONTHS + n, 1)).toISOString().slice(0, 7),
  );
}

function groupsOf(devices: readonly HotspotDevice[], keyOf: (device: HotspotDevice) => string) {
  const groups = new Map<string, string[]>();
  for (const device of devices) {
    const key = keyOf(device);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [device.deviceId]);
    else group.push(device.deviceId);
  }
  return groups;
}
