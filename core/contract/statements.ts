import { type Static, Type } from 'typebox';
import { CAUSES } from '../domain/incident.ts';
import { AvailabilityPercent, ConditionStretch, ExclusionReasonText, Tally } from './availability.ts';
import { Moment, nullable, oneOf, RegionCodeText, Uuid } from './common.ts';
import { ACCOUNTANTS, type Contract } from './contract.ts';
import { MonthText, NewLinkTerms } from './link-terms.ts';
import { MEDIA } from './links.ts';

const Seconds = Type.Integer({ minimum: 0 });
const Rupiah = Type.Integer({ minimum: 0 });
const ProviderName = Type.String({ minLength: 1, maxLength: 200 });

/** Whom a statement is about: a provider and its links, or an agency and the links that end there. */
export const Party = Type.Union([
  Type.Object({ kind: oneOf(['provider']), provider: ProviderName }),
  Type.Object({ kind: oneOf(['agency']), siteId: Uuid, name: Type.String() }),
]);
export type Party = Static<typeof Party>;

/** A stretch in which a link was down, as measured; `excludedS` of it do not count. */
export const StatementOutage = Type.Object({
  from: Moment,
  /** End of the stretch, or of what was measured where it still lasts. */
  to: Moment,
  isOpen: Type.Boolean(),
  seconds: Seconds,
  excludedS: Seconds,
  countedS: Seconds,
  /** What was seen: the devices that were down at the time, and why they were said to be. */
  evidence: Type.Array(
    Type.Object({ device: Type.String(), reason: nullable(Type.String()), from: Moment, to: Moment }),
  ),
  /** What it was part of, and the cause as people or the evidence say. */
  incidents: Type.Array(Type.Object({ number: Type.Integer(), cause: oneOf(CAUSES) })),
});
export type StatementOutage = Static<typeof StatementOutage>;

export const StatementExclusion = Type.Object({
  from: Moment,
  to: Moment,
  reason: ExclusionReasonText,
  note: Type.String(),
  setBy: Type.String(),
  setAt: Moment,
});

export const VERDICTS = ['met', 'missed', 'not-judged'] as const;

/** 95th percentile of the period's means. */
const P95 = Type.Object({
  inBps: nullable(Seconds),
  outBps: nullable(Seconds),
  /** Of the busier direction; 1 is the whole contract. */
  share: nullable(Type.Number()),
  /** Width of the means. */
  stepS: Seconds,
});

export const StatementLink = Type.Object({
  linkId: Uuid,
  code: Type.String(),
  name: Type.String(),
  medium: oneOf(MEDIA),
  provider: nullable(Type.String()),
  fromSite: Type.String(),
  toSite: nullable(Type.String()),
  contractMbps: nullable(Type.Number()),
  slaPercent: nullable(Type.Number()),
  /** Days of the month under contract, up to what could be measured so far. */
  from: Moment,
  to: Moment,
  seconds: Tally,
  availabilityPercent: AvailabilityPercent,
  verdict: oneOf(VERDICTS),
  p95: nullable(P95),
  timeline: Type.Array(ConditionStretch),
  outages: Type.Array(StatementOutage),
  exclusions: Type.Array(StatementExclusion),
  /** Null where nothing was agreed on: then there is no restitution either. */
  terms: nullable(Type.Omit(NewLinkTerms, ['validFrom'])),
  /** Fee of the days under contract. */
  feeRupiah: nullable(Rupiah),
  restitutionPercent: nullable(Type.Number()),
  restitutionRupiah: nullable(Rupiah),
});
export type StatementLink = Static<typeof StatementLink>;

export const Statement = Type.Object({
  party: Party,
  month: MonthText,
  /** `WIB`, `WITA` or `WIT`: where the month begins and ends at midnight. */
  zone: oneOf(['WIB', 'WITA', 'WIT']),
  from: Moment,
  to: Moment,
  /** The month is over: only late data and exclusions can still change the figures. */
  isFinal: Type.Boolean(),
  /** Figures hold with what was known then. */
  asOf: Moment,
  /** Only links that come from it; empty = everywhere. */
  region: Type.String(),
  links: Type.Array(StatementLink),
  totals: Type.Object({
    links: Type.Integer(),
    met: Type.Integer(),
    missed: Type.Integer(),
    notJudged: Type.Integer(),
    seconds: Tally,
    availabilityPercent: AvailabilityPercent,
    feeRupiah: Rupiah,
    restitutionRupiah: Rupiah,
  }),
});
export type Statement = Static<typeof Statement>;

export const listStatements = {
  method: 'GET',
  url: '/api/v1/statements',
  summary: 'Providers and agencies that have a statement for a month',
  tag: 'statements',
  access: [...ACCOUNTANTS, 'agency'],
  schema: {
    querystring: Type.Object({ region: Type.Optional(RegionCodeText) }),
    response: {
      200: Type.Object({
        /** The running month, in the province's zone. */
        month: MonthText,
        /** First month with anything measured. */
        firstMonth: nullable(MonthText),
        items: Type.Array(Type.Object({ party: Party, links: Type.Integer() })),
      }),
    },
  },
} as const satisfies Contract;

const StatementParams = Type.Object({ month: MonthText });
const StatementQuery = {
  /** One of both. */
  provider: Type.Optional(ProviderName),
  agency: Type.Optional(Uuid),
  region: Type.Optional(RegionCodeText),
};

export const getStatement = {
  method: 'GET',
  url: '/api/v1/statements/:month',
  summary: 'Statement of a month: what was contracted, measured, missed, and what comes back',
  tag: 'statements',
  access: [...ACCOUNTANTS, 'agency'],
  schema: { params: StatementParams, querystring: Type.Object(StatementQuery), response: { 200: Statement } },
} as const satisfies Contract;

export const PDF_TYPE = 'application/pdf';

export const getStatementFile = {
  method: 'GET',
  url: '/api/v1/statements/:month/file',
  summary: 'The same statement as PDF or CSV (links, or outages)',
  tag: 'statements',
  access: [...ACCOUNTANTS, 'agency'],
  produces: [PDF_TYPE, 'text/csv'],
  schema: {
    params: StatementParams,
    querystring: Type.Object({
      ...StatementQuery,
      format: oneOf(['pdf', 'csv']),
      table: Type.Optional(oneOf(['links', 'outages'])),
      language: Type.Optional(oneOf(['id', 'en'])),
    }),
    response: { 200: Type.Unsafe<unknown>({}) },
  },
} as const satisfies Contract;
