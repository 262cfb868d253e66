import type { StateCounts } from '../../core/contract/common.ts';
import type { Wall, WallIncident, WallView } from '../../core/contract/walls.ts';
import { type Clock, DAY, HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import {
  ancestorCode,
  REGION_LEVELS,
  type RegionCode,
  type RegionLevel,
  regionLevel,
} from '../../core/domain/region.ts';
import { VILLAGE_STATES } from '../../core/domain/state.ts';
import type { WallScene } from '../../core/domain/wall.ts';
import { zoneOf } from '../../core/domain/zone.ts';
import type { CoverageCounts } from '../../core/stores/inventory/coverage.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { SeriesStore } from '../../core/stores/series/series-store.ts';
import type { Counts } from './counts.ts';
import { memo } from './memo.ts';
import type { Reachability } from './reachability.ts';

export type WallDeps = {
  readonly inventory: Inventory;
  readonly series: SeriesStore;
  readonly counts: Counts;
  readonly reachability: Reachability;
  readonly clock: Clock;
};

const MOST_INCIDENTS = 8;
const MOST_AGENCIES = 24;
const MOST_EYES = 72;
const CURVE_STEP_MS = 30 * MINUTE;
const CLIENTS = 'wireless.clients';
const FRESH_MS = 3 * SECOND;
const CURVE_FRESH_MS = MINUTE;
/** Walls of which the last good parts are remembered. */
const WALLS_KEPT = 100;

type Part = 'counts' | 'map' | 'incidents' | 'agencies' | 'online' | 'eyes';
type Parts = Pick<WallView, Part>;
const NEEDS: Readonly<Record<WallScene, readonly Part[]>> = {
  map: ['map'],
  incidents: ['incidents'],
  agencies: ['agencies'],
  villages: [],
  people: ['online'],
  cameras: ['eyes'],
};

/**
 * What walls show. All screens of a wall share one answer of a few seconds. A part that cannot be made keeps its last
 * good state with its age: a wall grows old, and never empty.
 */
export function wallViews(deps: WallDeps, build: string) {
  const { inventory, series, counts, reachability, clock } = deps;
  const views = memo<WallView>({ clock, freshMs: FRESH_MS, entries: WALLS_KEPT });
  const curves = memo<NonNullable<WallView['online']>>({ clock, freshMs: CURVE_FRESH_MS, entries: WALLS_KEPT });
  const lastGood = new Map<string, Partial<Parts>>();

  const tableOf = (region: RegionCode): Promise<readonly CoverageCounts[]> => counts.table(region, levelBelow(region));

  async function countsPart(region: RegionCode): Promise<WallView['counts']> {
    const asOf = clock();
    const [summary, table] = await Promise.all([counts.summary(region), tableOf(region)]);
    const { villages, villagesInProgramme, villageCount } = summary;
    return { asOf, villages, villagesInProgramme, villageCount, rows: table.map(countsRow) };
  }

  async function mapPart(region: RegionCode): Promise<WallView['map']> {
    const asOf = clock();
    const villages = await inventory.coverage.mapVillages(region);
    // Of the region list: the middle of the village, never the place of a device.
    return {
      asOf,
      points: villages.map(({ lng, lat, state }) => [round(lng), round(lat), VILLAGE_STATES.indexOf(state)]),
    };
  }

  async function incidentsPart(region: RegionCode, isPublic: boolean, nameOf: NameOf): Promise<WallView['incidents']> {
    const asOf = clock();
    const [weighed, lastEndedAt] = await Promise.all([
      inventory.now.weighed(region),
      inventory.now.lastEndedAt(region),
    ]);
    const rows = await inventory.incidents.byIds(
      weighed.slice(0, MOST_INCIDENTS).map(({ id }) => id),
      region,
    );
    return {
      asOf,
      total: weighed.length,
      waiting: weighed.filter(({ isTaken }) => !isTaken).length,
      lastEndedAt,
      rows: rows.map(
        ({ startedAt, rootKind, regionCode, root, cause, effect }): WallIncident => ({
          ...{ startedAt, rootKind, cause, regionName: nameOf(regionCode) },
          root:
            isPublic || root === null
              ? null
              : { deviceName: root.deviceName, siteName: root.siteName, place: root.place },
          ...{ villages: effect.villages, agencies: effect.agencies },
          ...{ population: effect.population, devices: effect.devices },
        }),
      ),
    };
  }

  async function agenciesPart(region: RegionCode, isPublic: boolean, nameOf: NameOf): Promise<WallView['agencies']> {
    const asOf = clock();
    if (isPublic) return { asOf, omitted: 0, items: [] };
    const order = ['down', 'degraded', 'unknown', 'planned'];
    const found = (await inventory.coverage.mapSites(region))
      .filter(({ kind, state, planned }) => kind === 'agency' && (planned || state !== 'up'))
      .map(({ name, regionCode, state, planned }) => ({
        ...{ name, regionName: nameOf(regionCode) },
        state: planned ? ('planned' as const) : state,
      }))
      .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.name < b.name ? -1 : 1));
    return { asOf, items: found.slice(0, MOST_AGENCIES), omitted: Math.max(0, found.length - MOST_AGENCIES) };
  }

  async function onlinePart(region: RegionCode): Promise<WallView['online']> {
    const level = regionLevel(region);
    const [curve, clients] = await Promise.all([
      curves.get(region, () => curveOf(region)),
      reachability.clientsOfRegions(region, level),
    ]);
    return { ...curve, asOf: clock(), now: clients.get(region) ?? null };
  }

  /**
   * People online since midnight: the mean over a half hour of what one radio told, times the radios that told today.
   * A radio that was silent for a while counts as the others, so the curve is of use, not of the line.
   */
  async function curveOf(region: RegionCode): Promise<NonNullable<WallView['online']>> {
    const asOf = clock();
    const { offsetMs } = zoneOf(region);
    const from = Math.floor((asOf + offsetMs) / DAY) * DAY - offsetMs;
    const deviceIds = (await inventory.coverage.devicePlaces(region)).map(({ deviceId }) => deviceId);
    const curve = { asOf, now: null, from, stepMs: CURVE_STEP_MS };
    if (deviceIds.length === 0) return { ...curve, points: [] };
    const to = Math.max(from + CURVE_STEP_MS, Math.ceil(asOf / CURVE_STEP_MS) * CURVE_STEP_MS);
    const groups = new Map([['all', deviceIds]]);
    const [[group], told] = await Promise.all([
      series.group({ metric: CLIENTS, from, to, aggregate: 'mean', groups, stepMs: CURVE_STEP_MS }),
      series.latest({ deviceIds, metrics: [CLIENTS], since: from }),
    ]);
    const byStart = new Map(group?.points.map(({ at, value }) => [at, value]));
    const points = Array.from(
      { length: Math.min((24 * HOUR) / CURVE_STEP_MS, (to - from) / CURVE_STEP_MS) },
      (_, step) => {
        const mean = byStart.get(from + step * CURVE_STEP_MS) ?? null;
        return mean === null ? null : Math.round(mean * told.length);
      },
    );
    return { ...curve, points };
  }

  async function eyesPart(region: RegionCode, isPublic: boolean, nameOf: NameOf): Promise<WallView['eyes']> {
    const asOf = clock();
    const eyes = await inventory.walls.eyes(region);
    const countOf = (kind: string): StateCounts => {
      const states = { up: 0, degraded: 0, down: 0, unknown: 0 };
      for (const eye of eyes) if (eye.kind === kind) states[eye.state] += 1;
      return states;
    };
    const items = eyes
      .slice(0, isPublic ? 0 : MOST_EYES)
      .map(({ kind, name, regionCode, state }) => ({ kind, name, state, regionName: nameOf(regionCode) }));
    const omitted = eyes.length - items.length;
    return { asOf, cameras: countOf('camera'), webSites: countOf('web-site'), omitted, items };
  }

  async function make(wall: Wall): Promise<WallView> {
    const { regionCode: region, regionName, variant, scenes, theme, language } = wall;
    const isPublic = variant === 'public';
    const known = lastGood.get(keyOf(wall)) ?? {};
    const needed = new Set<Part>(scenes.flatMap(({ scene }) => NEEDS[scene]));
    const names = tableOf(region).then(
      (rows) => nameIn(rows, region, regionName),
      () => nameIn([], region, regionName),
    );
    const take = async <P extends Part>(
      part: P,
      work: (nameOf: NameOf) => Promise<Parts[P]>,
    ): Promise<Parts[P] | null> => {
      if (part !== 'counts' && !needed.has(part)) return null;
      try {
        return await work(await names);
      } catch {
        // The store is away: what it said last stands, with its age.
        return (known[part] as Parts[P] | undefined) ?? null;
      }
    };
    const [ofCounts, map, incidents, agencies, online, eyes] = await Promise.all([
      take('counts', () => countsPart(region)),
      take('map', () => mapPart(region)),
      take('incidents', (nameOf) => incidentsPart(region, isPublic, nameOf)),
      take('agencies', (nameOf) => agenciesPart(region, isPublic, nameOf)),
      take('online', () => onlinePart(region)),
      take('eyes', (nameOf) => eyesPart(region, isPublic, nameOf)),
    ]);
    const parts: Parts = { counts: ofCounts, map, incidents, agencies, online, eyes };
    remember(keyOf(wall), parts);
    return {
      wall: {
        ...{ name: isPublic ? null : wall.name, region: { code: region, name: regionName } },
        ...{ scenes, theme, language, variant },
      },
      build,
      asOf: clock(),
      ...parts,
    };
  }

  function remember(key: string, parts: Parts): void {
    lastGood.delete(key);
    lastGood.set(key, parts);
    const [oldest] = lastGood.keys();
    if (lastGood.size > WALLS_KEPT && oldest !== undefined) lastGood.delete(oldest);
  }

  return { get: (wall: Wall): Promise<WallView> => views.get(keyOf(wall), () => make(wall)) };
}

type NameOf = (code: string) => string;

/** A changed wall is another one: nothing of its old region or variant may show. */
const keyOf = ({ id, name, regionCode, regionName, scenes, theme, language, variant }: Wall): string =>
  JSON.stringify([id, name, regionCode, regionName, scenes, theme, language, variant]);

export const levelBelow = (code: RegionCode): RegionLevel => {
  const own = regionLevel(code);
  return REGION_LEVELS[REGION_LEVELS.indexOf(own) + 1] ?? own;
};

/** The region below the wall's in which something lies; the wall's own where it reaches over several. */
function nameIn(rows: readonly CoverageCounts[], region: RegionCode, regionName: string): NameOf {
  const names = new Map(rows.map(({ code, name }) => [code, name]));
  const level = levelBelow(region);
  return (code) => names.get(ancestorCode(code, level) ?? '') ?? regionName;
}

function countsRow(row: CoverageCounts): NonNullable<WallView['counts']>['rows'][number] {
  const { code, name, lat, lng, villages, villagesInProgramme, agencies, agenciesPlanned, shelters } = row;
  return { code, name, lat, lng, villages, villagesInProgramme, agencies, agenciesPlanned, shelters };
}

/** Some hundred metres: a wall shows a province. */
const round = (degrees: number): number => Math.round(degrees * 1_000) / 1_000;
