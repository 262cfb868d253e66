import { type Static, Type } from 'typebox';
import { Moment, nullable, RegionCodeText, Uuid } from '../common.ts';

export const NewVoucherBatch = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  /** Valid at one site, or at all sites of a district or village: one of the two. */
  siteId: nullable(Uuid),
  regionCode: nullable(RegionCodeText),
  planId: nullable(Uuid),
  count: Type.Integer({ minimum: 1, maximum: 10_000 }),
  /** From the first use; null = until `validUntil`. */
  validSeconds: nullable(Type.Integer({ minimum: 60, maximum: 366 * 86_400 })),
  validUntil: Moment,
});
export type NewVoucherBatch = Static<typeof NewVoucherBatch>;

export const VoucherBatch = Type.Intersect([
  Type.Object({ id: Uuid, siteName: nullable(Type.String()), planName: nullable(Type.String()) }),
  NewVoucherBatch,
  Type.Object({
    createdAt: Moment,
    createdByName: nullable(Type.String()),
    voidedAt: nullable(Moment),
    used: Type.Integer(),
    voided: Type.Integer(),
  }),
]);
export type VoucherBatch = Static<typeof VoucherBatch>;

/** One voucher in the report of use: its code is known to nobody any more. */
export const VoucherUse = Type.Object({
  serial: Type.Integer(),
  firstUsedAt: nullable(Moment),
  expiresAt: nullable(Moment),
  voidedAt: nullable(Moment),
  sessions: Type.Integer(),
  seconds: Type.Integer(),
  octets: Type.Integer(),
});
export type VoucherUse = Static<typeof VoucherUse>;
