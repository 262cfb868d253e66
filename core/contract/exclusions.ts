import { type Static, Type } from 'typebox';
import { ExclusionReasonText } from './availability.ts';
import { Moment, nullable, oneOf, PageQuery, pageOf, RegionCodeText, Uuid } from './common.ts';
import { type Contract, EDITORS } from './contract.ts';

export const EXCLUSION_SCOPES = ['device', 'site', 'link', 'region'] as const;

const ExclusionFields = {
  scopeKind: oneOf(EXCLUSION_SCOPES),
  /** Id of a device, site or link, or a region's code. */
  scopeId: Type.String({ minLength: 2, maxLength: 36 }),
  from: Moment,
  to: Moment,
  reason: ExclusionReasonText,
  note: Type.String({ maxLength: 2000 }),
};
export const NewExclusion = Type.Object(ExclusionFields);
export type NewExclusion = Static<typeof NewExclusion>;

/** Time that does not count. It may be set long afterwards; it is never changed, only revoked. */
export const Exclusion = Type.Intersect([
  Type.Object({ id: Uuid }),
  NewExclusion,
  Type.Object({
    /** What it is of, in words. */
    scopeName: Type.String(),
    /** Where that stands; null where it is gone. */
    regionCode: nullable(RegionCodeText),
    setBy: Type.String(),
    setAt: Moment,
    revoked: nullable(Type.Object({ by: Type.String(), at: Moment, note: Type.String() })),
  }),
]);
export type Exclusion = Static<typeof Exclusion>;

export const listExclusions = {
  method: 'GET',
  url: '/api/v1/exclusions',
  summary: 'Time that does not count, the latest first',
  tag: 'statements',
  access: EDITORS,
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      Type.Object({
        region: Type.Optional(RegionCodeText),
        scopeKind: Type.Optional(oneOf(EXCLUSION_SCOPES)),
        scopeId: Type.Optional(Type.String({ maxLength: 36 })),
        /** Those that touch the range. */
        from: Type.Optional(Moment),
        to: Type.Optional(Moment),
        withRevoked: Type.Optional(Type.Boolean()),
      }),
    ]),
    response: { 200: pageOf(Exclusion) },
  },
} as const satisfies Contract;

export const createExclusion = {
  method: 'POST',
  url: '/api/v1/exclusions',
  summary: 'Exclude time of a device, site, link or region, also afterwards',
  tag: 'statements',
  access: EDITORS,
  schema: { body: NewExclusion, response: { 201: Exclusion } },
} as const satisfies Contract;

export const revokeExclusion = {
  method: 'POST',
  url: '/api/v1/exclusions/:exclusionId/revocation',
  summary: 'Revoke an exclusion: the time counts again',
  tag: 'statements',
  access: EDITORS,
  schema: {
    params: Type.Object({ exclusionId: Uuid }),
    body: Type.Object({ note: Type.String({ maxLength: 2000 }) }),
    response: { 201: Exclusion },
  },
} as const satisfies Contract;
