import type { Party, Statement, StatementLink } from '../../../core/contract/statements.ts';
import {
  addTallies,
  availabilityParts,
  availabilityPercent,
  type ConditionLine,
  NO_TIME,
  tallyOf,
  wholeSecond,
} from '../../../core/domain/availability.ts';
import { HOUR, MINUTE } from '../../../core/domain/clock.ts';
import { percentParts, restitutionPercent, restitutionRupiah } from '../../../core/domain/restitution.ts';
import { timelineOf } from '../../../core/domain/timeline.ts';
import { monthOf, monthPeriod, zoneOf } from '../../../core/domain/zone.ts';
import { stubLinks } from './stub-links.ts';
import type { StubProvince } from './stub-province.ts';

const ZONE = zoneOf('16');
const FEE = 7_500_000;
const STEPS = [
  { belowPercent: 99.5, restitutionPercent: 5 },
  { belowPercent: 98, restitutionPercent: 12.5 },
];
const PROVIDER = 'Serat Optik Sriwijaya';

/** The month before this one: the first agency's link was down for hours, part of them excluded; others were well. */
export const stubMonth = (): string => monthOf(monthPeriod(monthOf(Date.now(), ZONE), ZONE).from - HOUR, ZONE);

function agencies(province: StubProvince) {
  const links = stubLinks(province);
  return province.sites
    .filter(({ kind, id }) => kind === 'agency' && links.some(({ fromSiteId }) => fromSiteId === id))
    .map(({ id, name }) => ({ id, name }));
}

export function stubStatementList(province: StubProvince) {
  const items: { party: Party; links: number }[] = [
    { party: { kind: 'provider', provider: PROVIDER }, links: stubLinks(province).length },
    ...agencies(province).map(({ id, name }) => ({ party: { kind: 'agency' as const, siteId: id, name }, links: 1 })),
  ];
  return { month: monthOf(Date.now(), ZONE), firstMonth: stubMonth(), items };
}

export function stubStatement(province: StubProvince, month: string, query: URLSearchParams): Statement | null {
  const [agencyId, provider] = [query.get('agency'), query.get('provider')];
  const agency = agencies(province).find(({ id }) => id === agencyId);
  if (provider === null && agency === undefined) return null;
  const period = monthPeriod(month, ZONE);
  const now = wholeSecond(Date.now());
  const to = Math.min(period.to, now);
  const troubled = agencies(province)[0]?.id;
  const links = stubLinks(province)
    .filter(({ fromSiteId }) => agency === undefined || fromSiteId === agency.id)
    .map((link): StatementLink => {
      const isTroubled = link.fromSiteId === troubled && month === stubMonth();
      const [from, fell] = [period.from, period.from + 60 * HOUR];
      const line: ConditionLine = timelineOf(
        isTroubled
          ? [
              { from, to: fell, value: 'up' },
              { from: fell, to: fell + 5 * HOUR + 7 * MINUTE, value: 'down' },
              { from: fell + 5 * HOUR + 7 * MINUTE, to: fell + 8 * HOUR, value: 'planned' },
              { from: fell + 8 * HOUR, to: fell + 30 * HOUR, value: 'degraded' },
              { from: fell + 30 * HOUR, to, value: 'up' },
            ]
          : [{ from, to, value: 'up' }],
        { from, to },
        'unknown',
      );
      const seconds = tallyOf(line);
      const percent = restitutionPercent(availabilityParts(seconds) ?? 0, STEPS);
      return {
        linkId: link.id,
        code: link.code,
        name: link.name,
        medium: link.medium,
        provider: link.provider,
        fromSite: link.fromSiteName ?? '',
        toSite: link.toSiteName,
        contractMbps: link.contractMbps,
        slaPercent: link.slaPercent,
        from,
        to,
        seconds,
        availabilityPercent: availabilityPercent(seconds),
        verdict: (availabilityParts(seconds) ?? 0) >= percentParts(99.5) ? 'met' : 'missed',
        p95: { inBps: 61_000_000, outBps: 9_000_000, share: 0.61, stepS: 300 },
        timeline: line.map(({ value, ...stretch }) => ({ ...stretch, condition: value })),
        outages: isTroubled
          ? [
              {
                from: fell,
                to: fell + 8 * HOUR,
                isOpen: false,
                incidents: [{ number: 14, cause: 'power' }],
                seconds: 8 * 3600,
                excludedS: (2 * HOUR + 53 * MINUTE) / 1000,
                countedS: (5 * HOUR + 7 * MINUTE) / 1000,
                evidence: [
                  { device: `Router ${link.fromSiteName}`, reason: 'timeout', from: fell, to: fell + 8 * HOUR },
                ],
              },
            ]
          : [],
        exclusions: isTroubled
          ? [
              {
                from: fell + 5 * HOUR + 7 * MINUTE,
                to: fell + 8 * HOUR,
                reason: 'planned',
                note: 'Ganti tiang',
                setBy: 'Sri Wahyuni',
                setAt: now,
              },
            ]
          : [],
        terms: { monthlyFeeRupiah: FEE, steps: STEPS, powerCounts: true },
        feeRupiah: FEE,
        restitutionPercent: percent,
        restitutionRupiah: restitutionRupiah(FEE, percent),
      };
    });
  const seconds = links.reduce((sum, link) => addTallies(sum, link.seconds), NO_TIME);
  return {
    party:
      agency === undefined
        ? { kind: 'provider', provider: PROVIDER }
        : { kind: 'agency', siteId: agency.id, name: agency.name },
    month,
    zone: ZONE.label,
    ...period,
    isFinal: period.to <= now,
    asOf: now,
    region: '',
    links,
    totals: {
      links: links.length,
      met: links.filter(({ verdict }) => verdict === 'met').length,
      missed: links.filter(({ verdict }) => verdict === 'missed').length,
      notJudged: 0,
      seconds,
      availabilityPercent: availabilityPercent(seconds),
      feeRupiah: links.length * FEE,
      restitutionRupiah: links.reduce((sum, link) => sum + (link.restitutionRupiah ?? 0), 0),
    },
  };
}
