import type { Availability } from '../contract/availability.ts';
import {
  addTallies,
  availabilityPercent,
  type ConditionLine,
  NO_TIME,
  type Tally,
  tallyOf,
  villageCondition,
  wholeSecond,
} from '../domain/availability.ts';
import { DAY } from '../domain/clock.ts';
import { AppError } from '../domain/errors.ts';
import type { Interval } from '../domain/intervals.ts';
import type { RegionCode } from '../domain/region.ts';
import { combined, timelineOf } from '../domain/timeline.ts';
import { monthOf, zoneOf } from '../domain/zone.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import { bySite, type Facts, lineOfDevice, lineOfSite, linesOfLink, readLinkFacts } from './condition-lines.ts';
import { exclusionsInForce } from './exclusions-in-force.ts';

export type Thing = {
  readonly kind: 'device' | 'site' | 'agency' | 'link' | 'village' | 'region';
  readonly id: string;
};
export type Asked = Interval & {
  /** What lies after it is not part of any period, and figures hold with what was known then. */
  readonly asOf: number;
};
type Deps = Pick<Inventory, 'timelines' | 'exclusions' | 'maintenance' | 'linkTerms' | 'contractedLinks' | 'sites'>;

const LONGEST_MS = 3_660 * DAY;
/** Hotspots of a region whose history is in memory at once. */
const SITES_AT_ONCE = 250;

/**
 * Availability of one thing over any period.
 * @throws AppError `bad-input` for a period that is empty, has not begun or is longer than ten years; `not-found`
 */
export async function availabilityOf(inventory: Deps, thing: Thing, { from, to, asOf }: Asked): Promise<Availability> {
  const period = { from: wholeSecond(from), to: wholeSecond(Math.min(to, asOf)) };
  if (period.from >= period.to || period.to - period.from > LONGEST_MS) {
    throw new AppError('bad-input', 'the period is empty, still to come, or longer than ten years', {
      faults: [{ field: '/from', reason: 'must be at least a second before to and before now' }],
    });
  }
  const of = `${thing.kind}:${thing.id}`;
  if (thing.kind === 'region') {
    const { seconds, things } = await tallyOfRegion(inventory, thing.id, period, asOf);
    return { of, ...period, seconds, availabilityPercent: availabilityPercent(seconds), things, timeline: null };
  }
  const line = await lineOf(inventory, thing, period, asOf);
  const seconds = tallyOf(line);
  return {
    of,
    ...period,
    seconds,
    availabilityPercent: availabilityPercent(seconds),
    things: 1,
    timeline: line.map(({ value, ...stretch }) => ({ ...stretch, condition: value })),
  };
}

async function lineOf(inventory: Deps, { kind, id }: Thing, period: Interval, asOf: number): Promise<ConditionLine> {
  const { timelines, contractedLinks, linkTerms, sites } = inventory;
  const exclusions = await exclusionsInForce(inventory, period, asOf);
  const factsOf = async (deviceIds: readonly string[]): Promise<Facts> => ({
    period,
    exclusions,
    spans: await timelines.spans(deviceIds, period.from, period.to),
  });
  switch (kind) {
    case 'device': {
      const [device] = await timelines.named([id]);
      if (device === undefined) throw new AppError('not-found', 'there is no such device');
      return lineOfDevice(await factsOf([id]), device);
    }
    case 'site':
    case 'agency': {
      const site = await sites.get(id);
      if (site === null) throw new AppError('not-found', 'there is no such site');
      const devices = await timelines.countingOfSites([id]);
      return lineOfSite(await factsOf(devices.map(({ deviceId }) => deviceId)), site, devices);
    }
    case 'village': {
      const ofVillage = (await sites.standingIn(id)).filter(
        (site) => site.status === 'active' && (site.kind === 'village-office' || site.kind === 'village-public'),
      );
      const devices = await timelines.countingOfSites(ofVillage.map((site) => site.id));
      const facts = await factsOf(devices.map(({ deviceId }) => deviceId));
      const groups = bySite(devices);
      const lines = ofVillage.map((site) => lineOfSite(facts, site, groups.get(site.id) ?? []));
      return lines.length === 0 ? timelineOf([], period, 'unknown') : combined(lines, villageCondition);
    }
    case 'link': {
      const link = await contractedLinks.get(id);
      if (link === null) throw new AppError('not-found', 'there is no such link');
      const { spans, witnessesOf } = await readLinkFacts(inventory, [link], period);
      const month = monthOf(period.to - 1, zoneOf(link.fromRegion));
      const terms = (await linkTerms.ofMonth([id], month, asOf)).get(id);
      const powerCounts = terms?.powerCounts ?? true;
      return linesOfLink({ period, spans, exclusions }, link, witnessesOf(link), { powerCounts }).counted;
    }
    case 'region':
      throw new TypeError('a region has no line of its own');
  }
}

/** Of the hotspots in a region, their seconds together. */
async function tallyOfRegion(
  { timelines, ...inventory }: Deps,
  region: RegionCode,
  period: Interval,
  asOf: number,
): Promise<{ readonly seconds: Tally; readonly things: number }> {
  const exclusions = await exclusionsInForce(inventory, period, asOf);
  const hotspots = await timelines.hotspots(region);
  const groups = bySite(await timelines.countingOfHotspots(region));
  let seconds = NO_TIME;
  for (let first = 0; first < hotspots.length; first += SITES_AT_ONCE) {
    const chunk = hotspots.slice(first, first + SITES_AT_ONCE);
    const ids = chunk.flatMap(({ id }) => (groups.get(id) ?? []).map(({ deviceId }) => deviceId));
    const facts = { period, exclusions, spans: await timelines.spans(ids, period.from, period.to) };
    for (const site of chunk) {
      seconds = addTallies(seconds, tallyOf(lineOfSite(facts, site, groups.get(site.id) ?? [])));
    }
  }
  return { seconds, things: hotspots.length };
}
