import type { Exclusion } from '../contract/exclusions.ts';
import {
  type ConditionLine,
  deviceLine,
  endCondition,
  linkCondition,
  type StateSpan,
  siteCondition,
  withExclusions,
} from '../domain/availability.ts';
import type { Interval } from '../domain/intervals.ts';
import { covers, type RegionCode } from '../domain/region.ts';
import { combined, timelineOf } from '../domain/timeline.ts';
import type { ContractedLink } from '../stores/inventory/contracted-links.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import type { CountingDevice, DeviceIncident } from '../stores/inventory/timelines.ts';

/** Time that does not count for what is named, and who said so. */
export type ExclusionFact = Pick<
  Exclusion,
  'scopeKind' | 'scopeId' | 'from' | 'to' | 'reason' | 'note' | 'setBy' | 'setAt'
>;

export type Spans = ReadonlyMap<string, readonly StateSpan[]>;

/** What the lines of a period are drawn from. */
export type Facts = {
  readonly period: Interval;
  readonly spans: Spans;
  /** In force at the time the figures are told for. */
  readonly exclusions: readonly ExclusionFact[];
};

/** What an exclusion may name to hold for a thing: the thing, and what it stands in or on. */
type Named = {
  readonly deviceId?: string | null;
  readonly linkId?: string;
  readonly siteIds?: readonly (string | null)[];
  readonly regionCodes?: readonly (RegionCode | null)[];
};

function holdsFor({ scopeKind, scopeId }: ExclusionFact, named: Named): boolean {
  switch (scopeKind) {
    case 'device':
      return named.deviceId === scopeId;
    case 'link':
      return named.linkId === scopeId;
    case 'site':
      return named.siteIds?.includes(scopeId) === true;
    case 'region':
      return named.regionCodes?.some((code) => code !== null && covers(scopeId, code)) === true;
  }
}

/** Power cuts count unless a contract says otherwise, and only links have one. */
const withoutPower = (exclusions: readonly ExclusionFact[]): readonly ExclusionFact[] =>
  exclusions.filter(({ reason }) => reason !== 'power');

const ofDevice = ({ period, spans }: Facts, deviceId: string): ConditionLine =>
  deviceLine(spans.get(deviceId) ?? [], period);

function ownLine(facts: Facts, { deviceId }: CountingDevice, exclusions: readonly ExclusionFact[]): ConditionLine {
  const own = exclusions.filter((exclusion) => holdsFor(exclusion, { deviceId }));
  return withExclusions(ofDevice(facts, deviceId), own);
}

const nothingKnown = ({ period }: Facts): ConditionLine => timelineOf([], period, 'unknown');

/** A device, with what is excluded for it, its site and its region. */
export function lineOfDevice(facts: Facts, { deviceId, siteId, regionCode }: CountingDevice): ConditionLine {
  const named = { deviceId, siteIds: [siteId], regionCodes: [regionCode] };
  const held = withoutPower(facts.exclusions).filter((exclusion) => holdsFor(exclusion, named));
  return withExclusions(ofDevice(facts, deviceId), held);
}

export function lineOfSite(
  facts: Facts,
  site: { readonly id: string; readonly regionCode: RegionCode },
  devices: readonly CountingDevice[],
): ConditionLine {
  const exclusions = withoutPower(facts.exclusions);
  const lines = devices.map((device) => ownLine(facts, device, exclusions));
  const whole = lines.length === 0 ? nothingKnown(facts) : combined(lines, siteCondition);
  const named = { siteIds: [site.id], regionCodes: [site.regionCode] };
  return withExclusions(
    whole,
    exclusions.filter((exclusion) => holdsFor(exclusion, named)),
  );
}

export type LinkWitnesses = {
  /** Null where no device measures the link. */
  readonly measuring: CountingDevice | null;
  readonly from: readonly CountingDevice[];
  readonly to: readonly CountingDevice[];
};

/** A link as it was measured, and as it counts; `exclusions` are those that hold for it. */
export type LinkLines = {
  readonly measured: ConditionLine;
  readonly counted: ConditionLine;
  readonly exclusions: readonly ExclusionFact[];
};

export function linesOfLink(
  facts: Facts,
  link: ContractedLink,
  witnesses: LinkWitnesses,
  terms: { readonly powerCounts: boolean },
): LinkLines {
  const exclusions = terms.powerCounts ? withoutPower(facts.exclusions) : facts.exclusions;
  const named: Named = {
    linkId: link.id,
    deviceId: link.deviceId,
    siteIds: [link.fromSiteId, link.toSiteId],
    regionCodes: [link.fromRegion, link.toRegion],
  };
  const held = exclusions.filter((exclusion) => holdsFor(exclusion, named));
  return {
    measured: wholeLink(facts, witnesses, []),
    counted: withExclusions(wholeLink(facts, witnesses, exclusions), held),
    exclusions: held,
  };
}

function wholeLink(facts: Facts, witnesses: LinkWitnesses, exclusions: readonly ExclusionFact[]): ConditionLine {
  const { measuring, from, to } = witnesses;
  const ends = [from, to]
    .filter((devices) => devices.length > 0)
    .map((devices) =>
      combined(
        devices.map((device) => ownLine(facts, device, exclusions)),
        endCondition,
      ),
    );
  const first = measuring === null ? [] : [ownLine(facts, measuring, exclusions)];
  // An end without devices says nothing, and where the first end is such, nothing else may stand for it.
  const measured = measuring === null && from.length === 0 ? [nothingKnown(facts)] : first;
  return combined([...measured, ...ends], linkCondition);
}

/** Devices by site. */
export function bySite(devices: readonly CountingDevice[]): ReadonlyMap<string, readonly CountingDevice[]> {
  const sites = new Map<string, CountingDevice[]>();
  for (const device of devices) {
    const site = sites.get(device.siteId);
    if (site === undefined) sites.set(device.siteId, [device]);
    else site.push(device);
  }
  return sites;
}

/** All that the lines of some links are drawn from: a few questions to the store for many links. */
export async function readLinkFacts(
  { timelines }: Pick<Inventory, 'timelines'>,
  links: readonly ContractedLink[],
  period: Interval,
): Promise<{
  readonly spans: Spans;
  readonly incidents: readonly DeviceIncident[];
  readonly witnessesOf: (link: ContractedLink) => LinkWitnesses;
}> {
  const [atEnds, measuring] = await Promise.all([
    timelines.countingOfSites([
      ...new Set(links.flatMap(({ fromSiteId, toSiteId }) => [fromSiteId, toSiteId ?? []].flat())),
    ]),
    timelines.named([...new Set(links.flatMap(({ deviceId }) => deviceId ?? []))]),
  ]);
  const sites = bySite(atEnds);
  const byId = new Map(measuring.map((device) => [device.deviceId, device]));
  const ids = [...new Set([...atEnds, ...measuring].map(({ deviceId }) => deviceId))];
  const [spans, incidents] = await Promise.all([
    timelines.spans(ids, period.from, period.to),
    timelines.incidents(ids, period.from, period.to),
  ]);
  return {
    spans,
    incidents,
    witnessesOf: ({ deviceId, fromSiteId, toSiteId }) => ({
      measuring: byId.get(deviceId ?? '') ?? null,
      from: sites.get(fromSiteId) ?? [],
      to: sites.get(toSiteId ?? '') ?? [],
    }),
  };
}
