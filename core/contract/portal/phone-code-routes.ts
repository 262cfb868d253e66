import { type Static, Type } from 'typebox';
import { nullable, oneOf, Uuid } from '../common.ts';
import type { Contract } from '../contract.ts';

/** `near` from six tenths on; `reserved`: only devices that were here before still get codes; `spent`: nobody does. */
const BudgetState = oneOf(['normal', 'near', 'reserved', 'spent']);

export const PhoneCodeBudget = Type.Object({
  /** Codes of today, by the zone of the province, and how many there may be. */
  sent: Type.Integer(),
  budget: Type.Integer(),
  state: BudgetState,
  /** What each site may send in a day. */
  perSite: Type.Integer(),
  /** Those that come near their part, most first. `siteId` null: the page of one's own data. */
  sites: Type.Array(
    Type.Object({
      siteId: nullable(Uuid),
      siteName: nullable(Type.String()),
      codes: Type.Integer(),
      state: BudgetState,
    }),
  ),
});
export type PhoneCodeBudget = Static<typeof PhoneCodeBudget>;

export const getPhoneCodeBudget = {
  method: 'GET',
  url: '/api/v1/portal/phone-codes/budget',
  summary: 'Telephone codes of today of how many there may be; sites of the own region that come near their part',
  tag: 'portal',
  access: 'signed-in',
  schema: { response: { 200: PhoneCodeBudget } },
} as const satisfies Contract;
