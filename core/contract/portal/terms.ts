import { type Static, Type } from 'typebox';
import { Moment, nullable, oneOf, Uuid } from '../common.ts';

export const NewTerms = Type.Object({
  textId: Type.String({ minLength: 20, maxLength: 6_000 }),
  textEn: Type.String({ minLength: 20, maxLength: 6_000 }),
  validFrom: Moment,
});
export type NewTerms = Static<typeof NewTerms>;

export const Terms = Type.Intersect([
  Type.Object({ version: Type.Integer() }),
  NewTerms,
  Type.Object({ sha256Id: Type.String(), sha256En: Type.String(), createdAt: Moment }),
]);
export type Terms = Static<typeof Terms>;

/** What somebody agreed to, as it is kept; the text is that of the version. */
export const Consent = Type.Object({
  id: Uuid,
  termsVersion: Type.Integer(),
  language: oneOf(['id', 'en']),
  sha256: Type.String(),
  at: Moment,
  siteId: Uuid,
  service: Type.Boolean(),
  news: Type.Boolean(),
  withdrawnAt: nullable(Moment),
});
export type Consent = Static<typeof Consent>;

/** What somebody asked of their data; `dueAt` is three times 24 hours later. */
export const DataRequest = Type.Object({
  id: Uuid,
  kind: oneOf(['access', 'withdraw', 'erase']),
  askedAt: Moment,
  dueAt: Moment,
  doneAt: nullable(Moment),
  doneByName: nullable(Type.String()),
  outcome: nullable(Type.String()),
});
export type DataRequest = Static<typeof DataRequest>;
