import { type Static, Type } from 'typebox';
import { nullable, Uuid } from '../common.ts';
import type { Contract } from '../contract.ts';
import { Consent } from './terms.ts';

/** What shows that somebody agreed, and to what, without who it was. */
export const ConsentProof = Type.Object({
  consent: Type.Intersect([
    Consent,
    Type.Object({ siteName: nullable(Type.String()), gatewayName: nullable(Type.String()) }),
  ]),
  /** The very text that was agreed to, found by its hash; null where it is not there or was changed. */
  text: nullable(Type.String()),
});
export type ConsentProof = Static<typeof ConsentProof>;

export const getConsentProof = {
  method: 'GET',
  url: '/api/v1/portal/consents/:consentId/proof',
  summary: 'A consent with the very text that was agreed to (UU 27/2022, article 24)',
  tag: 'portal',
  access: ['admin'],
  schema: { params: Type.Object({ consentId: Uuid }), response: { 200: ConsentProof } },
} as const satisfies Contract;
