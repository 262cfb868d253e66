import { Value } from 'typebox/value';
import { ReportPolicyBody } from '../contract/site-reports.ts';
import type { Clock } from '../domain/clock.ts';
import { MINUTE } from '../domain/clock.ts';
import type { RegionCode } from '../domain/region.ts';
import {
  ATTENTION_QUIET_MS,
  type Attention,
  attentionOf,
  type CitizenReportKind,
  DEFAULT_REPORT_POLICY,
  REPORT_POLICY_KEY,
  REPORTS_SPAN_MS,
  type ReportPolicy,
} from '../domain/report.ts';
import type { ReportedSite } from '../stores/inventory/citizen-reports.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';

type Parts = { readonly inventory: Pick<Inventory, 'citizenReports' | 'settings'>; readonly clock: Clock };

/** What was said of a site within the last hour, and whether somebody should look. */
export type SiteReports = Omit<ReportedSite, 'reports'> & {
  readonly people: number;
  readonly lastAt: number;
  /** By how many, the most frequent first. */
  readonly kinds: readonly { readonly kind: CitizenReportKind; readonly people: number }[];
  /** Null while a device of the site is known to be down: then there is an incident already. */
  readonly attention: Attention | null;
};

/** Attention begins within this before now, or nobody has been there for long. */
const LOOK_BACK_MS = 6 * ATTENTION_QUIET_MS;

/** As it was set; the default where nobody did. */
export async function reportPolicy({ settings }: Pick<Inventory, 'settings'>): Promise<ReportPolicy> {
  const stored = await settings.get(REPORT_POLICY_KEY);
  return Value.Check(ReportPolicyBody, stored) ? stored : DEFAULT_REPORT_POLICY;
}

/** Sites of a region that citizens reported within the last hour; those that ask for an engineer first. */
export async function siteReports(
  { inventory, clock }: Parts,
  within: { readonly region?: RegionCode | '' | undefined; readonly siteIds?: readonly string[] | undefined },
): Promise<readonly SiteReports[]> {
  const now = clock();
  const [policy, sites] = await Promise.all([
    reportPolicy(inventory),
    inventory.citizenReports.between(now - LOOK_BACK_MS, now, within),
  ]);
  const found = sites.flatMap((site) => {
    const { reports, ...named } = site;
    const recent = reports.filter(({ minute }) => minute > now - REPORTS_SPAN_MS - MINUTE);
    const last = recent.at(-1);
    if (last === undefined) return [];
    const attention = site.state === 'down' ? null : attentionOf(reports, policy, now);
    return [{ ...named, people: sum(recent), lastAt: last.minute, kinds: byKind(recent), attention }];
  });
  const weight = (site: SiteReports): number => (site.attention === null ? 0 : 1_000_000) + site.people;
  return found.toSorted((a, b) => weight(b) - weight(a) || b.lastAt - a.lastAt);
}

const sum = (reports: ReportedSite['reports']): number => reports.reduce((all, { people }) => all + people, 0);

function byKind(reports: ReportedSite['reports']): SiteReports['kinds'] {
  const counted = new Map<CitizenReportKind, number>();
  for (const { kind, people } of reports) counted.set(kind, (counted.get(kind) ?? 0) + people);
  return [...counted].map(([kind, people]) => ({ kind, people })).sort((a, b) => b.people - a.people);
}
