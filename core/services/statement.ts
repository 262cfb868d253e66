import type { LinkTerms } from '../contract/link-terms.ts';
import type { Party, Statement, StatementLink } from '../contract/statements.ts';
import {
  addTallies,
  availabilityParts,
  availabilityPercent,
  NO_TIME,
  type Tally,
  tallyOf,
  wholeSecond,
} from '../domain/availability.ts';
import { DAY } from '../domain/clock.ts';
import { AppError } from '../domain/errors.ts';
import type { Place } from '../domain/grant.ts';
import type { Interval } from '../domain/intervals.ts';
import type { RegionCode } from '../domain/region.ts';
import { feeOfDays, percentParts, restitutionPercent, restitutionRupiah } from '../domain/restitution.ts';
import { daysOf, type Month, monthPeriod, type Zone, zoneOf } from '../domain/zone.ts';
import { type ContractedLink, endsOf } from '../stores/inventory/contracted-links.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';
import type { DeviceIncident } from '../stores/inventory/timelines.ts';
import type { SeriesStore } from '../stores/series/series-store.ts';
import { type ExclusionFact, type Facts, type LinkWitnesses, linesOfLink, readLinkFacts } from './condition-lines.ts';
import { exclusionsInForce } from './exclusions-in-force.ts';
import { type LinkLoad, loadsOf } from './link-load.ts';
import { outagesOf } from './statement-outages.ts';

export type StatementDeps = {
  readonly inventory: Pick<
    Inventory,
    'timelines' | 'exclusions' | 'maintenance' | 'linkTerms' | 'contractedLinks' | 'sites'
  >;
  readonly series: Pick<SeriesStore, 'query'>;
};
export type StatementAsked = {
  readonly month: Month;
  readonly of: { readonly provider: string } | { readonly agencySiteId: string };
  /** Only links that come from it; empty = everywhere. An agency has all of its own. */
  readonly region: RegionCode | '';
  /** What may be named: an end, or a device as evidence, that is not seen counts without its name. */
  readonly sees?: (place: Place) => boolean;
  /** False: without what links cost. */
  readonly withMoney?: boolean;
  /** Figures hold with the exclusions and terms that were known then, and nothing after it is measured. */
  readonly asOf: number;
};

/** Stands for the name of a site that is not seen. */
const UNNAMED = '–';
/** Links whose history is in memory at once. */
const LINKS_AT_ONCE = 50;

/**
 * What a provider contracted for a month, or what an agency was given: measured, against the contract, with its evidence.
 * @throws AppError `not-found` where the party has no link here; `bad-input` for a month that has not begun
 */
export async function statementOf(deps: StatementDeps, asked: StatementAsked): Promise<Statement> {
  const { month, asOf, region, sees = () => true, withMoney = true } = asked;
  const { party, links, zone } = await partyOf(deps, asked);
  const whole = monthPeriod(month, zone);
  if (whole.from >= wholeSecond(asOf)) throw new AppError('bad-input', 'the month has not begun');
  const period = { from: whole.from, to: Math.min(whole.to, wholeSecond(asOf)) };
  const contracted = links.filter((link) => daysUnderContract(link, whole, zone) > 0);
  const [exclusions, terms, loads] = await Promise.all([
    exclusionsInForce(deps.inventory, period, asOf),
    deps.inventory.linkTerms.ofMonth(
      contracted.map(({ id }) => id),
      month,
      asOf,
    ),
    loadsOf(deps.series, contracted, period, asOf),
  ]);
  const judged: StatementLink[] = [];
  for (let first = 0; first < contracted.length; first += LINKS_AT_ONCE) {
    const chunk = contracted.slice(first, first + LINKS_AT_ONCE);
    const { spans, incidents, witnessesOf } = await readLinkFacts(deps.inventory, chunk, period);
    for (const link of chunk) {
      const days = underContract(link, whole, zone);
      const own = { from: days.from, to: Math.max(days.from, Math.min(days.to, period.to)) };
      judged.push(
        linkOf(
          { period: own, spans, exclusions },
          {
            link,
            incidents,
            witnesses: witnessesOf(link),
            terms: terms.get(link.id) ?? null,
            load: loads.get(link.id) ?? null,
          },
          { sees, withMoney },
          { days: daysOf(days), daysOfMonth: daysOf(whole), isRunning: own.to < days.to },
        ),
      );
    }
  }
  return {
    party,
    month,
    zone: zone.label,
    ...whole,
    isFinal: whole.to <= asOf,
    asOf,
    region,
    links: judged,
    totals: totalsOf(judged),
  };
}

async function partyOf(
  { inventory: { contractedLinks, sites } }: StatementDeps,
  { of, region }: StatementAsked,
): Promise<{ readonly party: Party; readonly links: readonly ContractedLink[]; readonly zone: Zone }> {
  if ('agencySiteId' in of) {
    const site = await sites.get(of.agencySiteId);
    const links = site === null ? [] : await contractedLinks.ofSite(site.id);
    if (site === null || links.length === 0) throw new AppError('not-found', 'no link ends at such an agency');
    return { party: { kind: 'agency', siteId: site.id, name: site.name }, links, zone: zoneOf(site.regionCode) };
  }
  const links = await contractedLinks.ofProvider(of.provider, region);
  const [first] = links;
  if (first === undefined) throw new AppError('not-found', 'no link of such a provider');
  return { party: { kind: 'provider', provider: of.provider }, links, zone: zoneOf(region || first.fromRegion) };
}

/** The days of a month under contract, from midnight to midnight; its last day is part of it. */
function underContract({ contractFrom, contractTo }: ContractedLink, month: Interval, { offsetMs }: Zone): Interval {
  return {
    from: contractFrom === null ? month.from : Math.max(month.from, contractFrom - offsetMs),
    to: contractTo === null ? month.to : Math.min(month.to, contractTo - offsetMs + DAY),
  };
}
const daysUnderContract = (link: ContractedLink, month: Interval, zone: Zone): number =>
  daysOf(underContract(link, month, zone));

type Judged = {
  readonly link: ContractedLink;
  readonly witnesses: LinkWitnesses;
  readonly incidents: readonly DeviceIncident[];
  readonly terms: LinkTerms | null;
  readonly load: LinkLoad | null;
};
type Calendar = { readonly days: number; readonly daysOfMonth: number; readonly isRunning: boolean };

function linkOf(
  facts: Facts,
  { link, incidents, witnesses, terms, load }: Judged,
  { sees, withMoney }: Required<Pick<StatementAsked, 'sees' | 'withMoney'>>,
  calendar: Calendar,
): StatementLink {
  const [from, to] = endsOf(link);
  const isWhole = endsOf(link).every(sees);
  const { measured, counted, exclusions } = linesOfLink(facts, link, witnesses, {
    powerCounts: terms?.powerCounts ?? true,
  });
  const seconds = tallyOf(counted);
  return {
    linkId: link.id,
    code: link.code,
    name: link.name,
    medium: link.medium,
    provider: link.provider,
    fromSite: from !== undefined && sees(from) ? link.fromSiteName : UNNAMED,
    toSite: to === undefined || sees(to) ? link.toSiteName : UNNAMED,
    contractMbps: link.contractMbps,
    slaPercent: link.slaPercent,
    ...facts.period,
    seconds,
    availabilityPercent: availabilityPercent(seconds),
    verdict: verdictOf(seconds, link.slaPercent),
    p95: load,
    timeline: counted.map(({ from, to, value }) => ({ from, to, condition: value })),
    outages: outagesOf(facts, { measured, counted, witnesses, incidents, sees, isRunning: calendar.isRunning }),
    exclusions: exclusions.map((exclusion) => {
      const time = excludedTime(exclusion, facts.period);
      // It may be of the end that is not seen, where somebody there wrote why.
      return isWhole ? time : { ...time, note: '', setBy: UNNAMED };
    }),
    ...moneyOf(seconds, withMoney ? terms : null, calendar),
  };
}

function verdictOf(seconds: Tally, slaPercent: number | null): StatementLink['verdict'] {
  const parts = availabilityParts(seconds);
  if (parts === null || slaPercent === null) return 'not-judged';
  return parts >= percentParts(slaPercent) ? 'met' : 'missed';
}

type Money = Pick<StatementLink, 'terms' | 'feeRupiah' | 'restitutionPercent' | 'restitutionRupiah'>;

/** Where nothing could be measured, nothing comes back. */
function moneyOf(seconds: Tally, terms: LinkTerms | null, { days, daysOfMonth }: Calendar): Money {
  if (terms === null) return { terms: null, feeRupiah: null, restitutionPercent: null, restitutionRupiah: null };
  const { monthlyFeeRupiah, steps, powerCounts } = terms;
  const fee = feeOfDays(monthlyFeeRupiah, days, daysOfMonth);
  const parts = availabilityParts(seconds);
  const percent = parts === null ? 0 : restitutionPercent(parts, steps);
  return {
    terms: { monthlyFeeRupiah, steps, powerCounts },
    feeRupiah: fee,
    restitutionPercent: percent,
    restitutionRupiah: restitutionRupiah(fee, percent),
  };
}

const excludedTime = ({ from, to, reason, note, setBy, setAt }: ExclusionFact, period: Interval) => ({
  from: Math.max(wholeSecond(from), period.from),
  to: Math.min(wholeSecond(to), period.to),
  reason,
  note,
  setBy,
  setAt,
});

function totalsOf(links: readonly StatementLink[]): Statement['totals'] {
  const seconds = links.reduce((sum, link) => addTallies(sum, link.seconds), NO_TIME);
  const count = (verdict: StatementLink['verdict']) => links.filter((link) => link.verdict === verdict).length;
  const sum = (of: (link: StatementLink) => number | null) => links.reduce((total, link) => total + (of(link) ?? 0), 0);
  return {
    links: links.length,
    met: count('met'),
    missed: count('missed'),
    notJudged: count('not-judged'),
    seconds,
    availabilityPercent: availabilityPercent(seconds),
    feeRupiah: sum(({ feeRupiah }) => feeRupiah),
    restitutionRupiah: sum(({ restitutionRupiah: back }) => back),
  };
}
