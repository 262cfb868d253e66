import { type Static, Type } from 'typebox';
import { SITE_KINDS } from '../domain/site.ts';
import { Moment, nullable, oneOf, PageQuery, pageOf, RegionCodeText, Uuid } from './common.ts';
import { type Contract, ROLES } from './contract.ts';

export const Outage = Type.Object({
  id: Uuid,
  deviceId: Uuid,
  deviceName: Type.String(),
  siteId: Uuid,
  siteName: Type.String(),
  siteKind: oneOf(SITE_KINDS),
  regionCode: RegionCodeText,
  /** Village, district or regency in words, nearest first: `Sukamaju, Gelumbang, Kabupaten Muara Enim`. */
  place: Type.String(),
  startedAt: Moment,
  detectedAt: Moment,
  endedAt: nullable(Moment),
  reason: nullable(Type.String()),
  /** `parent`: it began because everything before the device was down. */
  cause: nullable(Type.Literal('parent')),
  /** Such an outage is the device's own from here on: its parents were back, it was not. */
  ownSince: nullable(Moment),
});
export type Outage = Static<typeof Outage>;

export const listOutages = {
  method: 'GET',
  url: '/api/v1/outages',
  summary: 'Outages, newest first',
  tag: 'outages',
  access: ROLES,
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      Type.Object({
        region: Type.Optional(RegionCodeText),
        open: Type.Optional(Type.Boolean()),
        deviceId: Type.Optional(Uuid),
        /** Outages that touch the range. */
        from: Type.Optional(Moment),
        to: Type.Optional(Moment),
        q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      }),
    ]),
    response: { 200: pageOf(Outage) },
  },
} as const satisfies Contract;
