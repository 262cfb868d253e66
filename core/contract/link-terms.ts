import { type Static, Type } from 'typebox';
import { MONTH_PATTERN } from '../domain/zone.ts';
import { Moment, Uuid } from './common.ts';
import { ACCOUNTANTS, type Contract, EDITORS } from './contract.ts';

export const MonthText = Type.String({ pattern: MONTH_PATTERN, description: 'A month, e.g. 2026-10' });
const Percent = Type.Number({ minimum: 0, maximum: 100 });

export const NewLinkTerms = Type.Object({
  /** First month they hold for. */
  validFrom: MonthText,
  monthlyFeeRupiah: Type.Integer({ minimum: 0, maximum: 1e13 }),
  /** Below `belowPercent` of availability, `restitutionPercent` of the fee comes back; the greatest that applies. */
  steps: Type.Array(Type.Object({ belowPercent: Percent, restitutionPercent: Percent }), { maxItems: 50 }),
  /** False: time excluded for a power cut does not count against the provider. */
  powerCounts: Type.Boolean(),
});
export type NewLinkTerms = Static<typeof NewLinkTerms>;

export const LinkTerms = Type.Intersect([NewLinkTerms, Type.Object({ setBy: Type.String(), setAt: Moment })]);
export type LinkTerms = Static<typeof LinkTerms>;

const LinkParams = Type.Object({ linkId: Uuid });

export const listLinkTerms = {
  method: 'GET',
  url: '/api/v1/links/:linkId/terms',
  summary: 'What the contract of a link says of money, the latest first',
  tag: 'statements',
  access: ACCOUNTANTS,
  schema: { params: LinkParams, response: { 200: Type.Object({ items: Type.Array(LinkTerms) }) } },
} as const satisfies Contract;

export const setLinkTerms = {
  method: 'POST',
  url: '/api/v1/links/:linkId/terms',
  summary: 'Set the fee and the restitution of a link from a month on',
  tag: 'statements',
  access: EDITORS,
  schema: { params: LinkParams, body: NewLinkTerms, response: { 201: LinkTerms } },
} as const satisfies Contract;
